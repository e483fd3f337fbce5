"""Indexes for what was found by reading the answers of all people.

These are the answers and interviews of one session, and the recordings that are not complete, for which every
supervisor looks once a second. On PostgreSQL the words of transcripts are stored as they are indexed: among
many people's texts it leaves the index for a rare word, and would parse all texts of the person.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_STORED_WORDS = "transcript_search_words"


def upgrade() -> None:
    op.create_index(op.f("ix_answers_session_id"), "answers", ["session_id"])
    op.create_index(op.f("ix_interviews_session_id"), "interviews", ["session_id"])
    op.create_index(op.f("ix_answers_intake_received_at"), "answers", ["intake", "received_at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"ALTER TABLE transcript_texts ADD COLUMN {_STORED_WORDS} tsvector "
            "GENERATED ALWAYS AS (to_tsvector('english', text)) STORED"
        )
        op.execute("DROP INDEX ix_transcript_texts_words")
        op.execute(f"CREATE INDEX ix_transcript_texts_words ON transcript_texts USING gin ({_STORED_WORDS})")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        # Its index goes with it.
        op.execute(f"ALTER TABLE transcript_texts DROP COLUMN {_STORED_WORDS}")
        op.execute(
            "CREATE INDEX ix_transcript_texts_words ON transcript_texts "
            "USING gin (to_tsvector('english', text))"
        )
    op.drop_index(op.f("ix_answers_intake_received_at"), table_name="answers")
    op.drop_index(op.f("ix_interviews_session_id"), table_name="interviews")
    op.drop_index(op.f("ix_answers_session_id"), table_name="answers")
