"""Time zones by their IANA names, with the words that people know them by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from service.problems import InvalidRequest

_KNOWN_AS = {
    "America/New_York": "Eastern Time (New York)",
    "America/Chicago": "Central Time (Chicago)",
    "America/Denver": "Mountain Time (Denver)",
    "America/Phoenix": "Arizona, where clocks never change (Phoenix)",
    "America/Los_Angeles": "Pacific Time (Los Angeles)",
    "America/Anchorage": "Alaska Time (Anchorage)",
    "Pacific/Honolulu": "Hawaii Time (Honolulu)",
    "America/Puerto_Rico": "Atlantic Time (Puerto Rico)",
}
"""The zones that invitations of programmes in the United States name, in the words that these use."""

_OLDER_NAMES = {
    "Africa/Asmera": "Africa/Asmara",
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "America/Catamarca": "America/Argentina/Catamarca",
    "America/Coral_Harbour": "America/Atikokan",
    "America/Cordoba": "America/Argentina/Cordoba",
    "America/Godthab": "America/Nuuk",
    "America/Indianapolis": "America/Indiana/Indianapolis",
    "America/Jujuy": "America/Argentina/Jujuy",
    "America/Louisville": "America/Kentucky/Louisville",
    "America/Mendoza": "America/Argentina/Mendoza",
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Atlantic/Faeroe": "Atlantic/Faroe",
    "Europe/Kiev": "Europe/Kyiv",
    "Pacific/Enderbury": "Pacific/Kanton",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
}
"""Zones that were renamed, by the names that browsers still report: those of Unicode's CLDR never change."""

_AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


class UnknownTimeZone(InvalidRequest):
    """There is no time zone of this name."""

    code, title = "unknown_time_zone", "There is no such time zone"


@dataclass(frozen=True)
class ZoneChoice:
    """A time zone on offer.

    Attributes:
        name: IANA name.
        words: the name that people know it by, and its distance from UTC now.
        older_names: other IANA names of the same zone that browsers report.
    """

    name: str
    words: str
    older_names: Sequence[str]


def check_zone(name: str, *, field: str) -> str:
    """The present IANA name of a zone, without white space around it.

    Args:
        name: as it was typed or as a browser reports it.
        field: for the refusal.

    Raises:
        UnknownTimeZone: there is no such zone.
    """
    cleaned = name.strip()
    if cleaned not in _names():
        raise UnknownTimeZone(
            "There is no such time zone. Choose one from the list, such as America/New_York.", field=field
        )
    return _renamed().get(cleaned, cleaned)


def zone_of(name: str, *, field: str) -> ZoneInfo:
    """The zone of a name. Raises as `check_zone` does."""
    return ZoneInfo(check_zone(name, field=field))


def zone_choices(now: datetime) -> Sequence[ZoneChoice]:
    """All zones on offer: first those of the United States as invitations name them, then by name.

    Args:
        now: with a time zone; distances from UTC are those of this moment.
    """
    known = {*_KNOWN_AS, *_renamed()}
    others = sorted(name for name in _names() if name not in known and name.partition("/")[0] in _AREAS)
    return [
        ZoneChoice(name, _choice_words(name, now), _older_names(name))
        for name in (*_KNOWN_AS, *others, "UTC")
    ]


def place_of(name: str) -> str:
    """The place that a zone is named after: `New York`, `Kolkata`, `UTC`."""
    return name.rpartition("/")[2].replace("_", " ")


def zone_words(moment: datetime) -> str:
    """The zone of a moment as it is then: `New York time (EST, UTC−05:00)`.

    Args:
        moment: whose time zone is a `ZoneInfo`.
    """
    zone = moment.tzinfo
    place = place_of(zone.key) if isinstance(zone, ZoneInfo) else "UTC"
    if place == "UTC":
        return "UTC"
    short = moment.tzname() or ""
    # Many zones have no letters, and their short name only repeats the distance.
    named = f"{short}, " if short.isalpha() else ""
    return f"{place} time ({named}{offset_words(moment)})"


def offset_words(moment: datetime) -> str:
    """The distance of a moment's zone from UTC: `UTC−05:00`."""
    offset = moment.utcoffset() or timedelta()
    minutes = round(abs(offset) / timedelta(minutes=1))
    return f"UTC{'−' if offset < timedelta() else '+'}{minutes // 60:02d}:{minutes % 60:02d}"


def _older_names(name: str) -> list[str]:
    return [older for older, present in _renamed().items() if present == name]


def _choice_words(name: str, now: datetime) -> str:
    distance = offset_words(now.astimezone(ZoneInfo(name)))
    if name == "UTC":
        return "UTC"
    known = _KNOWN_AS.get(name) or f"{place_of(name)} ({name.partition('/')[0]})"
    return f"{known}, now {distance}"


@cache
def _renamed() -> dict[str, str]:
    """Zones by their older names. A machine whose list of zones is old knows only those."""
    return {older: present for older, present in _OLDER_NAMES.items() if present in _names()}


@cache
def _names() -> frozenset[str]:
    # A machine's own folder of zones can hold names that only mean something there. And who writes EST means
    # the clock of New York, which changes in summer, while the zone of that name never does.
    return frozenset(available_timezones() - {"localtime", "Factory", "EST", "MST", "HST"})
