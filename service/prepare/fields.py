"""Checks of what a person types about an interview. Each refusal has a code of its own and names the field.

A `Problem` that a validator raises passes through pydantic unchanged, so the sentence reaches the person as
it is written here.
"""

import re
from datetime import date, time
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationInfo

from service.prepare.time_zones import check_zone
from service.problems import InvalidRequest
from service.schemas import plain_text

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Years of an interview. A year outside them is a slip of the finger."""

LINK_LENGTH = 2000
EMAIL_LENGTH = 254
"""The longest address that mail can be sent to (RFC 5321)."""
NAME_LENGTH = 100
PHONE_LENGTH = 40

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\.]+(\.[^\s@<>()\[\],;:\"\\.]+)+")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = re.compile(r"(\d{2}):(\d{2})(:00)?")


class NotADay(InvalidRequest):
    """A date cannot be read, or lies in a year that no interview is in."""

    code, title = "not_a_day", "This is not a date"


class NotATime(InvalidRequest):
    """A time of day cannot be read."""

    code, title = "not_a_time", "This is not a time"


class NotAWebAddress(InvalidRequest):
    """A link is no address of a web page."""

    code, title = "not_a_web_address", "This is not a web address"


class NotAnEmail(InvalidRequest):
    """An e-mail address cannot be written to."""

    code, title = "not_an_email", "This is not an e-mail address"


class TextTooLong(InvalidRequest):
    """A text is longer than there is room for."""

    code, title = "text_too_long", "This text is too long"


def _field(info: ValidationInfo) -> str:
    return info.field_name or ""


def _check_day(value: object, info: ValidationInfo) -> object:
    if value is None or isinstance(value, date):
        return value
    # A number would be read as seconds since 1970, in any year.
    parts = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        day = None if parts is None else date(int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError:
        day = None
    if day is None:
        raise NotADay(
            "This date does not exist. Write it as year-month-day, for example 2026-11-22.",
            field=_field(info),
        )
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotADay(
            f"The year {day.year} cannot be right. Please check the date.",
            field=_field(info),
        )
    return day


def _check_time(value: object, info: ValidationInfo) -> object:
    if value is None or isinstance(value, time):
        return value
    parts = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if parts is None or int(parts[1]) > 23 or int(parts[2]) > 59:
        raise NotATime(
            "This time does not exist. Write hours and minutes, for example 14:30.", field=_field(info)
        )
    return time(int(parts[1]), int(parts[2]))


def _check_zone(value: object, info: ValidationInfo) -> object:
    return check_zone(value, field=_field(info)) if isinstance(value, str) else value


def _check_link(value: object, info: ValidationInfo) -> object:
    link = plain_text(value)
    if not isinstance(link, str):
        return link
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or re.search(r"\s", link):
        raise NotAWebAddress(
            "A link begins with https:// or http:// and has no spaces. Please copy it again.",
            field=_field(info),
        )
    return link


def _check_email(value: object, info: ValidationInfo) -> object:
    email = plain_text(value)
    if not isinstance(email, str):
        return email
    if not _EMAIL.fullmatch(email):
        raise NotAnEmail("An e-mail address looks like name@school.edu. Please check it.", field=_field(info))
    return email


def _text(most: int) -> BeforeValidator:
    def check(value: object, info: ValidationInfo) -> object:
        text = plain_text(value)
        if isinstance(text, str) and len(text) > most:
            raise TextTooLong(
                f"There is room for {most:,} characters here. This text has {len(text):,}.",
                field=_field(info),
            )
        return text

    return BeforeValidator(check)


Day = Annotated[date, BeforeValidator(_check_day)]
ClockTime = Annotated[Annotated[time, Field()] | None, BeforeValidator(_check_time)]
ZoneName = Annotated[str, Field(max_length=64), BeforeValidator(_check_zone)]
Link = Annotated[
    Annotated[str, Field(max_length=LINK_LENGTH)] | None, BeforeValidator(_check_link), _text(LINK_LENGTH)
]
Email = Annotated[
    Annotated[str, Field(max_length=EMAIL_LENGTH)] | None, BeforeValidator(_check_email), _text(EMAIL_LENGTH)
]
PersonName = Annotated[Annotated[str, Field(max_length=NAME_LENGTH)] | None, _text(NAME_LENGTH)]
Phone = Annotated[Annotated[str, Field(max_length=PHONE_LENGTH)] | None, _text(PHONE_LENGTH)]
Programme = Annotated[Annotated[str, Field(max_length=200)] | None, _text(200)]
ShortText = Annotated[Annotated[str, Field(max_length=64)] | None, _text(64)]
Platform = Annotated[Annotated[str, Field(max_length=100)] | None, _text(100)]
Place = Annotated[Annotated[str, Field(max_length=500)] | None, _text(500)]
LongText = Annotated[Annotated[str, Field(max_length=4000)] | None, _text(4000)]
