"""Submissions to advisers, comments, rubrics, cohorts and assignments."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answers", sa.Column("assignment_id", sa.String(length=24), nullable=True))
    op.add_column("answers", sa.Column("assignment_question", sa.Integer(), nullable=True))
    op.add_column("answers", sa.Column("assignment_rules", sa.JSON(), nullable=True))
    op.create_index(op.f("ix_answers_assignment_id"), "answers", ["assignment_id"])
    op.create_table(
        "cohorts",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohorts")),
    )
    op.create_table(
        "advising_changes",
        sa.Column("person_id", sa.String(length=24), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("answer_id", sa.String(length=24), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_advising_changes_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "sequence", name=op.f("pk_advising_changes")),
    )
    op.create_table(
        "assignments",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("cohort_id", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("instructions", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("format_id", sa.String(length=64), nullable=True),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("due_time", sa.Time(), nullable=True),
        sa.Column("due_zone", sa.String(length=64), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("reflect_first", sa.Boolean(), nullable=False),
        sa.Column("rubric", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name=op.f("fk_assignments_cohort_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    op.create_index(op.f("ix_assignments_cohort_id"), "assignments", ["cohort_id"])
    op.create_table(
        "canned_comments",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("figure", sa.String(length=16), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_canned_comments_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_comments")),
    )
    op.create_index(op.f("ix_canned_comments_person_id"), "canned_comments", ["person_id"])
    op.create_table(
        "cohort_members",
        sa.Column("cohort_id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=24), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name=op.f("fk_cohort_members_cohort_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_cohort_members_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("cohort_id", "person_id", name=op.f("pk_cohort_members")),
    )
    op.create_index(op.f("ix_cohort_members_person_id"), "cohort_members", ["person_id"])
    op.create_table(
        "rubrics",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_rubrics_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubrics")),
    )
    op.create_index(op.f("ix_rubrics_person_id"), "rubrics", ["person_id"])
    op.create_table(
        "submissions",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("answer_id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=24), nullable=False),
        sa.Column("assignment_id", sa.String(length=24), nullable=True),
        sa.Column("assignment_title", sa.String(length=200), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("until_date", sa.Date(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_submissions_answer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_submissions_assignment_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_submissions_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
    )
    op.create_index(op.f("ix_submissions_answer_id"), "submissions", ["answer_id"])
    op.create_index(op.f("ix_submissions_assignment_id"), "submissions", ["assignment_id"])
    op.create_index(op.f("ix_submissions_person_id"), "submissions", ["person_id"])
    op.create_table(
        "comments",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("answer_id", sa.String(length=24), nullable=False),
        sa.Column("submission_id", sa.String(length=24), nullable=True),
        sa.Column("author_id", sa.String(length=24), nullable=True),
        sa.Column("author_name", sa.String(length=200), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("end", sa.Float(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("voice", sa.LargeBinary(), nullable=True),
        sa.Column("voice_type", sa.String(length=32), nullable=True),
        sa.Column("figure", sa.String(length=16), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("imported_from", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_comments_answer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_comments_author_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_comments_submission_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.UniqueConstraint("answer_id", "imported_from", name=op.f("uq_comments_answer_id_imported_from")),
    )
    op.create_index(op.f("ix_comments_answer_id_at"), "comments", ["answer_id", "at"])
    op.create_index(op.f("ix_comments_author_id"), "comments", ["author_id"])
    op.create_index(op.f("ix_comments_submission_id"), "comments", ["submission_id"])
    op.create_table(
        "rubric_results",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("answer_id", sa.String(length=24), nullable=False),
        sa.Column("submission_id", sa.String(length=24), nullable=True),
        sa.Column("author_id", sa.String(length=24), nullable=True),
        sa.Column("rubric", sa.JSON(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_rubric_results_answer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_rubric_results_author_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_rubric_results_submission_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubric_results")),
    )
    op.create_index(op.f("ix_rubric_results_answer_id"), "rubric_results", ["answer_id"])
    op.create_index(op.f("ix_rubric_results_author_id"), "rubric_results", ["author_id"])
    op.create_index(op.f("ix_rubric_results_submission_id"), "rubric_results", ["submission_id"])
    op.create_table(
        "submission_advisers",
        sa.Column("submission_id", sa.String(length=24), nullable=False),
        sa.Column("adviser_id", sa.String(length=24), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["adviser_id"], ["people.id"], name=op.f("fk_submission_advisers_adviser_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_submission_advisers_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("submission_id", "adviser_id", name=op.f("pk_submission_advisers")),
    )
    op.create_index(op.f("ix_submission_advisers_adviser_id"), "submission_advisers", ["adviser_id"])
    op.create_table(
        "comment_replies",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("comment_id", sa.String(length=24), nullable=False),
        sa.Column("author_id", sa.String(length=24), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_comment_replies_author_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_comment_replies_comment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_replies")),
    )
    op.create_index(op.f("ix_comment_replies_author_id"), "comment_replies", ["author_id"])
    op.create_index(op.f("ix_comment_replies_comment_id"), "comment_replies", ["comment_id"])


def downgrade() -> None:
    for table in (
        "comment_replies",
        "comments",
        "rubric_results",
        "submission_advisers",
        "submissions",
        "assignments",
        "cohort_members",
        "cohorts",
        "canned_comments",
        "rubrics",
        "advising_changes",
    ):
        op.drop_table(table)
    op.drop_index(op.f("ix_answers_assignment_id"), table_name="answers")
    for name in ("assignment_rules", "assignment_question", "assignment_id"):
        op.drop_column("answers", name)
