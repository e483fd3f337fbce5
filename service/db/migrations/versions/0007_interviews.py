"""Interviews with their plan and state, the part of each answer in one, remarks, and notes on questions."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NEW_COLUMNS = (
    ("interview_id", sa.String(length=24)),
    ("part", sa.String(length=16)),
    ("follow_up_of", sa.String(length=24)),
    ("asked", sa.JSON()),
    ("bullets", sa.JSON()),
    ("bullets_seconds", sa.Float()),
    ("plan", sa.JSON()),
)


def upgrade() -> None:
    # Not in a batch: that would copy the table, and on SQLite drop the old one with all rows that need it.
    for name, kind in _NEW_COLUMNS:
        op.add_column("answers", sa.Column(name, kind, nullable=True))
    op.create_index(op.f("ix_answers_interview_id"), "answers", ["interview_id"])
    op.create_table(
        "interviews",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=24), nullable=False),
        sa.Column("session_id", sa.String(length=24), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("format_id", sa.String(length=64), nullable=False),
        sa.Column("format_name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("live", sa.JSON(), nullable=True),
        sa.Column("command", sa.JSON(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_interviews_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_interviews_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviews")),
    )
    op.create_index(op.f("ix_interviews_person_id_created_at"), "interviews", ["person_id", "created_at"])
    op.create_index(op.f("ix_interviews_person_id_sequence"), "interviews", ["person_id", "sequence"])
    op.create_table(
        "remarks",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("answer_id", sa.String(length=24), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_remarks_answer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remarks")),
    )
    op.create_index(op.f("ix_remarks_answer_id_at"), "remarks", ["answer_id", "at"])
    op.create_table(
        "question_notes",
        sa.Column("person_id", sa.String(length=24), nullable=False),
        sa.Column("question_id", sa.String(length=64), nullable=False),
        sa.Column("acknowledge", sa.Text(), nullable=True),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("learned", sa.Text(), nullable=True),
        sa.Column("bullets", sa.JSON(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_question_notes_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "question_id", name=op.f("pk_question_notes")),
    )


def downgrade() -> None:
    op.drop_table("question_notes")
    op.drop_table("remarks")
    op.drop_table("interviews")
    op.drop_index(op.f("ix_answers_interview_id"), table_name="answers")
    for name, _ in reversed(_NEW_COLUMNS):
        op.drop_column("answers", name)
