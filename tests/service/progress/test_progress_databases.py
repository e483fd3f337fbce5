"""The queries of progress on SQLite and on PostgreSQL."""

from datetime import UTC, datetime

from analysis import serialization
from analysis.feedback.hidden_figures import measures_of
from service.db.models import LOCAL_PERSON
from service.dependencies import Service
from service.progress.demo_data import add_demo_takes, remove_demo_takes
from service.progress.focus import choose_focus, focus_of
from service.progress.history import fill_facts
from service.progress.reanalysis import analyse_again, reanalysis
from service.progress.schemas import NewFocus
from service.progress.takes import read_takes
from service.progress.times import week_of
from tests.analysis.sessions.test_session_report import report_of
from tests.service.made_takes import EARLIER, add_take, facts_of
from tests.service.progress.test_progress_facts import add_report

NOON = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)


def test_takes_are_read_with_their_facts_and_tags(opened: Service) -> None:
    add_take(
        opened, NOON, title="One", tags=("Calm",), session="Mock", maximum=None, question_id="why-medicine"
    )
    without = add_take(opened, NOON, title="Two", with_report=False)
    add_report(opened, without, serialization.to_json(report_of(60.0)))
    add_take(opened, NOON, title="Three", with_report=False)
    assert fill_facts(opened.database, LOCAL_PERSON) == 1
    with opened.database.reading() as session:
        rows = {row.title: row for row in read_takes(session, LOCAL_PERSON)}
    one = rows["One"]
    assert (one.at, one.timed, one.kind, one.session_name) == (NOON, False, "why_medicine", "Mock")
    assert dict(one.tags) == {"calm": "Calm"}
    assert one.facts == facts_of()
    assert rows["Two"].facts is not None
    assert rows["Three"].facts is None


def test_what_an_assignment_hides_is_no_part_of_progress(opened: Service) -> None:
    rules = {"figures": ["length", "pace", "fillers"], "reflect_first": True}
    add_take(
        opened, title="Hidden", columns={"assignment_rules": rules, "reflection": {"length": "too_long"}}
    )
    add_take(opened, title="First say how it went", columns={"assignment_rules": rules})
    with opened.database.reading() as session:
        rows = {row.title: row.facts for row in read_takes(session, LOCAL_PERSON)}
    assert rows["First say how it went"] is None
    known, complete = rows["Hidden"], facts_of()
    assert known is not None
    pauses = measures_of(["pauses"])
    assert complete.values["long_pause_rate"] is not None and known.values["long_pause_rate"] is None
    assert known.values == {
        name: None if name in pauses else value for name, value in complete.values.items()
    }
    assert complete.figures.keys() - known.figures.keys() == complete.figures.keys() & pauses


def test_outdated_answers_are_queued_for_reanalysis(opened: Service) -> None:
    add_take(opened, facts=facts_of(build=EARLIER))
    add_take(opened, columns={"facts": None})
    add_take(opened)
    analyse_again(opened.database, LOCAL_PERSON)
    with opened.database.reading() as session:
        assert reanalysis(session, LOCAL_PERSON).model_dump() == {"outdated": 0, "waiting": 2}


def test_a_focus_is_stored_by_week(opened: Service) -> None:
    week = week_of("2026-W53")
    with opened.database.writing() as session:
        choose_focus(session, LOCAL_PERSON, week, NewFocus(measure="long_pause_rate", plan="Breathe"))
    with opened.database.reading() as session:
        chosen = focus_of(session, LOCAL_PERSON, week, [], verdicts=True).chosen
    assert chosen is not None
    assert (chosen.measure, chosen.plan) == ("long_pause_rate", "Breathe")


def test_demo_takes_are_added_and_removed(opened: Service) -> None:
    add_demo_takes(opened.database, LOCAL_PERSON, takes=3, seed=1, until=NOON.date())
    with opened.database.reading() as session:
        assert len(read_takes(session, LOCAL_PERSON)) == 3
    assert remove_demo_takes(opened.database, LOCAL_PERSON) == 3
