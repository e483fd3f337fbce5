"""Progress over HTTP: which takes are selected, the filter values, and progress without any take."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from analysis.trends.models import FAMILY
from service.dependencies import Service
from tests.service.made_takes import EARLIER, add_take, facts_of

NOON = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)


def progress(client: TestClient, **filters: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/api/progress", params=filters).raise_for_status().json()
    return answer


def shown(client: TestClient, **filters: str) -> list[str]:
    """Titles of the selected takes, oldest first."""
    report = progress(client, **filters)["report"]
    points = report["trends"][0]["points"]
    assert report["takes"] == len(points)
    return [point["title"] for point in points]


def refused(client: TestClient, address: str, **query: str) -> str:
    response = client.get(address, params=query)
    assert response.status_code == 422
    assert response.json()["code"] == "invalid_request"
    return str(response.json()["detail"])


def test_without_takes_the_report_is_complete_but_empty(client: TestClient) -> None:
    found = progress(client)
    assert found["report"]["takes"] == 0
    assert [trend["name"] for trend in found["report"]["trends"]] == list(FAMILY)
    assert all(trend["points"] == [] for trend in found["report"]["trends"])
    assert found["report"]["headline"]
    assert found["without_report"] == 0
    assert found["choices"] == {"kinds": [], "first_languages": [], "spoken": [], "sessions": [], "tags": []}


def test_each_take_is_a_point_in_every_chart_oldest_first(client: TestClient, service: Service) -> None:
    later = add_take(service, NOON + timedelta(days=1), title="Later", facts=facts_of(speaking_rate=150.0))
    earlier = add_take(service, NOON, title="Earlier")
    report = progress(client)["report"]
    for trend in report["trends"]:
        assert [point["answer"] for point in trend["points"]] == [earlier, later]
    pace = next(trend for trend in report["trends"] if trend["name"] == "speaking_rate")
    assert [point["value"] for point in pace["points"]] == [133.3, 150.0]
    assert report["minutes"] == pytest.approx(3.0)


def test_first_takes_and_retakes_are_distinguished(client: TestClient, service: Service) -> None:
    add_take(service, NOON, title="First", question="Why medicine?")
    add_take(service, NOON, title="Second", question="Why medicine?")
    add_take(service, NOON, title="No question")
    assert set(shown(client)) == {"First", "Second", "No question"}
    assert set(shown(client, takes="first")) == {"First", "No question"}
    assert shown(client, takes="retakes") == ["Second"]


def test_takes_with_unknown_timing_are_neither_timed_nor_untimed(
    client: TestClient, service: Service
) -> None:
    add_take(service, NOON, title="Timed", maximum=120.0)
    add_take(service, NOON, title="Untimed", maximum=None)
    add_take(service, NOON, title="Unknown")
    assert shown(client, timing="timed") == ["Timed"]
    assert shown(client, timing="untimed") == ["Untimed"]
    assert len(shown(client)) == 3


def test_takes_are_filtered_by_kind_of_bank_and_own_questions(client: TestClient, service: Service) -> None:
    own = client.post("/api/questions", json={"text": "And then?", "kind": "ethics"}).json()["id"]
    add_take(service, NOON, title="Of the bank", question_id="why-medicine")
    add_take(service, NOON, title="Own", question_id=own)
    add_take(service, NOON, title="Without")
    assert shown(client, kind="why_medicine") == ["Of the bank"]
    assert shown(client, kind="ethics") == ["Own"]
    assert shown(client, kind="no_such_kind") == []
    assert progress(client)["choices"]["kinds"] == [
        {"id": "why_medicine", "name": "Why medicine", "takes": 1},
        {"id": "ethics", "name": "Difficult and ethical", "takes": 1},
    ]


def test_takes_are_filtered_by_language_session_and_tag(client: TestClient, service: Service) -> None:
    add_take(service, NOON, title="One", first_language="Hindi", session="Mock", tags=("Calm",))
    add_take(service, NOON, title="Two", first_language="Spanish", facts=facts_of(language="de"))
    choices = progress(client)["choices"]
    assert choices["first_languages"] == [{"name": "Hindi", "takes": 1}, {"name": "Spanish", "takes": 1}]
    assert choices["spoken"] == [{"code": "de", "takes": 1}, {"code": "en", "takes": 1}]
    assert choices["tags"] == [{"tag": "Calm", "takes": 1}]
    (session,) = choices["sessions"]
    assert (session["name"], session["takes"]) == ("Mock", 1)
    assert shown(client, language="Hindi") == ["One"]
    assert shown(client, spoken="de") == ["Two"]
    assert shown(client, session=session["id"]) == ["One"]
    assert shown(client, tag="cALM") == ["One"]
    for unknown in ("language", "spoken", "session", "tag"):
        assert shown(client, **{unknown: "no such"}) == []


def test_days_begin_at_midnight_in_the_time_zone(client: TestClient, service: Service) -> None:
    add_take(service, datetime(2026, 11, 9, 23, 30, tzinfo=UTC), title="Late in London")
    assert shown(client, since="2026-11-10", zone="Europe/London") == []
    assert shown(client, since="2026-11-10", zone="Europe/Berlin") == ["Late in London"]
    assert shown(client, until="2026-11-09", zone="Europe/Berlin") == []
    assert shown(client, since="2026-11-09", until="2026-11-09") == ["Late in London"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"zone": "Europe/Nowhere"}, "no such time zone"),
        ({"zone": "../etc/passwd"}, "no such time zone"),
        ({"zone": ""}, "no such time zone"),
        ({"since": "yesterday"}, "This is not a day"),
        ({"until": "2026-02-30"}, "This is not a day"),
        ({"until": "0001-01-01"}, "This is not a day"),
        ({"takes": "some"}, "takes"),
    ],
)
def test_invalid_filters_are_refused_with_a_reason(
    client: TestClient, query: dict[str, str], words: str
) -> None:
    assert words in refused(client, "/api/progress", **query)


def test_samples_are_left_out_and_demo_takes_need_their_tag(client: TestClient, service: Service) -> None:
    add_take(service, NOON, title="Mine", tags=("calm",))
    add_take(service, NOON, title="Sample", source="sample", first_language="Dutch", tags=("calm",))
    add_take(service, NOON, title="Made up", source="sample", first_language="Hindi", tags=("made-up",))
    assert shown(client) == ["Mine"]
    assert shown(client, tag="calm") == ["Mine"]
    assert shown(client, tag="made-up") == ["Made up"]
    assert shown(client, tag="Made-Up") == ["Made up"]
    assert progress(client)["choices"]["tags"] == [
        {"tag": "calm", "takes": 1},
        {"tag": "made-up", "takes": 1},
    ]
    assert progress(client)["choices"]["first_languages"] == []
    assert progress(client, tag="made-up")["choices"]["first_languages"] == [{"name": "Hindi", "takes": 1}]


def test_answers_without_a_report_are_counted_and_not_shown(client: TestClient, service: Service) -> None:
    add_take(service, NOON, title="There")
    add_take(service, NOON, title="Waiting", with_report=False, session="Mock")
    add_take(service, NOON, title="Comes in", with_report=False, columns={"intake": "receiving"})
    found = progress(client)
    assert (found["report"]["takes"], found["without_report"]) == (1, 1)
    assert found["choices"]["sessions"] == []
    assert progress(client, tag="calm")["without_report"] == 0


def test_takes_of_another_build_are_shown_before_a_break_and_not_compared(
    client: TestClient, service: Service
) -> None:
    for day in range(6):
        add_take(service, NOON + timedelta(days=day), facts=facts_of(build=EARLIER))
    for day in range(6, 12):
        add_take(service, NOON + timedelta(days=day))
    report = progress(client)["report"]
    assert report["outdated"] == 6
    (between,) = report["breaks"]
    assert between["at"].startswith("2026-11-16")
    for trend in report["trends"]:
        assert [point["current"] for point in trend["points"]] == [False] * 6 + [True] * 6


def test_verdicts_on_fluency_are_left_out_if_switched_off(client: TestClient, service: Service) -> None:
    for day in range(40):
        fillers = 20.0 if day < 20 else 4.0
        add_take(
            service,
            NOON + timedelta(days=day),
            facts=facts_of(filled_pause_count=fillers, filler_rate=fillers / 1.5),
        )

    def verdict() -> str:
        trends = progress(client)["report"]["trends"]
        return str(next(t["change"]["verdict"] for t in trends if t["name"] == "filler_rate"))

    assert verdict() == "clear_change"
    client.patch("/api/preferences", json={"speaks_differently": True}).raise_for_status()
    assert verdict() == "not_given"
