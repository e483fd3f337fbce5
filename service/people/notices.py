"""Notices about an account, for the person's next visit: what was done may not have been their doing."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from service.db.account_models import Account

_MOST = 20
"""Notices that are kept. Nobody reads more, and a script could make thousands."""


class NoticeKind(StrEnum):
    """What happened."""

    RESET_STARTED = "reset_started"
    PASSWORD_RESET = "password_reset"
    PASSWORD_CHANGED = "password_changed"
    SECOND_FACTOR_ON = "second_factor_on"
    SECOND_FACTOR_OFF = "second_factor_off"
    SECOND_FACTOR_REMOVED = "second_factor_removed"


_WORDS = {
    NoticeKind.RESET_STARTED: "Your office made a link to set a new password",
    NoticeKind.PASSWORD_RESET: "A new password was set with a link from your office",
    NoticeKind.PASSWORD_CHANGED: "Your password was changed",
    NoticeKind.SECOND_FACTOR_ON: "A second step was turned on for signing in",
    NoticeKind.SECOND_FACTOR_OFF: "The second step for signing in was turned off",
    NoticeKind.SECOND_FACTOR_REMOVED: "Those who run Greenroom here removed your second step for signing in",
}


def add_notice(account: Account, kind: NoticeKind, at: datetime) -> None:
    """Has the person told of something at their next visit."""
    account.notices = [*account.notices, {"kind": kind.value, "at": at.isoformat()}][-_MOST:]


def notices_of(account: Account) -> list[str]:
    """The notices in words, the newest first, in the person's own time."""
    zone = ZoneInfo(account.time_zone or "UTC")
    return [_in_words(notice, zone) for notice in reversed(account.notices)]


def _in_words(notice: dict[str, str], zone: ZoneInfo) -> str:
    at = datetime.fromisoformat(notice["at"]).astimezone(zone)
    return f"{_WORDS[NoticeKind(notice['kind'])]} on {at:%B} {at.day}, {at.year}, at {at:%H:%M} ({zone.key})."
