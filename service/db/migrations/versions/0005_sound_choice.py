"""Stores which sound track and which channel of a recording a person chose to have measured."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_CHOICE = (("track", sa.Integer()), ("channel", sa.String(length=8)), ("set_aside", sa.JSON()))
_VERSIONS = ("sound_version", "media_version")


def upgrade() -> None:
    # Not in a batch: that would copy the table, and on SQLite drop the old one with all rows that need it.
    for name, kind in _CHOICE:
        op.add_column("answers", sa.Column(name, kind, nullable=True))
    for name in _VERSIONS:
        op.add_column("answers", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    for name in (*_VERSIONS, *(name for name, _ in _CHOICE)):
        op.drop_column("answers", name)
