"""What the routes are given: one object that holds the parts of the running service, and who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from service.answers import builds
from service.answers.repository import Answers
from service.db.engine import Database
from service.db.models import LOCAL_PERSON, Answer
from service.events import EventHub
from service.practice.formats import built_in_formats
from service.practice.questions import bank
from service.recordings.folder_storage import FolderStorage
from service.recordings.intake import Intake
from service.recordings.storage import Storage
from service.search.removal import forget_deleted_words
from service.settings import Settings


@dataclass(frozen=True)
class Service:
    """The running service.

    Attributes:
        settings: as it was started.
        database: rows.
        storage: bytes.
        events: tells pages what changes.
    """

    settings: Settings
    database: Database
    storage: Storage
    events: EventHub

    @classmethod
    def open(cls, settings: Settings) -> "Service":
        """Makes the data folder and brings the tables up to date where that is needed.

        Raises:
            service.practice.checked_file.DataError: the questions or formats of this installation are wrong.
            service.db.engine.DatabaseTooNewError: a newer version wrote the database.
            service.db.backups.BackupError: the database has to be migrated and could not be copied.
        """
        bank()
        built_in_formats()
        builds.declare(settings)
        storage = FolderStorage(settings.data_folder, floor=settings.free_space_floor)
        database = Database(settings.database_address)
        database.migrate()
        return cls(settings, database, storage, EventHub(database))

    def intake(self, person: str) -> Intake:
        """Takes recordings in for a person."""
        return Intake(self.database, self.storage, person, maximum_bytes=self.settings.maximum_bytes)

    def remove_files(self, answers: Sequence[Answer]) -> None:
        """After the rows of these answers went: their files, and the rows' traces in the database."""
        for answer in answers:
            self.storage.delete(answer.id)
        self.remove_traces()

    def remove_traces(self) -> None:
        """What deleted rows leave in the search index and in the database's log."""
        forget_deleted_words(self.database)
        self.database.wipe_log()

    def delete_answer(self, person: str, answer: str) -> None:
        """Deletes one answer and all there is of it."""
        with self.database.writing() as session:
            answers = Answers(session, person)
            row = answers.get(answer)
            answers.delete([row])
            self.database.delete_backups()
        self.remove_files([row])

    def delete_everything(self, person: str) -> int:
        """Deletes all there is of a person, own questions too. Returns how many answers that were."""
        with self.database.writing() as session:
            rows = Answers(session, person).delete_everything()
            self.database.delete_backups()
        self.remove_files(rows)
        return len(rows)


def get_service(request: Request) -> Service:
    """The running service."""
    service: Service = request.app.state.service
    return service


def get_person() -> str:
    """Who asks. One local person until accounts come; every query already goes by it."""
    return LOCAL_PERSON


ServiceDependency = Annotated[Service, Depends(get_service)]
PersonDependency = Annotated[str, Depends(get_person)]
