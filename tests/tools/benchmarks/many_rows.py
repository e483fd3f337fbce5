"""Fills a database with the answers of many people, in bulk.

One person's answers are demo data (`service.progress.demo_data`); those of all the others are copies, made by
the database itself. Everybody has as many answers, and their rows lie between one another, as those of people
who practise in the same months do.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import create_engine, delete, func, select, text, update
from sqlalchemy.orm import Session

from service.db.models import Answer, Base, Job, Person, TranscriptText
from service.dependencies import Service
from service.people.accounts import Accounts
from service.people.sign_in_sessions import start_session
from service.progress.demo_data import add_demo_takes
from service.search.searching import search
from service.search.texts import save_missing_texts

ANSWERS_EACH = 200
_TEMPLATE = "template"
_LAST_DAY = date(2026, 11, 22)
_SHORT_RESULT = "{}"
"""In place of the results of all other people. PostgreSQL keeps long values outside of the table, so that the
table itself is as large as it would be."""

_SHORTEST_WORD = 5
_RARE = "lighthouse"
"""Added to one text: the few words of demo data are all said often."""
_WORDS_INDEX = "ix_transcript_texts_words"
_MAKE_WORDS_INDEX = (
    f"CREATE INDEX {_WORDS_INDEX} ON transcript_texts USING gin (to_tsvector('english', text))"
)


@dataclass(frozen=True)
class OneOfMany:
    """The person whose requests are measured.

    Attributes:
        token: of a session of theirs, for the cookie.
        common: a word of most of their answers, and of everybody's.
        rare: a word of one of them, and of one of everybody's.
        rows: answers in the database, of all people.
    """

    token: str
    common: str
    rare: str
    rows: int


def fill_with_many(service: Service, rows: int, *, each: int = ANSWERS_EACH) -> OneOfMany:
    """Stores about as many answers and returns one of the people, whose results are stored whole.

    Args:
        service: with accounts, on an empty database.
        rows: of the table of answers.
        each: answers of each person.
    """
    database = service.database
    with database.writing() as session:
        session.add(Person(id=_TEMPLATE))
    add_demo_takes(database, _TEMPLATE, takes=each, seed=1, until=_LAST_DAY)
    save_missing_texts(database, _TEMPLATE)
    with database.writing() as session:
        # Progress leaves samples out.
        ours = update(Answer).where(Answer.person_id == _TEMPLATE)
        session.execute(ours.values(source="recording", bytes=1_500_000))
        templates = session.scalars(select(Answer.id).order_by(Answer.created_at)).all()
        session.add_all(
            [Job(answer_id=answer, kind="recording", state="done", attempt=1) for answer in templates]
        )
        session.flush()
        common = _common_word(session)
        said = session.scalars(select(TranscriptText).order_by(TranscriptText.number).limit(1)).one()
        said.text = f"{said.text} {_RARE}"
        people = [_account(session, number) for number in range(max(rows // each, 1))]
        measured = people[len(people) // 2]
        token = start_session(session, measured, browser=None)
        if not database.is_sqlite:
            # Made again afterwards, which takes a fraction of the time.
            session.execute(text(f"DROP INDEX {_WORDS_INDEX}"))
        _copy(session, templates, people, measured)
        changes = select(Person.changes).where(Person.id == _TEMPLATE).scalar_subquery()
        session.execute(update(Person).values(changes=changes))
        session.execute(delete(Person).where(Person.id == _TEMPLATE))
        if not database.is_sqlite:
            session.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
            session.execute(text(_MAKE_WORDS_INDEX))
        stored = session.scalar(select(func.count()).select_from(Answer)) or 0
    _analyse_tables(service)
    return OneOfMany(token, common, _RARE, stored)


def _account(session: Session, number: int) -> str:
    row = Accounts(session).create(email=f"{number}@example.org", name=f"Person {number}", role="applicant")
    session.flush()
    return row.person_id


def _common_word(session: Session) -> str:
    """The word of most answers that a database does not ignore."""
    counts: Counter[str] = Counter()
    for spoken in session.scalars(select(TranscriptText.text)):
        counts.update({word for word in spoken.casefold().split() if word.isalpha()})
    words = (word for word, _ in counts.most_common() if len(word) >= _SHORTEST_WORD)
    return next(word for word in words if search(session, _TEMPLATE, word, limit=1).total)


def _copy(session: Session, templates: Sequence[str], people: Sequence[str], measured: str) -> None:
    """Gives all people copies of the template's rows, one answer after the other."""
    session.execute(text("CREATE TEMPORARY TABLE others (person VARCHAR(24), number INTEGER)"))
    numbered = [{"person": person, "number": number} for number, person in enumerate(people, start=1)]
    session.execute(text("INSERT INTO others VALUES (:person, :number)"), numbered)
    sqlite = session.get_bind().dialect.name == "sqlite"
    hexadecimal = "printf('%08x', others.number)" if sqlite else "lpad(to_hex(others.number), 8, '0')"

    def copied(identifier: str) -> str:
        # As random at their beginning as any ids, so that indexes of them grow as they do otherwise.
        return f"substr({identifier}, 1, 16) || {hexadecimal}"

    values: dict[str, str] = {"session_id": copied("session_id"), "person_id": "person"}
    own = f"template.person_id = '{_TEMPLATE}'"
    _insert(session, "sessions", {**values, "id": copied("template.id")}, own)
    values |= {"id": copied("template.id"), "answer_id": copied("answer_id")}
    for answer in templates:
        _insert(session, "answers", values, f"template.id = '{answer}'")
    result = f"CASE WHEN person = '{measured}' THEN result ELSE '{_SHORT_RESULT}' END"
    for table in ("transcript_texts", "stage_results", "answer_tags", "jobs"):
        for answer in templates:
            _insert(session, table, {**values, "result": result}, f"answer_id = '{answer}'")
    session.execute(text("DROP TABLE others"))


def _insert(session: Session, table: str, values: Mapping[str, str], which: str) -> None:
    """Copies rows of a table for each of the others; these columns get other values, numbers new ones."""
    names = [column.name for column in Base.metadata.tables[table].columns if column.name != "number"]
    selected = ", ".join(values.get(name, f"template.{name}") for name in names)
    session.execute(
        text(
            f"INSERT INTO {table} ({', '.join(names)}) "
            f"SELECT {selected} FROM {table} AS template CROSS JOIN others WHERE {which}"
        )
    )


def _analyse_tables(service: Service) -> None:
    """What autovacuum does within minutes."""
    if service.database.is_sqlite:
        return
    engine = create_engine(service.settings.database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()
