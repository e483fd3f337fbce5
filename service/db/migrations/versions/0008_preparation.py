"""Scheduled interviews with what belongs to them, and the set-up check."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NEW_COLUMNS = (
    ("answers", "scheduled_interview_id", sa.String(length=24)),
    ("answers", "specifics_said", sa.JSON()),
    ("own_questions", "application_section", sa.String(length=64)),
    ("own_questions", "application_line", sa.Text()),
)


def upgrade() -> None:
    for table, name, kind in _NEW_COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_index(op.f("ix_answers_scheduled_interview_id"), "answers", ["scheduled_interview_id"])
    op.create_table(
        "scheduled_interviews",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=24), nullable=False),
        sa.Column("applying_to", sa.String(length=16), nullable=False),
        sa.Column("programme", sa.String(length=200), nullable=False),
        sa.Column("specialty", sa.String(length=64), nullable=True),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("time", sa.Time(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("own_time_zone", sa.String(length=64), nullable=False),
        sa.Column("format", sa.String(length=16), nullable=False),
        sa.Column("platform", sa.String(length=100), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("coordinator", sa.JSON(), nullable=True),
        sa.Column("interviewers", sa.JSON(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("confirmations", sa.JSON(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("specifics", sa.JSON(), nullable=False),
        sa.Column("questions_to_ask", sa.JSON(), nullable=False),
        sa.Column("no_thanks_wanted", sa.Boolean(), nullable=False),
        sa.Column("second_look_invited", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_scheduled_interviews_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_interviews")),
    )
    op.create_index(
        op.f("ix_scheduled_interviews_person_id_date"), "scheduled_interviews", ["person_id", "date"]
    )
    op.create_table(
        "completed_plan_steps",
        sa.Column("scheduled_interview_id", sa.String(length=24), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["scheduled_interview_id"],
            ["scheduled_interviews.id"],
            name=op.f("fk_completed_plan_steps_scheduled_interview_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("scheduled_interview_id", "step", name=op.f("pk_completed_plan_steps")),
    )
    op.create_table(
        "impressions",
        sa.Column("scheduled_interview_id", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("scales", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["scheduled_interview_id"],
            ["scheduled_interviews.id"],
            name=op.f("fk_impressions_scheduled_interview_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("scheduled_interview_id", name=op.f("pk_impressions")),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("scheduled_interview_id", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("recipient", sa.String(length=24), nullable=True),
        sa.Column("recipient_name", sa.String(length=100), nullable=True),
        sa.Column("specifics", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["scheduled_interview_id"],
            ["scheduled_interviews.id"],
            name=op.f("fk_messages_scheduled_interview_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index(op.f("ix_messages_scheduled_interview_id"), "messages", ["scheduled_interview_id"])
    op.create_table(
        "own_questions_to_ask",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=24), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_own_questions_to_ask_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_questions_to_ask")),
    )
    op.create_index(op.f("ix_own_questions_to_ask_person_id"), "own_questions_to_ask", ["person_id"])
    op.create_table(
        "setup_checks",
        sa.Column("person_id", sa.String(length=24), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_setup_checks_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "item", name=op.f("pk_setup_checks")),
    )
    op.create_table(
        "setup_stills",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=24), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("media_type", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_setup_stills_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_stills")),
    )
    op.create_index(op.f("ix_setup_stills_person_id_taken_at"), "setup_stills", ["person_id", "taken_at"])


def downgrade() -> None:
    for table in (
        "setup_stills",
        "setup_checks",
        "own_questions_to_ask",
        "messages",
        "impressions",
        "completed_plan_steps",
        "scheduled_interviews",
    ):
        op.drop_table(table)
    op.drop_index(op.f("ix_answers_scheduled_interview_id"), table_name="answers")
    for table, name, _ in reversed(_NEW_COLUMNS):
        op.drop_column(table, name)
