"""Stores how long the work on an answer took, from which the time that others will take is estimated."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TIMES = ("work_seconds", "finished_at")


def upgrade() -> None:
    # Not in a batch: that would copy the table, and on SQLite drop the old one with all rows that need it.
    for name in _TIMES:
        op.add_column("jobs", sa.Column(name, sa.Float(), nullable=True))


def downgrade() -> None:
    for name in _TIMES:
        op.drop_column("jobs", name)
