"""The sheet of a programme: what a person wants to say about it, and what they want to ask."""

from collections.abc import Sequence
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, Field
from sqlalchemy.orm import Session

from analysis.formatting import number_of
from service.db.models import new_identifier
from service.db.preparation_models import ScheduledInterview
from service.prepare.questions_to_ask import FEWEST_TO_ASK, MOST_TO_ASK, QuestionsToAsk, QuestionToAsk
from service.prepare.scheduled_interviews import ScheduledInterviews
from service.problems import InvalidRequest
from service.schemas import plain_text

SpecificKind = Literal["curriculum", "research", "support", "place", "other"]

KIND_NAMES: dict[SpecificKind, str] = {
    "curriculum": "Curriculum",
    "research": "Research, quality improvement",
    "support": "International graduates, visa",
    "place": "The place",
    "other": "Something else",
}
"""In the order in which they are offered."""

FEWEST_SPECIFICS, AIMED_AT = 3, 4
"""Three or four can be said in a minute or two, and be remembered."""
MOST_SPECIFICS = 8
LONGEST_SPECIFIC = 200
MOST_CHOSEN = 30


def _one_line(value: object) -> object:
    cleaned = plain_text(value)
    return " ".join(cleaned.split()) if isinstance(cleaned, str) else cleaned


class NewSpecific(BaseModel):
    """Something special about a programme."""

    id: Annotated[str, Field(min_length=1, max_length=24)] | None = Field(
        default=None, description="Of one that is there already; null for a new one."
    )
    kind: SpecificKind
    text: Annotated[
        Annotated[str, Field(min_length=1, max_length=LONGEST_SPECIFIC)], BeforeValidator(_one_line)
    ]


class SheetContent(BaseModel):
    """What a sheet is to hold. A field that is left out stays as it is."""

    specifics: Annotated[list[NewSpecific], Field(max_length=MOST_SPECIFICS)] = Field(
        default=[], description="All of them, in their order."
    )
    questions_to_ask: Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=MOST_CHOSEN)] = (
        Field(default=[], description="Ids of `/api/questions-to-ask`, in their order.")
    )


class Specific(BaseModel):
    """A specific on a sheet."""

    id: str
    kind: str
    kind_name: str
    text: str


class KindOfSpecific(BaseModel):
    """A kind of specific."""

    id: SpecificKind
    name: str


class SheetInterviewer(BaseModel):
    """Somebody who will interview the person."""

    name: str
    role: str | None


class ProgrammeSheet(BaseModel):
    """The sheet of one scheduled interview."""

    interview: str
    programme: str
    interviewers: list[SheetInterviewer]
    specifics: list[Specific]
    specifics_words: str = Field(description="How many there are, and how many to aim for.")
    questions_to_ask: list[QuestionToAsk]
    questions_words: str = Field(description="How many were chosen, and how many to aim for.")
    kinds: list[KindOfSpecific]


class ProgrammeSheets:
    """The sheets of one person within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
        person: id of the person.
    """

    def __init__(self, session: Session, person: str) -> None:
        self._interviews = ScheduledInterviews(session, person)
        self._questions = QuestionsToAsk(session, person)

    def get(self, interview: str) -> ProgrammeSheet:
        """The sheet of an interview.

        Raises:
            NotFound: the person has no such interview.
        """
        return self._described(self._interviews.get(interview))

    def write(self, interview: str, content: SheetContent) -> ProgrammeSheet:
        """Replaces the given parts of a sheet.

        Raises:
            NotFound: the person has no such interview.
            InvalidRequest: a question that was chosen does not exist.
        """
        row = self._interviews.get(interview)
        given = content.model_fields_set
        if "specifics" in given:
            known = {each["id"] for each in row.specifics}
            row.specifics = _with_ids(content.specifics, known)
        if "questions_to_ask" in given:
            row.questions_to_ask = self._chosen(content.questions_to_ask)
        return self._described(row)

    def _chosen(self, questions: Sequence[str]) -> list[str]:
        known = self._questions.by_id()
        unknown = [each for each in questions if each not in known]
        if unknown:
            raise InvalidRequest(
                "One of these questions is not there any more. Nothing was changed. Load the list again."
            )
        return list(dict.fromkeys(questions))

    def _described(self, row: ScheduledInterview) -> ProgrammeSheet:
        known = self._questions.by_id()
        chosen = [known[each] for each in row.questions_to_ask if each in known]
        return ProgrammeSheet(
            interview=row.id,
            programme=row.programme,
            interviewers=[
                SheetInterviewer(name=each["name"], role=each.get("role"))
                for each in row.interviewers
                if each.get("name")
            ],
            specifics=[
                Specific(
                    id=each["id"],
                    kind=each["kind"],
                    kind_name=KIND_NAMES.get(each["kind"], KIND_NAMES["other"]),
                    text=each["text"],
                )
                for each in row.specifics
            ],
            specifics_words=specifics_words(len(row.specifics)),
            questions_to_ask=chosen,
            questions_words=questions_words(len(chosen)),
            kinds=[KindOfSpecific(id=kind, name=KIND_NAMES[kind]) for kind in get_args(SpecificKind)],
        )


def specifics_words(count: int) -> str:
    """How many specifics there are, and how many to aim for."""
    aim = f"{FEWEST_SPECIFICS} or {AIMED_AT}"
    things = number_of(count, "thing")
    if count < FEWEST_SPECIFICS:
        return f"{things} so far: aim for {aim}."
    if count <= AIMED_AT:
        return f"{things}: enough to say in one answer."
    return f"{things}: more than one answer holds. Put the {aim} that matter most first."


def questions_words(count: int) -> str:
    """How many questions were chosen, and how many to aim for."""
    chosen = f"{number_of(count, 'question')} chosen"
    if count < FEWEST_TO_ASK:
        return f"{chosen}. Aim for {FEWEST_TO_ASK} to {MOST_TO_ASK}: you may meet several people."
    if count <= MOST_TO_ASK:
        return f"{chosen}: enough for the day."
    return f"{chosen}: more than you will get to ask. Put those that matter most first."


def _with_ids(specifics: Sequence[NewSpecific], known: set[str]) -> list[dict[str, str]]:
    """As they are stored. An id that is not known, or comes twice, gives way to a new one."""
    left = set(known)
    kept = []
    for specific in specifics:
        identifier = specific.id if specific.id in left else new_identifier()
        left.discard(identifier)
        kept.append({"id": identifier, "kind": specific.kind, "text": specific.text})
    return kept
