"""Request and response models of progress. The models of the trends are in `analysis.trends`."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field

from analysis.trends.models import Change, ProgressReport, UsualRange
from analysis.view.progress import ProgressView, UsualView
from service.schemas import NOTES_LENGTH, plain_text

FamilyMeasure = Literal["answer_length", "speaking_rate", "long_pause_rate", "filler_rate"]
EarlierMeasure = Literal["pause_rate"]
"""Could be chosen as a focus with earlier builds."""
OwnWords = Annotated[Annotated[str, Field(max_length=NOTES_LENGTH)] | None, BeforeValidator(plain_text)]


class KindChoice(BaseModel):
    """A kind of question with its number of takes."""

    id: str
    name: str
    takes: int


class NameChoice(BaseModel):
    """A first language with its number of takes."""

    name: str
    takes: int


class LanguageChoice(BaseModel):
    """A spoken language with its number of takes."""

    code: str = Field(description="ISO 639-1.")
    takes: int


class SessionChoice(BaseModel):
    """A session with its number of takes."""

    id: str
    name: str
    takes: int


class TagChoice(BaseModel):
    """A tag with its number of takes."""

    tag: str
    takes: int


class Choices(BaseModel):
    """The values to filter by. The counts are of takes with a report, independent of the other filters."""

    kinds: list[KindChoice]
    first_languages: list[NameChoice]
    spoken: list[LanguageChoice]
    sessions: list[SessionChoice]
    tags: list[TagChoice]


class Progress(BaseModel):
    """The report on the selected takes."""

    choices: Choices
    report: ProgressReport
    view: ProgressView
    without_report: int = Field(description="Selected complete answers that have no report yet.")


class PracticeDay(BaseModel):
    """One day with takes."""

    day: date
    takes: int
    seconds: float = Field(description="Seconds recorded, in takes with a report.")


class Calendar(BaseModel):
    """Days with takes, oldest first. Days without takes are left out."""

    days: list[PracticeDay]


class NewFocus(BaseModel):
    """The measure to work on in a week."""

    measure: FamilyMeasure
    plan: OwnWords = Field(default=None, description="What to try, in the person's own words.")
    went: OwnWords = Field(default=None, description="How it went, in the person's own words.")


class ChosenFocus(BaseModel):
    """The focus that was chosen for a week."""

    measure: FamilyMeasure | EarlierMeasure
    label: str
    plan: str | None
    went: str | None
    chosen_at: datetime


class FocusOffer(BaseModel):
    """A measure that can be chosen as a focus, with advice."""

    measure: FamilyMeasure
    label: str
    advice: list[str]
    source: str = Field(description="Source of the advice.")


class WeekFocus(BaseModel):
    """The focus of a week, and the change so far."""

    week: str
    chosen: ChosenFocus | None
    offers: list[FocusOffer]
    change: Change | None = Field(description="Takes before the choice compared with those since.")
    sentence: str | None
    takes: int = Field(description="Takes since the choice.")


class Reanalysis(BaseModel):
    """Numbers of answers whose report was made by another build."""

    outdated: int = Field(description="Answers that can be analysed again.")
    waiting: int = Field(description="Answers that are queued for it or being analysed.")


class Usual(BaseModel):
    """A person's usual ranges, to show beside one answer."""

    takes: int = Field(description="Other takes of the same build; at most the latest 20 are used.")
    measures: dict[str, UsualRange]
    view: dict[str, UsualView] = Field(description="The same as text.")
