"""Request and response models of rubrics."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from service import schemas
from service.advising.text_fields import Identifier, Message, Name


class JudgedCriterion(BaseModel):
    """A criterion with what an adviser chose."""

    name: str
    score: int
    words: str


class GivenRubric(BaseModel):
    """A rubric that an adviser returned."""

    author: str
    criteria: list[JudgedCriterion]
    note: str | None


class Criterion(BaseModel):
    """A criterion with the words for 1 to 5."""

    id: str
    name: str
    levels: list[str]


class RubricOut(BaseModel):
    """Criteria for judging an answer. The `template` comes with Greenroom and cannot be changed."""

    id: str
    name: str
    criteria: list[Criterion]
    template: bool


CriterionName = Annotated[str, Field(min_length=1, max_length=80), BeforeValidator(schemas.plain_text)]
LevelWords = Annotated[str, Field(min_length=1, max_length=200), BeforeValidator(schemas.plain_text)]


class CriterionIn(BaseModel):
    """A criterion of one's own."""

    id: schemas.Identifier = Field(default=None, description="Of a criterion that stays; null for a new one.")
    name: CriterionName
    levels: Annotated[list[LevelWords], Field(min_length=5, max_length=5)] = Field(
        description="What 1, 2, 3, 4 and 5 mean."
    )


Criteria = Annotated[list[CriterionIn], Field(min_length=1, max_length=12)]


class NewRubric(BaseModel):
    """A rubric of one's own."""

    name: Name
    criteria: Criteria


class RubricChanges(BaseModel):
    """Changes of a rubric. Only the given fields change."""

    name: Name | None = None
    criteria: Criteria | None = None


class Scores(BaseModel):
    """What an adviser chose in a rubric."""

    rubric: Identifier = Field(description="Of `/api/rubrics`, or that of the review.")
    scores: Annotated[dict[Identifier, Annotated[int, Field(ge=1, le=5)]], Field(max_length=12)] = Field(
        description="By the ids of criteria; a criterion that is left out is not judged."
    )
    note: Message = None
