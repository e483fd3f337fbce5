"""Practice: how an answer was practised, own questions, favourites, and windows transcribed so far."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NEW_COLUMNS = (
    ("question_id", sa.String(length=64)),
    ("take", sa.Integer()),
    ("format_id", sa.String(length=64)),
    ("format_name", sa.String(length=200)),
    ("timing", sa.JSON()),
    ("aim", sa.JSON()),
    ("capture", sa.JSON()),
    ("paused_at", sa.JSON()),
    ("reflection", sa.JSON()),
    ("notes", sa.Text()),
)

# Earlier answers have no question id, so their takes are counted by the text of the question.
_COUNT_TAKES = """
UPDATE answers SET take = (
    SELECT COUNT(*) FROM answers AS earlier
    WHERE earlier.person_id = answers.person_id
      AND earlier.question = answers.question
      AND (earlier.created_at < answers.created_at
           OR (earlier.created_at = answers.created_at AND earlier.id <= answers.id))
) WHERE question IS NOT NULL
"""


def upgrade() -> None:
    # Not in a batch: that would copy the table, and on SQLite drop the old one with all rows that need it.
    for name, kind in _NEW_COLUMNS:
        op.add_column("answers", sa.Column(name, kind, nullable=True))
    op.create_index(op.f("ix_answers_person_id_question_id"), "answers", ["person_id", "question_id"])
    op.execute(_COUNT_TAKES)
    op.create_table(
        "window_results",
        sa.Column("answer_id", sa.String(length=24), nullable=False),
        sa.Column("start_ms", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("end_ms", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("analysis_version", sa.String(length=32), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_window_results_answer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("answer_id", "start_ms", "end_ms", name=op.f("pk_window_results")),
    )
    op.create_table(
        "own_questions",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=True),
        sa.Column("structure", sa.String(length=64), nullable=True),
        sa.Column("aim_low", sa.Float(), nullable=True),
        sa.Column("aim_high", sa.Float(), nullable=True),
        sa.Column("listens_for", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_own_questions_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_questions")),
    )
    op.create_index(
        op.f("ix_own_questions_person_id_created_at"), "own_questions", ["person_id", "created_at"]
    )
    op.create_table(
        "favourites",
        sa.Column("person_id", sa.String(length=24), nullable=False),
        sa.Column("question_id", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_favourites_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "question_id", name=op.f("pk_favourites")),
    )


def downgrade() -> None:
    op.drop_table("favourites")
    op.drop_index(op.f("ix_own_questions_person_id_created_at"), table_name="own_questions")
    op.drop_table("own_questions")
    op.drop_table("window_results")
    op.drop_index(op.f("ix_answers_person_id_question_id"), table_name="answers")
    for name, _ in reversed(_NEW_COLUMNS):
        op.drop_column("answers", name)
