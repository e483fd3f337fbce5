"""Takes the words of deleted answers out of SQLite's index for good."""

from sqlalchemy import text

from service.db.engine import Database


def forget_deleted_words(database: Database) -> None:
    """After rows of `transcript_texts` went: writes the index anew without their words.

    Until then it only notes that they are gone, and keeps them. On PostgreSQL its own clean-up (VACUUM) does
    the same.
    """
    if database.is_sqlite:
        with database.writing() as session:
            session.execute(text("INSERT INTO transcript_search (transcript_search) VALUES ('optimize')"))
