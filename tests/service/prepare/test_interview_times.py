"""Times of interviews on two clocks: zones, both changes of daylight saving, odd local times, late slots."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from service.prepare.late_slots import late_slot
from service.prepare.time_zones import offset_words, zone_choices
from service.prepare.times import Times, clock_changes, clock_words, times_of
from tests.service.prepare.invitations import NOW

NEW_YORK, KOLKATA, SYDNEY = "America/New_York", "Asia/Kolkata", "Australia/Sydney"
PHOENIX, LAGOS, LONDON = "America/Phoenix", "Africa/Lagos", "Europe/London"


def times_at(there: str, zone: str, own_zone: str, now: datetime = NOW) -> Times:
    typed = datetime.fromisoformat(there)
    return times_of(typed.date(), typed.time(), zone, own_zone, now)


@pytest.mark.parametrize(
    ("there", "zone", "own_zone", "utc", "own"),
    [
        # The same hour in New York before and after each change of its clocks.
        ("2026-10-31 09:00", NEW_YORK, KOLKATA, "2026-10-31 13:00", "Saturday, 31 October 2026, 6:30 PM"),
        ("2026-11-02 09:00", NEW_YORK, KOLKATA, "2026-11-02 14:00", "Monday, 2 November 2026, 7:30 PM"),
        ("2027-03-12 09:00", NEW_YORK, LAGOS, "2027-03-12 14:00", "Friday, 12 March 2027, 3:00 PM"),
        ("2027-03-15 09:00", NEW_YORK, LAGOS, "2027-03-15 13:00", "Monday, 15 March 2027, 2:00 PM"),
        # South of the equator clocks go back in April and forward in October.
        ("2027-04-03 09:00", SYDNEY, LONDON, "2027-04-02 22:00", "Friday, 2 April 2027, 11:00 PM"),
        ("2027-04-05 09:00", SYDNEY, LONDON, "2027-04-04 23:00", "Monday, 5 April 2027, 12:00 AM (midnight)"),
        ("2027-10-02 09:00", SYDNEY, PHOENIX, "2027-10-01 23:00", "Friday, 1 October 2027, 4:00 PM"),
        ("2027-10-04 09:00", SYDNEY, PHOENIX, "2027-10-03 22:00", "Sunday, 3 October 2027, 3:00 PM"),
        # In these weeks London has changed already and New York has not.
        ("2026-10-27 12:00", NEW_YORK, LONDON, "2026-10-27 16:00", "Tuesday, 27 October 2026, 4:00 PM"),
        # Arizona never changes, so it is Denver's time in winter and that of Los Angeles in summer.
        ("2026-12-01 08:00", PHOENIX, KOLKATA, "2026-12-01 15:00", "Tuesday, 1 December 2026, 8:30 PM"),
        ("2027-06-01 08:00", PHOENIX, KOLKATA, "2027-06-01 15:00", "Tuesday, 1 June 2027, 8:30 PM"),
    ],
)  # fmt: skip
def test_both_clocks_are_right_for_the_day(there: str, zone: str, own_zone: str, utc: str, own: str) -> None:
    times = times_at(there, zone, own_zone)
    assert times.starts_at is not None
    assert f"{times.starts_at:%Y-%m-%d %H:%M}" == utc
    assert times.own.words == own
    assert not times.same_zone


def test_a_zone_is_named_as_it_is_on_that_day() -> None:
    winter = times_at("2026-12-01 14:30", NEW_YORK, SYDNEY)
    assert winter.programme.zone_words == "New York time (EST, UTC−05:00)"
    assert winter.own.zone_words == "Sydney time (AEDT, UTC+11:00)"
    summer = times_at("2027-07-01 14:30", NEW_YORK, "America/Sao_Paulo")
    assert summer.programme.zone_words == "New York time (EDT, UTC−04:00)"
    # A zone without letters of its own.
    assert summer.own.zone_words == "Sao Paulo time (UTC−03:00)"


def test_log_in_is_ten_to_fifteen_minutes_early_on_both_clocks() -> None:
    log_in = times_at("2026-12-01 00:05", NEW_YORK, KOLKATA).log_in
    assert log_in is not None
    assert log_in.programme == "Monday, 30 November 2026, 11:50 PM to 11:55 PM"
    assert log_in.own == "Tuesday, 1 December 2026, 10:20 AM to 10:25 AM"
    # 1:05 AM is five minutes after a change here, and a quarter of an hour earlier still 15 real minutes.
    london = times_at("2027-03-28 02:05", LONDON, LONDON).log_in
    assert london is not None
    assert london.own == "Sunday, 28 March 2027, 12:50 AM to 12:55 AM"


def test_a_time_that_clocks_skip_is_noticed() -> None:
    times = times_at("2027-03-14 02:30", NEW_YORK, PHOENIX)
    assert times.notes[0] == "Clocks in New York go forward then, so 2:30 AM does not exist on that day."
    assert "shown as 3:30 AM" in times.notes[1]
    assert times.programme.words.endswith("3:30 AM")
    assert times.own.words == "Sunday, 14 March 2027, 12:30 AM"
    sydney = times_at("2027-10-03 02:00", SYDNEY, SYDNEY)
    assert "does not exist" in sydney.notes[0]
    assert not any("exist" in note for note in times_at("2027-10-03 03:00", SYDNEY, SYDNEY).notes)


def test_a_time_that_comes_twice_is_noticed_on_either_clock() -> None:
    there = times_at("2026-11-01 01:30", NEW_YORK, LAGOS)
    assert there.notes[0] == "Clocks in New York go back then, so 1:30 AM comes twice on that day."
    assert "(EDT)" in there.notes[1]
    first = times_at("2027-04-03 15:30", "UTC", SYDNEY)
    second = times_at("2027-04-03 16:30", "UTC", SYDNEY)
    assert first.own.words == second.own.words == "Sunday, 4 April 2027, 2:30 AM"
    assert "at the first one" in first.notes[1]
    assert "at the second one" in second.notes[1]


def test_a_change_of_clocks_on_the_way_is_noticed() -> None:
    notes = times_at("2026-12-01 14:30", NEW_YORK, KOLKATA).notes
    assert notes == [
        "Clocks in New York go back 1 hour on Sunday, 1 November 2026.",
        "The times here already count this in.",
    ]
    assert times_at("2026-12-01 09:00", PHOENIX, LAGOS).notes == []
    assert times_at("2026-10-01 09:00", NEW_YORK, LONDON).notes == []
    both = times_at("2027-04-10 09:00", NEW_YORK, SYDNEY).notes
    assert "go back 1 hour on Sunday, 1 November 2026 and go forward 1 hour on Sunday, 14 March" in both[0]
    assert both[1] == "Clocks in Sydney go back 1 hour on Sunday, 4 April 2027."
    far = times_at("2031-01-10 09:00", NEW_YORK, KOLKATA).notes
    assert far[-1].startswith("This is far ahead")


def test_changes_of_half_an_hour_are_found() -> None:
    year = datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    assert list(clock_changes("Australia/Lord_Howe", *year)) == [
        (date(2027, 4, 4), -30),
        (date(2027, 10, 3), 30),
    ]
    assert list(clock_changes(LAGOS, *year)) == list(clock_changes(KOLKATA, *year)) == []
    notes = times_at("2027-04-20 09:00", "Australia/Lord_Howe", LAGOS, year[0]).notes
    assert notes[0] == "Clocks in Lord Howe go back 30 minutes on Sunday, 4 April 2027."


def test_a_day_without_a_time_has_no_moment() -> None:
    times = times_of(date(2026, 12, 1), None, NEW_YORK, KOLKATA, NOW)
    assert times.starts_at is None
    assert times.log_in is None
    assert times.programme.words == times.own.words == "Tuesday, 1 December 2026"
    assert times.notes[0] == "Without a time, the day on your own clock is not sure. Add the time."
    assert times_of(date(2026, 12, 1), None, KOLKATA, KOLKATA, NOW).notes == []


def test_noon_and_midnight_say_so() -> None:
    assert clock_words(time(0, 0)) == "12:00 AM (midnight)"
    assert clock_words(time(12, 0)) == "12:00 PM (noon)"
    assert [clock_words(time(hour, 5)) for hour in (0, 1, 12, 13, 23)] == [
        "12:05 AM",
        "1:05 AM",
        "12:05 PM",
        "1:05 PM",
        "11:05 PM",
    ]


def test_zones_on_offer_begin_with_those_of_invitations() -> None:
    choices = zone_choices(datetime(2026, 12, 1, tzinfo=UTC))
    assert choices[0].words == "Eastern Time (New York), now UTC−05:00"
    named = {choice.name: choice.words for choice in choices}
    assert len(named) == len(choices) > 300
    assert named[KOLKATA] == "Kolkata (Asia), now UTC+05:30"
    # Chromium reports this older name of the same zone.
    assert "Asia/Calcutta" not in named
    assert offset_words(datetime(2026, 7, 1, tzinfo=ZoneInfo(NEW_YORK))) == "UTC−04:00"


def slot(hour: int, minute: int = 0, minutes: int | None = 60, days: int = 10) -> list[str]:
    start = datetime(2026, 12, 10, hour, minute, tzinfo=ZoneInfo(KOLKATA))
    found = late_slot(start, minutes, start - timedelta(days=days))
    return [] if found is None else [found.words, *found.advice]


def test_slots_within_the_day_need_nothing() -> None:
    assert slot(8) == slot(19) == slot(19, 59, None) == []
    assert slot(7, 59) != []
    assert slot(19, 1) != []
    assert slot(20, 0, None) != []


def test_sleep_moves_later_for_an_evening_and_a_night() -> None:
    evening = slot(21)
    assert evening[0] == "On your own clock this begins at 9:00 PM, outside 8 AM to 8 PM."
    assert evening[3:5] == [
        "Night of Tuesday to Wednesday, 9 December 2026: sleep from 12:00 AM (midnight) to 8:00 AM.",
        "Night of Wednesday to Thursday, 10 December 2026: sleep from 1:00 AM to 9:00 AM.",
    ]
    night = [line for line in slot(2) if line.startswith("Night of")]
    assert len(night) == 3
    # The night of the interview is the one from Wednesday to Thursday; sleep comes after it.
    assert night[-1] == "Night of Tuesday to Wednesday, 9 December 2026: sleep from 5:00 AM to 1:00 PM."


def test_sleep_moves_earlier_for_a_morning_and_ends_before_it() -> None:
    lines = [line for line in slot(4) if line.startswith("Night of")]
    assert lines[0] == "Night of Monday to Tuesday, 8 December 2026: sleep from 10:00 PM to 6:00 AM."
    assert lines[-1] == "Night of Wednesday to Thursday, 10 December 2026: sleep from 8:00 PM to 3:00 AM."


def test_sleep_moves_only_in_nights_that_are_left() -> None:
    assert len([line for line in slot(4, days=1) if line.startswith("Night of")]) == 1
    assert any("no night left" in line for line in slot(21, days=0))
    assert any("nap" in line for line in slot(21, days=0))


def test_a_sleep_shift_stays_as_it_was_while_its_nights_pass() -> None:
    start = datetime(2026, 12, 10, 2, tzinfo=ZoneInfo(KOLKATA))
    since = date(2026, 12, 1)

    def nights(days: int) -> list[str]:
        found = late_slot(start, 60, start - timedelta(days=days), known_since=since)
        return [] if found is None else [line for line in found.advice if line.startswith("Night of")]

    whole = nights(9)
    assert len(whole) == 3
    assert nights(3) == whole[1:] and nights(2) == whole[2:] and nights(1) == []
    # Learned of later, the shift begins later and goes less far.
    late = late_slot(start, 60, start - timedelta(days=2), known_since=date(2026, 12, 8))
    assert late is not None
    assert [night.bed.hour for night in late.nights] == [1]


def test_every_late_slot_has_the_four_other_pieces_of_advice() -> None:
    for hour in (0, 3, 6, 20, 23):
        advice = " ".join(slot(hour))
        for word in ("nap", "heavy meal", "coffee", "15 to 20 minutes before"):
            assert word in advice
