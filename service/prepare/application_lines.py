"""The lines of a person's application. Each is an own question, 'Tell me about …', to practise."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.formatting import number_of
from service import schemas
from service.db.models import Answer, OwnQuestion
from service.practice.own_questions import Questions
from service.practice.questions import bank
from service.prepare.pasted_lines import (
    LONGEST_LINE,
    SECTION_LENGTH,
    PastedLine,
    clean_line,
    pasted_lines,
    same_line,
    without_known,
)
from service.problems import InvalidRequest, NotFound
from service.progress.takes import takes_by_question

LONGEST_PASTE = 100_000
"""Characters: many times what an application has."""
MOST_LINES = 500

_QUOTED = 180
"""Characters of a line that its question repeats; the whole line stands beside it."""
_APART = timedelta(milliseconds=1)
_NO_SUCH = "There is no such line. It may have been deleted."


def _one_line(value: object) -> object:
    return clean_line(value) or None if isinstance(value, str) else value


SectionName = Annotated[
    Annotated[str, Field(max_length=SECTION_LENGTH)] | None, BeforeValidator(schemas.plain_text)
]


class NewLines(BaseModel):
    """Lines to add, as they were pasted or typed."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_PASTE)]
    section: SectionName = Field(default=None, description="Of the lines before the first heading.")


class LineChanges(BaseModel):
    """Changes to a line. Only the given fields change; null for `section` clears it."""

    line: Annotated[
        Annotated[str, Field(min_length=1, max_length=LONGEST_LINE)] | None, BeforeValidator(_one_line)
    ] = None
    section: SectionName = None


class ApplicationLine(BaseModel):
    """A line of the application."""

    id: str = Field(description="Also the id of its question in `/api/questions`.")
    section: str | None
    line: str
    question: str
    takes: int
    practised: bool
    practised_words: str
    last_practised_at: datetime | None


class ApplicationLineList(BaseModel):
    """All lines, in the order in which they were added."""

    items: list[ApplicationLine]
    sections: list[str] = Field(description="Names of sections, in the order of their first lines.")
    summary: str = Field(description="How many were practised, in a sentence; empty without lines.")


class AddedLines(ApplicationLineList):
    """All lines after some were added."""

    added: int
    repeated: int = Field(description="Lines that were there already, or came twice.")
    added_words: str


class ApplicationLines:
    """The lines of one person within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
        person: id of the person.
    """

    def __init__(self, session: Session, person: str) -> None:
        self._session = session
        self._person = person
        self._questions = Questions(session, person, bank())

    def list_all(self) -> ApplicationLineList:
        """All lines with their takes."""
        rows = self._rows()
        takes = takes_by_question(self._session, self._person)
        items = [_described(row, *takes.get(row.id, (0, None))) for row in rows]
        sections = list(dict.fromkeys(item.section for item in items if item.section))
        return ApplicationLineList(items=items, sections=sections, summary=_summary(items))

    def add(self, new: NewLines, now: datetime) -> AddedLines:
        """Adds the lines of a text that are not there yet.

        Raises:
            InvalidRequest: there is no line in it, or there would be too many.
        """
        lines = pasted_lines(new.text, new.section)
        if not lines:
            raise InvalidRequest("There is no line in this text. A line that ends with a colon is a heading.")
        rows = self._rows()
        fresh, repeated = without_known(lines, [row.application_line or "" for row in rows])
        if len(rows) + len(fresh) > MOST_LINES:
            raise InvalidRequest(
                f"That would be more than {MOST_LINES} lines. Nothing was added. Add fewer, or delete some."
            )
        for line in fresh:
            row = OwnQuestion(person_id=self._person, created_at=now)
            _write(row, line)
            self._session.add(row)
            # Rows of one time would be in the order of their ids, which is by chance.
            now += _APART
        self._session.flush()
        listed = self.list_all()
        return AddedLines(
            **dict(listed),
            added=len(fresh),
            repeated=repeated,
            added_words=_added_words(len(fresh), repeated),
        )

    def change(self, line: str, changes: LineChanges) -> ApplicationLine:
        """Changes the given fields. Answers keep the wording that they were given to.

        Raises:
            NotFound: there is no such line.
            InvalidRequest: nothing would be left of it, or the line is there already.
        """
        row = self._get(line)
        given = changes.model_fields_set
        text = row.application_line or ""
        if "line" in given:
            if changes.line is None:
                raise InvalidRequest("A line needs words. Delete it if it is to go.")
            others = [each.application_line or "" for each in self._rows() if each.id != line]
            if same_line(changes.line) in map(same_line, others):
                raise InvalidRequest("This line is there already. Nothing was changed.")
            text = changes.line
        section = changes.section if "section" in given else row.application_section
        _write(row, PastedLine(section, text))
        self._session.flush()
        takes = takes_by_question(self._session, self._person)
        return _described(row, *takes.get(row.id, (0, None)))

    def delete(self, line: str) -> Sequence[Answer]:
        """Deletes a line with its question, and returns the answers to it, which stay.

        Raises:
            NotFound: there is no such line.
        """
        self._get(line)
        return self._questions.delete(line)

    def _rows(self) -> Sequence[OwnQuestion]:
        return self._session.scalars(
            select(OwnQuestion)
            .where(OwnQuestion.person_id == self._person, OwnQuestion.application_line.is_not(None))
            .order_by(OwnQuestion.created_at, OwnQuestion.id)
        ).all()

    def _get(self, line: str) -> OwnQuestion:
        row = self._session.scalar(
            select(OwnQuestion).where(
                OwnQuestion.id == line,
                OwnQuestion.person_id == self._person,
                OwnQuestion.application_line.is_not(None),
            )
        )
        if row is None:
            raise NotFound(_NO_SUCH)
        return row


def question_about(line: str) -> str:
    """The question about a line: the first words of a long one."""
    quoted = line.rstrip(" .,;:")
    if len(quoted) > _QUOTED:
        quoted = f"{quoted[: quoted.rfind(' ', 0, _QUOTED) + 1 or _QUOTED].rstrip(' .,;:')} …"
    return f"Tell me about “{quoted}”."


def _write(row: OwnQuestion, line: PastedLine) -> None:
    row.application_section, row.application_line = line.section, line.text
    row.text = question_about(line.text)


def _described(row: OwnQuestion, takes: int, last: datetime | None) -> ApplicationLine:
    return ApplicationLine(
        id=row.id,
        section=row.application_section,
        line=row.application_line or "",
        question=row.text,
        takes=takes,
        practised=takes > 0,
        practised_words=number_of(takes, "take") if takes else "Not practised yet",
        last_practised_at=last,
    )


def _summary(items: Sequence[ApplicationLine]) -> str:
    if not items:
        return ""
    practised = sum(item.practised for item in items)
    if practised == len(items):
        return "You practised every line." if len(items) > 1 else "You practised it."
    return f"You practised {practised} of {number_of(len(items), 'line')}."


def _added_words(added: int, repeated: int) -> str:
    words = f"{number_of(added, 'line')} added." if added else "Nothing new."
    if repeated:
        words += f" {number_of(repeated, 'line')} {'was' if repeated == 1 else 'were'} there already."
    return words
