"""Indexes for what was found by reading the answers of all people.

These are the answers and interviews of one session, and the recordings that are not complete, for which every
supervisor looks once a second.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_answers_session_id"), "answers", ["session_id"])
    op.create_index(op.f("ix_interviews_session_id"), "interviews", ["session_id"])
    op.create_index(op.f("ix_answers_intake_received_at"), "answers", ["intake", "received_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_answers_intake_received_at"), table_name="answers")
    op.drop_index(op.f("ix_interviews_session_id"), table_name="interviews")
    op.drop_index(op.f("ix_answers_session_id"), table_name="answers")
