"""Review and progress: corrections, facts for trends, tags, searchable transcripts, the focus of a week."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NEW_COLUMNS = (
    ("corrections", sa.JSON()),
    ("facts", sa.JSON()),
    ("first_language", sa.String(length=64)),
)

# The same stemming on both: 'listening' finds 'listened'.
_SQLITE_SEARCH = (
    """
    CREATE VIRTUAL TABLE transcript_search USING fts5(
        text, content='transcript_texts', content_rowid='number', tokenize='porter unicode61'
    )
    """,
    """
    CREATE TRIGGER transcript_texts_added AFTER INSERT ON transcript_texts BEGIN
        INSERT INTO transcript_search (rowid, text) VALUES (new.number, new.text);
    END
    """,
    """
    CREATE TRIGGER transcript_texts_removed AFTER DELETE ON transcript_texts BEGIN
        INSERT INTO transcript_search (transcript_search, rowid, text)
        VALUES ('delete', old.number, old.text);
    END
    """,
    """
    CREATE TRIGGER transcript_texts_changed AFTER UPDATE ON transcript_texts BEGIN
        INSERT INTO transcript_search (transcript_search, rowid, text)
        VALUES ('delete', old.number, old.text);
        INSERT INTO transcript_search (rowid, text) VALUES (new.number, new.text);
    END
    """,
)
_POSTGRESQL_SEARCH = (
    "CREATE INDEX ix_transcript_texts_words ON transcript_texts USING gin (to_tsvector('english', text))"
)


def upgrade() -> None:
    for name, kind in _NEW_COLUMNS:
        op.add_column("answers", sa.Column(name, kind, nullable=True))
    op.add_column("answers", sa.Column("anew", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("people", sa.Column("preferences", sa.JSON(), nullable=True))
    op.create_table(
        "answer_tags",
        sa.Column("answer_id", sa.String(length=24), nullable=False),
        sa.Column("folded", sa.String(length=192), nullable=False),
        sa.Column("tag", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_answer_tags_answer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("answer_id", "folded", name=op.f("pk_answer_tags")),
    )
    op.create_index(op.f("ix_answer_tags_folded"), "answer_tags", ["folded"])
    op.create_table(
        "transcript_texts",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer_id", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_transcript_texts_answer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_transcript_texts")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_transcript_texts_answer_id")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in _SQLITE_SEARCH:
            op.execute(statement)
    else:
        op.execute(_POSTGRESQL_SEARCH)
    op.create_table(
        "focuses",
        sa.Column("person_id", sa.String(length=24), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(length=64), nullable=False),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("went", sa.Text(), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_focuses_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "week", name=op.f("pk_focuses")),
    )


def downgrade() -> None:
    op.drop_table("focuses")
    if op.get_bind().dialect.name == "sqlite":
        op.drop_table("transcript_search")
    op.drop_table("transcript_texts")
    op.drop_table("answer_tags")
    op.drop_column("people", "preferences")
    op.drop_column("answers", "anew")
    for name, _ in reversed(_NEW_COLUMNS):
        op.drop_column("answers", name)
