"""Time zones for a calendar file (RFC 5545, 3.6.5).

Each change of the clocks is a part of its own, with its beginning in the local time before the change, as the
standard asks. So no calendar has to know the zone, or agree with its rules.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from service.prepare.times import offset_changes

_MARGIN = timedelta(days=370)
"""Before the first and after the last event, so that both changes of a year are there."""


def calendar_zone(name: str, first: datetime, last: datetime) -> Timezone:
    """The VTIMEZONE of a zone for events between two moments.

    Args:
        name: IANA name.
        first, last: with time zones.
    """
    zone = Timezone()
    zone.add("tzid", name)
    begins = (first - _MARGIN).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    local = begins.astimezone(ZoneInfo(name))
    at_first = local.utcoffset() or timedelta()
    zone.add_component(_observance(name, begins, at_first, at_first))
    for change in offset_changes(name, begins, last + _MARGIN):
        zone.add_component(_observance(name, change.at, change.before, change.after))
    return zone


def _observance(
    name: str, at: datetime, before: timedelta, after: timedelta
) -> TimezoneDaylight | TimezoneStandard:
    local = at.astimezone(ZoneInfo(name))
    observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
    observance.add("dtstart", (at + before).replace(tzinfo=None))
    observance.add("tzoffsetfrom", before)
    observance.add("tzoffsetto", after)
    observance.add("tzname", local.tzname() or name)
    return observance
