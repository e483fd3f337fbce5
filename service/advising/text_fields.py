"""Fields of text in requests of applicants and advisers."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from service import schemas

MESSAGE_LENGTH = 2000
COMMENT_LENGTH = 2000
NAME_LENGTH = 200
Identifier = Annotated[str, Field(min_length=1, max_length=schemas.IDENTIFIER_LENGTH)]
Message = Annotated[
    Annotated[str, Field(max_length=MESSAGE_LENGTH)] | None, BeforeValidator(schemas.plain_text)
]
CommentText = Annotated[
    str, Field(min_length=1, max_length=COMMENT_LENGTH), BeforeValidator(schemas.plain_text)
]
OptionalCommentText = Annotated[
    Annotated[str, Field(max_length=COMMENT_LENGTH)] | None, BeforeValidator(schemas.plain_text)
]
Name = Annotated[str, Field(min_length=1, max_length=NAME_LENGTH), BeforeValidator(schemas.plain_text)]
