"""The plan for an interview: phases by date, short notice, and the steps that Greenroom sees."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from analysis.serialization import to_plain
from service.db.models import LOCAL_PERSON, Base, Interview, OwnQuestion, QuestionNotes
from service.db.preparation_models import Impression, Message, ScheduledInterview, SetupCheck, SetupStill
from service.dependencies import Service
from service.interviews.reports import FULL_INTERVIEW
from service.practice.checked_file import DataError
from service.prepare.plan_steps import FILE, plan_steps, read_plan_steps
from tests.service.made_takes import add_take
from tests.service.prepare.invitations import NOW, at_moment, invited
from tests.service.progress.test_progress_readiness import good_facts

ADDRESS = "/api/scheduled-interviews"


def planned(client: TestClient, service: Service, *, days: int, now: datetime = NOW, **fields: object) -> str:
    """Adds an interview at 2:30 PM of the own clock this many days ahead, as if invited now; its id."""
    day = (now + timedelta(days=days)).date()
    zone = {"time_zone": "Europe/London", "own_time_zone": "Europe/London"}
    identifier = str(invited(client, **{"date": day.isoformat(), **zone, **fields})["id"])
    add_rows(service, identifier, created_at=now)
    return identifier


def add_rows(service: Service, interview: str, *rows: Base, **columns: object) -> None:
    with service.database.writing() as session:
        row = session.get_one(ScheduledInterview, interview)
        for name, value in columns.items():
            setattr(row, name, value)
        session.add_all(rows)


def plan(client: TestClient, interview: str, now: datetime = NOW) -> dict[str, Any]:
    with at_moment(now):
        found: dict[str, Any] = client.get(f"{ADDRESS}/{interview}/plan").raise_for_status().json()
    return found


def steps(found: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {step["id"]: step for phase in found["phases"] for step in phase["steps"]}


def step(client: TestClient, interview: str, name: str, now: datetime = NOW) -> dict[str, Any]:
    return steps(plan(client, interview, now))[name]


def take(service: Service, question: str, days_ago: float = 0.5, fillers: float = 2.0, **columns: Any) -> str:
    facts = good_facts(fillers)
    about = {"question_id": question, "question": question, "facts": to_plain(facts), **columns}
    return add_take(service, NOW - timedelta(days=days_ago), facts=facts, columns=about)


def test_phases_are_counted_back_from_the_own_day(client: TestClient, service: Service) -> None:
    # The evening in New York is the next day in Sydney, where the person is.
    interview = planned(
        client,
        service,
        days=60,
        date="2026-12-10",
        time="18:00",
        time_zone="America/New_York",
        own_time_zone="Australia/Sydney",
    )
    found = plan(client, interview)
    assert (found["compressed"], found["compressed_words"], found["left_out"]) == (False, None, [])
    dates = {phase["id"]: (phase["from"], phase["to"]) for phase in found["phases"]}
    assert dates == {
        "weeks_4_6": ("2026-10-30", "2026-11-19"),
        "weeks_2_3": ("2026-11-20", "2026-12-03"),
        "week_1": ("2026-12-04", "2026-12-09"),
        "day_before": ("2026-12-10", "2026-12-10"),
        "the_day": ("2026-12-11", "2026-12-11"),
        "after": ("2026-12-12", "2026-12-25"),
    }
    words = {phase["id"]: phase["dates_words"] for phase in found["phases"]}
    assert words["weeks_2_3"] == "20 November to 3 December 2026"
    assert words["after"] == "12 to 25 December 2026"
    assert words["the_day"] == "Friday, 11 December 2026"
    assert not any(phase["present"] for phase in found["phases"])
    for phase in found["phases"]:
        assert all(phase["from"] <= each["day"] <= phase["to"] for each in phase["steps"])


def test_the_present_phase_is_marked(client: TestClient, service: Service) -> None:
    interview = planned(client, service, days=50)
    last_days = {"weeks_4_6": (42, 22), "weeks_2_3": (21, 8), "week_1": (7, 2), "day_before": (1, 1)}
    last_days |= {"the_day": (0, 0), "after": (-1, -14)}
    expected = [(days, phase) for phase, ends in last_days.items() for days in ends]
    for days_before, phase in [(43, None), *expected, (-15, None)]:
        now = NOW + timedelta(days=50 - days_before)
        present = [each["id"] for each in plan(client, interview, now)["phases"] if each["present"]]
        assert present == ([] if phase is None else [phase]), days_before


def test_the_evening_of_the_day_is_after(client: TestClient, service: Service) -> None:
    interview = planned(client, service, days=50)
    now = NOW + timedelta(days=50, hours=8)
    assert [each["id"] for each in plan(client, interview, now)["phases"] if each["present"]] == ["after"]


@pytest.mark.parametrize(
    ("days", "first_phase", "left_out"),
    [
        (30, "weeks_4_6", []),
        (15, "weeks_2_3", []),
        (5, "week_1", []),
        (4, "week_1", ["home_system"]),
        (2, "week_1", ["application_lines", "home_system", "mock_interviews"]),
        (
            0,
            "the_day",
            [
                "application_lines",
                "difficult_questions",
                "home_system",
                "mock_interviews",
                "questions_to_ask",
                "repeat_drill",
                "connection_drill",
                "outfit",
            ],
        ),
    ],
)
def test_short_notice_moves_steps_and_says_what_is_left_out(
    client: TestClient, service: Service, days: int, first_phase: str, left_out: list[str]
) -> None:
    interview = planned(client, service, days=days)
    found = plan(client, interview)
    assert found["phases"][0]["id"] == first_phase
    assert [each["id"] for each in found["left_out"]] == left_out
    assert found["compressed"] is (days < 22)
    names = steps(found).keys()
    assert not names & set(left_out)
    whole = steps(plan(client, planned(client, service, days=60))).keys()
    assert names | set(left_out) == whole
    assert "about_yourself" in names and "log_in" in names
    if days < 22:
        said = "on the day itself" if days == 0 else f"{days} days before"
        assert said in found["compressed_words"]
        assert (f"{len(left_out)} step" in found["compressed_words"]) is bool(left_out)
    # No day of the plan lies before the invitation.
    assert all(phase["from"] >= NOW.date().isoformat() for phase in found["phases"])
    # A plan stays as it was made: days that pass leave nothing more out.
    assert plan(client, interview, NOW + timedelta(days=days))["left_out"] == found["left_out"]


def test_an_interview_added_afterwards_has_what_comes_after(client: TestClient, service: Service) -> None:
    interview = planned(client, service, days=-3)
    found = plan(client, interview)
    assert [phase["id"] for phase in found["phases"]] == ["after"]
    assert found["phases"][0]["present"]
    assert found["compressed_words"].startswith("You added this interview after its day")


def test_steps_fit_the_kind_of_interview(client: TestClient, service: Service) -> None:
    residency = steps(plan(client, planned(client, service, days=60)))
    school = steps(plan(client, planned(client, service, days=60, applying_to="medical_school")))
    assert residency.keys() - school.keys() == {"why_programme", "home_system", "rank_list"}
    assert school.keys() - residency.keys() == {"why_school"}
    there = steps(plan(client, planned(client, service, days=60, format="in_person")))
    assert "travel" in there and not there.keys() & {"set_up", "microphone", "connection_drill"}
    alone = steps(plan(client, planned(client, service, days=60, format="asynchronous")))
    assert not alone.keys() & {"log_in", "thank_yous", "repeat_drill"}
    assert not residency.keys() & {"sleep_shift", "stretch", "second_look"}
    night = steps(plan(client, planned(client, service, days=60, time="22:00")))
    assert {"sleep_shift", "stretch"} <= night.keys()
    invited_again = planned(client, service, days=60, second_look_invited=True, no_thanks_wanted=True)
    second = steps(plan(client, invited_again))
    assert "second_look" in second and "thank_yous" not in second


def test_thanks_are_for_the_first_day_and_sleep_begins_with_its_first_night(
    client: TestClient, service: Service
) -> None:
    interview = planned(client, service, days=60, date="2026-12-18", time="05:00")
    found = plan(client, interview)
    days = {name: each["day"] for name, each in steps(found).items()}
    assert days["impressions"] == days["thank_yous"] == "2026-12-19" < days["rank_list"]
    assert days["sleep_shift"] == "2026-12-15"
    assert "Night of Tuesday to Wednesday, 16 December" in " ".join(found["interview"]["late_slot"]["advice"])


def test_every_step_says_why_and_on_whose_word(client: TestClient, service: Service) -> None:
    for each in steps(plan(client, planned(client, service, days=60))).values():
        assert each["why"] and each["source"]["name"] and each["source"]["address"].startswith("http")
        assert each["by_hand"] or plan_step(each["id"]).seen is not None
        assert each["place"] is None or "{" not in each["place"]["href"]


def plan_step(name: str) -> Any:
    return next(each for each in plan_steps().steps if each.id == name)


def test_a_step_is_marked_by_hand_and_unmarked(client: TestClient, service: Service) -> None:
    first, second = (planned(client, service, days=days) for days in (30, 40))
    address = f"{ADDRESS}/{first}/plan"
    with at_moment(NOW):
        marked = steps(client.put(f"{address}/mock_interviews").raise_for_status().json())
        client.put(f"{address}/print_sheet").raise_for_status()
    assert (marked["mock_interviews"]["state"], marked["mock_interviews"]["by_hand"]) == ("done", True)
    assert marked["mock_interviews"]["completed_at"] is not None
    # What is done for a season is done for every interview, and what is for one is not.
    assert step(client, second, "mock_interviews")["state"] == "done"
    assert step(client, second, "print_sheet")["state"] == "open"
    client.delete(f"{ADDRESS}/{second}/plan/mock_interviews").raise_for_status()
    assert step(client, first, "mock_interviews")["state"] == "open"
    assert client.put(f"{address}/programme_sheet").json()["code"] == "wrong_state"
    assert client.put(f"{address}/nothing").status_code == 404
    assert client.delete(f"{address}/nothing").status_code == 404
    assert client.get(f"{ADDRESS}/nothing/plan").status_code == 404


def test_takes_are_seen_with_where_the_last_one_stands(client: TestClient, service: Service) -> None:
    interview = planned(client, service, days=30)
    name = "about_yourself"
    assert step(client, interview, name)["state"] == "open"
    take(service, "tell-me-about-yourself", 3, fillers=30.0)
    outside = step(client, interview, name)
    assert (outside["state"], outside["progress_words"]) == (
        "partly",
        "1 take, the last one outside the guides",
    )
    take(service, "tell-me-about-yourself", 2)
    found = step(client, interview, name)
    assert found["state"] == "done" and not found["by_hand"]
    assert found["seen_words"] == "Seen by Greenroom: 2 takes, the last one inside."
    take(service, "tell-me-about-yourself", 1, fillers=30.0)
    assert step(client, interview, name)["state"] == "partly"
    # Without verdicts on fluency only the length counts.
    client.patch("/api/preferences", json={"speaks_differently": True}).raise_for_status()
    assert step(client, interview, name)["state"] == "done"
    take(service, "tell-me-about-yourself", 0.1, facts=None)
    assert step(client, interview, name)["progress_words"] == "4 takes, the last one not measured yet"


def test_samples_and_other_questions_are_not_counted(client: TestClient, service: Service) -> None:
    interview = planned(client, service, days=30)
    take(service, "tell-me-about-yourself", source="sample")
    take(service, "proud-of-most")
    take(service, "tell-me-about-yourself", part="follow_up")
    assert step(client, interview, "about_yourself")["state"] == "open"


def test_why_here_counts_takes_for_this_interview(client: TestClient, service: Service) -> None:
    interview, other = (planned(client, service, days=days) for days in (30, 40))
    take(service, "three-years-here", 2, scheduled_interview_id=interview)
    take(service, "home-grades", 1, scheduled_interview_id=interview)
    assert step(client, interview, "why_programme")["progress_words"] == "1 take, the last one inside"
    assert step(client, other, "why_programme")["state"] == "open"
    take(service, "why-this-programme")
    assert step(client, interview, "why_programme")["state"] == "done"
    assert step(client, other, "why_programme")["state"] == "partly"
    take(service, "why-this-programme", 0.2, scheduled_interview_id=interview)
    assert step(client, interview, "why_programme")["progress_words"] == "3 takes, the last one inside"
    assert step(client, other, "why_programme")["progress_words"] == "1 take, the last one inside"
    assert step(client, other, "home_system")["progress_words"] == "1 take, the last one inside"


def mock_interview(service: Service, number: int, answers: int, *, ended: bool = True) -> None:
    identifier = f"{number:024x}"
    at = NOW - timedelta(days=number)
    with service.database.writing() as session:
        session.add(
            Interview(
                id=identifier,
                person_id=LOCAL_PERSON,
                name=f"Mock {number}",
                format_id="residency",
                format_name="Residency interview",
                created_at=at,
                ended_at=at if ended else None,
                choices={},
                steps=[],
            )
        )
    for _ in range(answers):
        add_take(service, at, columns={"interview_id": identifier, "part": "question"})


def test_full_mock_interviews_are_those_that_progress_counts(client: TestClient, service: Service) -> None:
    interview = planned(client, service, days=30)
    assert step(client, interview, "mock_interviews")["progress_words"] == "0 of 2 full mock interviews"
    mock_interview(service, 1, FULL_INTERVIEW)
    mock_interview(service, 2, FULL_INTERVIEW - 1)
    mock_interview(service, 3, FULL_INTERVIEW, ended=False)
    found = step(client, interview, "mock_interviews")
    assert (found["state"], found["progress_words"]) == ("partly", "1 of 2 full mock interviews")
    assert client.get("/api/readiness").json()["interviews"]["text"] == found["progress_words"]
    mock_interview(service, 4, FULL_INTERVIEW)
    found = step(client, interview, "mock_interviews")
    assert (found["state"], found["by_hand"]) == ("done", False)


def test_lines_of_the_application_are_seen(client: TestClient, service: Service) -> None:
    interview = planned(client, service, days=30)
    assert step(client, interview, "application_lines")["progress_words"] is None
    lines = [
        OwnQuestion(id=f"{number:024x}", person_id=LOCAL_PERSON, text="Tell me", application_line="A line")
        for number in (1, 2)
    ]
    own = OwnQuestion(id=f"{3:024x}", person_id=LOCAL_PERSON, text="Why?")
    add_rows(service, interview, *lines, own)
    take(service, f"{1:024x}")
    take(service, f"{3:024x}")
    found = step(client, interview, "application_lines")
    assert (found["state"], found["progress_words"]) == ("partly", "1 of 2 lines practised")
    take(service, f"{2:024x}")
    assert step(client, interview, "application_lines")["state"] == "done"


def test_planned_difficult_questions_are_seen(client: TestClient, service: Service) -> None:
    interview = planned(client, service, days=30)
    other = QuestionNotes(
        person_id=LOCAL_PERSON, question_id="why-this-programme", acknowledge="a", context="b", learned="c"
    )
    add_rows(service, interview, other)
    assert step(client, interview, "difficult_questions")["state"] == "open"
    note = QuestionNotes(person_id=LOCAL_PERSON, question_id="gap-in-your-cv", acknowledge="A year at home")
    add_rows(service, interview, note)
    assert step(client, interview, "difficult_questions")["state"] == "partly"
    with service.database.writing() as session:
        row = session.get_one(QuestionNotes, (LOCAL_PERSON, "gap-in-your-cv"))
        row.context, row.learned = "My mother was ill", "To ask for help"
    found = step(client, interview, "difficult_questions")
    assert (found["state"], found["progress_words"]) == ("done", "1 difficult question planned")


@pytest.mark.parametrize(("name", "part"), [("repeat_drill", "repeat"), ("connection_drill", "apology")])
def test_drills_are_seen(client: TestClient, service: Service, name: str, part: str) -> None:
    interview = planned(client, service, days=30)
    add_take(service, NOW - timedelta(days=1), columns={"part": "question"})
    assert step(client, interview, name)["state"] == "open"
    add_take(service, NOW - timedelta(days=1), columns={"part": part})
    found = step(client, interview, name)
    assert found["state"] == "done"
    assert "yesterday" in found["seen_words"]


def test_confirmations_are_seen(client: TestClient, service: Service) -> None:
    interview = planned(client, service, days=30)
    address = f"{ADDRESS}/{interview}/confirmations"
    with at_moment(NOW):
        client.post(address, json={"way": "own_check"}).raise_for_status()
    assert step(client, interview, "confirm_first")["state"] == "done"
    assert step(client, interview, "confirm_second")["state"] == "partly"
    with at_moment(NOW):
        client.post(address, json={"way": "portal"}).raise_for_status()
    found = step(client, interview, "confirm_second")
    assert (found["state"], found["by_hand"]) == ("done", False)
    assert "own page" in found["seen_words"]
    client.patch(f"{ADDRESS}/{interview}", json={"time": "09:00"}).raise_for_status()
    assert step(client, interview, "confirm_first")["state"] == "open"


def test_the_sheet_and_questions_to_ask_are_seen(client: TestClient, service: Service) -> None:
    interview = planned(client, service, days=30)
    add_rows(
        service,
        interview,
        specifics=[{"id": str(number), "kind": "place", "text": "x"} for number in range(2)],
        questions_to_ask=[f"q{number}" for number in range(9)],
    )
    found = steps(plan(client, interview))
    sheet, ask = found["programme_sheet"], found["questions_to_ask"]
    assert (sheet["state"], sheet["progress_words"]) == ("partly", "2 of 3–4 reasons")
    assert (ask["state"], ask["progress_words"]) == ("partly", "9 of 10–15 questions to ask")
    add_rows(
        service,
        interview,
        specifics=[{"id": str(number), "kind": "place", "text": "x"} for number in range(3)],
        questions_to_ask=[f"q{number}" for number in range(10)],
    )
    found = steps(plan(client, interview))
    assert found["programme_sheet"]["state"] == found["questions_to_ask"]["state"] == "done"


def checked(item: str, answer: str, at: datetime) -> SetupCheck:
    return SetupCheck(person_id=LOCAL_PERSON, item=item, state="ok", value={"answer": answer}, checked_at=at)


def test_the_set_up_check_is_seen(client: TestClient, service: Service) -> None:
    interview = planned(client, service, days=5)
    assert step(client, interview, "set_up")["progress_words"] is None
    add_rows(service, interview, checked("notifications", "done", NOW), checked("updates", "not_yet", NOW))
    found = step(client, interview, "set_up")
    assert found["state"] == "partly"
    assert found["progress_words"].startswith("1 of ")
    assert found["progress_words"].endswith(" items are fine and 1 item to look at again")
    still = SetupStill(person_id=LOCAL_PERSON, media_type="image/png", content=b"x", taken_at=NOW)
    add_rows(service, interview, still)
    assert step(client, interview, "outfit")["seen_words"].startswith("You took a still today")


def test_the_microphone_counts_when_it_was_checked_near_the_day(client: TestClient, service: Service) -> None:
    interview = planned(client, service, days=5)
    sound = {"speech": -20.0, "noise": -50.0, "peak": -6.0, "clipped": 0.0}
    client.put("/api/set-up-check/microphone", json={"value": sound}).raise_for_status()
    with service.database.writing() as session:
        row = session.get_one(SetupCheck, (LOCAL_PERSON, "microphone"))
        row.checked_at = NOW - timedelta(days=2)
    early = step(client, interview, "microphone")
    assert (early["state"], early["seen_words"]) == ("partly", "Microphone checked on Sunday, 2 days ago.")
    with service.database.writing() as session:
        row = session.get_one(SetupCheck, (LOCAL_PERSON, "microphone"))
        row.checked_at = NOW + timedelta(days=4)
    assert step(client, interview, "microphone", NOW + timedelta(days=5))["state"] == "done"


def test_contacts_are_seen(client: TestClient, service: Service) -> None:
    interview = planned(client, service, days=5, coordinator={"name": "Ms Reyes", "phone": "555"})
    found = step(client, interview, "contacts")
    assert (found["state"], found["progress_words"]) == ("partly", "Only an e-mail address is missing")
    contact = {"name": "Ms Reyes", "phone": "555", "email": "reyes@lakeside.example"}
    client.patch(f"{ADDRESS}/{interview}", json={"coordinator": contact}).raise_for_status()
    assert step(client, interview, "contacts")["state"] == "done"


def test_what_comes_after_is_seen(client: TestClient, service: Service) -> None:
    people = [{"name": "Dr Osei"}, {"name": "Dr Lind"}]
    interview = planned(client, service, days=5, interviewers=people)
    ids = [each["id"] for each in plan(client, interview)["interview"]["interviewers"]]

    def thanks(recipient: str, sent: bool, kind: str = "thank_you") -> Message:
        return Message(
            scheduled_interview_id=interview,
            kind=kind,
            recipient=recipient,
            text="Thank you",
            sent_at=NOW if sent else None,
        )

    rows = (
        thanks(ids[0], True),
        thanks(ids[0], True),
        thanks(ids[1], False),
        thanks(ids[1], True, "question"),
    )
    impression = Impression(scheduled_interview_id=interview, text=None, scales={"Place": 4})
    add_rows(service, interview, *rows, impression)
    found = steps(plan(client, interview))
    assert found["thank_yous"]["progress_words"] == "1 of 2 thank-yous sent"
    assert found["impressions"]["state"] == "partly"
    assert found["rank_list"]["state"] == "open"
    add_rows(service, interview, thanks(ids[1], True), rank=2)
    with service.database.writing() as session:
        session.get_one(Impression, interview).text = "Kind people"
    found = steps(plan(client, interview))
    assert [found[name]["state"] for name in ("thank_yous", "impressions", "rank_list")] == ["done"] * 3
    assert found["rank_list"]["progress_words"] == "Number 2 in your list"


def preparation(client: TestClient, now: datetime = NOW) -> dict[str, Any]:
    with at_moment(now):
        found: dict[str, Any] = client.get("/api/preparation").raise_for_status().json()
    return found


def test_what_to_do_next(client: TestClient, service: Service) -> None:
    empty = preparation(client)
    assert (empty["next"], empty["step"]) == (None, None)
    assert empty["question"]["id"] == client.get("/api/readiness").json()["today"]["question"]["id"]
    assert empty["question"]["why_words"] == "About you: not tried yet"
    later, soon = planned(client, service, days=40), planned(client, service, days=10)
    found = preparation(client)
    assert found["next"]["id"] == found["step"]["interview"] == soon
    # Steps come in the order of the plan, and on the day those of the day come first.
    assert found["step"]["id"] == "about_yourself"
    take(service, "tell-me-about-yourself", 2)
    take(service, "tell-me-about-yourself", 1)
    assert preparation(client)["step"]["id"] == "application_lines"
    on_the_day = NOW + timedelta(days=10)
    assert preparation(client, on_the_day)["step"]["id"] == "close_programs"
    # Its own steps come first for three days, then those of the next one.
    evening = NOW + timedelta(days=10, hours=8)
    after = preparation(client, evening)
    assert (after["next"]["id"], after["step"]["interview"], after["step"]["id"]) == (
        later,
        soon,
        "impressions",
    )
    assert preparation(client, evening + timedelta(days=4))["step"]["interview"] == later
    client.patch(f"{ADDRESS}/{later}", json={"cancelled": True}).raise_for_status()
    assert preparation(client, evening + timedelta(days=4))["step"]["id"] == "impressions"
    assert preparation(client, evening + timedelta(days=20))["step"] is None
    assert client.get("/api/preparation?zone=Nowhere").json()["code"] == "unknown_time_zone"


def test_plans_are_stored_with_the_interview_and_go_with_it(client: TestClient, service: Service) -> None:
    interview = planned(client, service, days=30)
    client.put(f"{ADDRESS}/{interview}/plan/print_sheet").raise_for_status()
    assert client.delete(f"{ADDRESS}/{interview}").status_code == 204
    again = planned(client, service, days=30)
    assert step(client, again, "print_sheet")["state"] == "open"


def test_the_steps_of_the_file_are_checked(tmp_path: Path) -> None:
    text = FILE.read_text()
    for old, new, said in (
        ('phase = "week_1"', 'phase = "week_9"', "phase 'week_9' is not described"),
        ('source = "jgme"', 'source = "nobody"', "source 'nobody' is not described"),
        ('seen = "set_up"', 'seen = "by_magic"', "seen"),
        ("first = 21", "first = 30", "should follow one another"),
        ('place = "Rank list"\n', "", "place and address belong together"),
        ('id = "outfit"', 'id = "travel"', "occurs twice"),
        ("least_days = 3", "least_days = -3", "least_days"),
        ('what = "Print', 'whatever = "Print', "what is missing"),
    ):
        assert old in text
        path = tmp_path / "plan_steps.toml"
        path.write_text(text.replace(old, new, 1))
        with pytest.raises(DataError) as refused:
            read_plan_steps(path)
        assert said in refused.value.text
    assert len(plan_steps().steps) == len(read_plan_steps(FILE).steps)


def test_dates_in_two_years_say_both(client: TestClient, service: Service) -> None:
    interview = planned(client, service, days=70, date=date(2027, 1, 12).isoformat())
    words = {phase["id"]: phase["dates_words"] for phase in plan(client, interview)["phases"]}
    assert words["weeks_2_3"] == "22 December 2026 to 4 January 2027"


def test_the_moment_of_a_plan_is_its_own_clock(client: TestClient, service: Service) -> None:
    # 11 PM in London is the next day in Sydney.
    now = datetime(2026, 10, 20, 22, tzinfo=UTC)
    zone = {"time_zone": "Australia/Sydney", "own_time_zone": "Australia/Sydney"}
    interview = planned(client, service, days=60, now=now, date="2026-10-21", **zone)
    found = plan(client, interview, now)
    assert [phase["id"] for phase in found["phases"] if phase["present"]] == ["the_day"]
