"""Moves the queue, which answers are to be worked on and by which worker, from `answers` to `jobs`."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Attempts are numbered on from the last run, so that a late worker does not match a later attempt.
_FILL_JOBS = """
INSERT INTO jobs (
    answer_id, kind, state, attempt, worker, claimed_at, lease_until, crashes, reanalysis_requested
)
SELECT
    id,
    CASE WHEN source = 'recording' THEN 'recording' ELSE 'upload' END,
    CASE work_state WHEN 'working' THEN 'leased' WHEN 'ready' THEN 'done' WHEN 'failed' THEN 'dead'
        ELSE 'waiting' END,
    run, worker, claimed_at, lease_until, crashes, anew
FROM answers
"""

_MOVED_COLUMNS = ("run", "worker", "claimed_at", "lease_until", "crashes", "anew")

# Answers without a chunk may have no job: their columns keep the values of a new row.
_FILL_ANSWERS = """
UPDATE answers SET (run, worker, claimed_at, lease_until, crashes, anew) = (
    SELECT attempt, worker, claimed_at, lease_until, crashes, reanalysis_requested
    FROM jobs WHERE jobs.answer_id = answers.id
)
WHERE EXISTS (SELECT 1 FROM jobs WHERE jobs.answer_id = answers.id)
"""


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("answer_id", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=200), nullable=True),
        sa.Column("claimed_at", sa.Float(), nullable=True),
        sa.Column("lease_until", sa.Float(), nullable=True),
        sa.Column("crashes", sa.Integer(), nullable=False),
        sa.Column("reanalysis_requested", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_jobs_answer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_jobs")),
    )
    op.create_index(op.f("ix_jobs_state"), "jobs", ["state"])
    op.execute(_FILL_JOBS)
    op.drop_index(op.f("ix_answers_work_state_intake"), table_name="answers")
    # Not in a batch: that would copy the table, and on SQLite drop the old one with all rows that need it.
    for name in _MOVED_COLUMNS:
        op.drop_column("answers", name)


def downgrade() -> None:
    op.add_column("answers", sa.Column("run", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("answers", sa.Column("worker", sa.String(length=200), nullable=True))
    op.add_column("answers", sa.Column("claimed_at", sa.Float(), nullable=True))
    op.add_column("answers", sa.Column("lease_until", sa.Float(), nullable=True))
    op.add_column("answers", sa.Column("crashes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("answers", sa.Column("anew", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(_FILL_ANSWERS)
    op.create_index(op.f("ix_answers_work_state_intake"), "answers", ["work_state", "intake"])
    op.drop_index(op.f("ix_jobs_state"), table_name="jobs")
    op.drop_table("jobs")
