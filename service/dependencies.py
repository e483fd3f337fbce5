"""Dependencies of the routes: the running service, and the person who makes the request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Header, Request

from service.advising.departure import people_concerned
from service.answers import builds
from service.answers.repository import Answers
from service.db.engine import Database
from service.db.models import LOCAL_PERSON, Answer
from service.events.hub import EventHub
from service.hosting.readiness import Readiness
from service.people.accounts import Accounts
from service.people.caller import Caller
from service.people.sign_in_sessions import Limits, SignedIn, cookie_name, find_session
from service.practice.formats import built_in_formats
from service.practice.questions import bank
from service.problems import NotForThisRole, NotSignedIn, SignedInAsAnother
from service.recordings.intake import Intake
from service.recordings.opening import open_storage
from service.recordings.storage import Storage
from service.search.texts import forget_deleted_words
from service.settings import Settings


@dataclass(frozen=True)
class Service:
    """The running service.

    Attributes:
        settings: the settings that it was started with.
        database: stores the rows.
        storage: stores the recordings.
        events: informs open pages of changes.
        readiness: whether this node can serve.
    """

    settings: Settings
    database: Database
    storage: Storage
    events: EventHub
    readiness: Readiness

    @classmethod
    def open(cls, settings: Settings) -> "Service":
        """Creates the data folder and migrates the database if needed.

        Raises:
            service.practice.checked_file.DataError: the installed questions or formats are invalid.
            service.recordings.data_folder.DataFolderError: the data folder holds other files.
            service.recordings.object_storage.StorageAddressError: the address of the object store is wrong.
            service.db.engine.DatabaseTooNewError: a newer version wrote the database.
            service.db.backups.BackupError: the database has to be migrated and could not be copied.
        """
        bank()
        built_in_formats()
        builds.declare(settings)
        storage = open_storage(settings)
        database = Database(settings.database_address, connections=settings.database_connections)
        database.migrate()
        return cls(settings, database, storage, EventHub(database), Readiness(database, storage))

    def intake(self, person: str) -> Intake:
        """The intake of a person's recordings."""
        return Intake(self.database, self.storage, person, maximum_bytes=self.settings.maximum_bytes)

    def remove_files(self, answers: Sequence[Answer]) -> None:
        """Deletes the files of answers whose rows were deleted, and the rows' traces in the database."""
        for answer in answers:
            self.storage.delete(answer.id)
        self.remove_traces()

    def remove_traces(self) -> None:
        """Removes what deleted rows leave in the search index and in the database's log."""
        forget_deleted_words(self.database)
        self.database.wipe_log()

    def people_concerned(self, person: str) -> Sequence[str]:
        """The ids of the advisers and applicants who are told when something of a person's is deleted."""
        with self.database.reading() as session:
            return people_concerned(session, person)

    def delete_answer(self, person: str, answer: str) -> None:
        """Deletes one answer with all of its data."""
        with self.database.writing(person, *self.people_concerned(person)) as session:
            answers = Answers(session, person)
            row = answers.get(answer)
            answers.delete([row])
            self.database.delete_backups()
        self.remove_files([row])

    def delete_account_data(self, person: str) -> int:
        """Deletes all data of a person, and their account, and returns the number of deleted answers."""
        with self.database.writing(person, *self.people_concerned(person)) as session:
            rows = Answers(session, person).delete_account_data()
            if self.settings.accounts:
                Accounts(session).delete(person)
            self.database.delete_backups()
        self.remove_files(rows)
        return len(rows)


def get_service(request: Request) -> Service:
    """The running service."""
    service: Service = request.app.state.service
    return service


def get_sign_in(request: Request, service: Annotated[Service, Depends(get_service)]) -> SignedIn | None:
    """The sign-in session of the request, or None without a valid one. One read of the database."""
    return find_sign_in(request, service)


def find_sign_in(request: Request, service: Service, *, in_use: bool = True) -> SignedIn | None:
    """The same; `in_use` False for a response in progress, behind which nobody may sit any more."""
    settings = service.settings
    token = request.cookies.get(cookie_name(secure=settings.is_secure))
    if not settings.accounts or token is None:
        return None
    limits = Limits(settings.sign_in_idle, settings.sign_in_lifetime)
    return find_session(service.database, token, limits, in_use=in_use)


def get_caller(
    service: Annotated[Service, Depends(get_service)],
    signed_in: Annotated[SignedIn | None, Depends(get_sign_in)],
    greenroom_person: Annotated[
        str | None,
        Header(description="Id of the person whose page it is: nothing is done for another one."),
    ] = None,
) -> Caller:
    """The person who makes the request, with their role.

    Raises:
        NotSignedIn: the service has accounts, and the request carries no session that is valid.
        SignedInAsAnother: the page belongs to a person who was signed in before.
    """
    if not service.settings.accounts:
        return Caller(LOCAL_PERSON, "local")
    if signed_in is None:
        raise NotSignedIn("Sign in to go on.")
    if greenroom_person is not None and greenroom_person != signed_in.caller.person:
        raise SignedInAsAnother("Another person has signed in with this browser. Nothing was sent for you.")
    return signed_in.caller


def get_account_holder(caller: Annotated[Caller, Depends(get_caller)]) -> str:
    """The id of the person who makes the request, of whatever role, for what concerns their account.

    Raises:
        NotForThisRole: nobody signs in to this service.
    """
    if caller.role == "local":
        raise NotForThisRole("Nobody signs in to this service, so there are no accounts.")
    return caller.person


def get_person(caller: Annotated[Caller, Depends(get_caller)]) -> str:
    """The id of the person who makes the request, for what only they can see and change.

    Raises:
        NotForThisRole: an administrator has no recordings.
    """
    if caller.role == "administrator":
        raise NotForThisRole("An administrator's account has no recordings.")
    return caller.person


def get_submitter(caller: Annotated[Caller, Depends(get_caller)]) -> str:
    """The id of the person who makes the request, for what they give to advisers.

    Raises:
        NotForThisRole: nobody signs in to this service, or the person is an administrator.
    """
    if caller.role == "local":
        raise NotForThisRole("There are no advisers here. Share a recording as a file instead.")
    return get_person(caller)


def get_adviser(caller: Annotated[Caller, Depends(get_caller)]) -> str:
    """The id of the adviser who makes the request.

    Raises:
        NotForThisRole: the person is no adviser.
    """
    if caller.role != "adviser":
        raise NotForThisRole("Only advisers can do this.")
    return caller.person


def get_administrator(caller: Annotated[Caller, Depends(get_caller)]) -> str:
    """The id of the administrator who makes the request.

    Raises:
        NotForThisRole: the person is no administrator.
    """
    if caller.role != "administrator":
        raise NotForThisRole("Only administrators can do this.")
    return caller.person


def get_now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


ServiceDependency = Annotated[Service, Depends(get_service)]
SignInDependency = Annotated[SignedIn | None, Depends(get_sign_in)]
AccountHolderDependency = Annotated[str, Depends(get_account_holder)]
CallerDependency = Annotated[Caller, Depends(get_caller)]
PersonDependency = Annotated[str, Depends(get_person)]
SubmitterDependency = Annotated[str, Depends(get_submitter)]
AdviserDependency = Annotated[str, Depends(get_adviser)]
AdministratorDependency = Annotated[str, Depends(get_administrator)]
NowDependency = Annotated[datetime, Depends(get_now)]
