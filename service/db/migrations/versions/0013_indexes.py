"""Indexes for what belongs to a session: without them, all people's answers are read to find those of one."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_answers_session_id"), "answers", ["session_id"])
    op.create_index(op.f("ix_interviews_session_id"), "interviews", ["session_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_interviews_session_id"), table_name="interviews")
    op.drop_index(op.f("ix_answers_session_id"), table_name="answers")
