"""The keys under which an object store holds the files of answers."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chunks", sa.Column("object_key", sa.String(200), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("chunks") as chunks:
        chunks.drop_column("object_key")
