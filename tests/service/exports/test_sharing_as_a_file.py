"""An answer as one file for a mentor, and the comments that come back."""

import base64
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import av
import pytest
from fastapi.testclient import TestClient

from service.db.models import Answer
from service.exports import shared_file
from service.exports.shared_file import Media, plan_media, shared_page
from service.recordings.sound_alone import write_sound_alone
from tests.analysis.cli.example_reports import usual_report
from tests.service.running import RunningService

SHARE = "a" * 24
SAMPLES = Path(__file__).parents[3] / "samples" / "audio"


def comment(number: int, **changes: Any) -> dict[str, Any]:
    usual = {"id": f"{number:024x}", "name": "Dr Rivera", "at": 4.5, "text": "Say this first."}
    return {**usual, **changes}


def file_of(answer: str, *comments: dict[str, Any], **changes: Any) -> dict[str, Any]:
    usual = {"kind": "greenroom-comments", "schema": 1, "answer": answer, "share": SHARE}
    return {**usual, "comments": list(comments), **changes}


def imported(client: TestClient, answer: str, content: object) -> Any:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return client.post(f"/api/answers/{answer}/comments/import", content=body)


@pytest.fixture
def answer(client: TestClient) -> str:
    return str(client.post("/api/answers", json={"title": "Mine", "source": "upload"}).json()["id"])


def test_comments_are_added_once(client: TestClient, answer: str) -> None:
    first = imported(client, answer, file_of(answer, comment(1), comment(2, at=1.0, name=" Dr\n Rivera ")))
    assert (first.status_code, first.json()) == (200, {"added": 2, "words": "2 comments added."})
    # Saved again with one more.
    again = imported(client, answer, file_of(answer, comment(1), comment(2), comment(3)))
    assert again.json()["added"] == 1
    assert (
        imported(client, answer, file_of(answer, comment(3))).json()["words"]
        == "Nothing new is in this file."
    )
    shown = client.get(f"/api/answers/{answer}/comments").json()["comments"]
    assert [(each["at"], each["author"], each["imported"], each["own"]) for each in shown] == [
        *((1.0, "Dr Rivera", True, False), (4.5, "Dr Rivera", True, False), (4.5, "Dr Rivera", True, False)),
    ]


def test_texts_stay_plain_texts(client: TestClient, answer: str) -> None:
    text = "<script>alert(1)</script>\u0000 & more"
    imported(client, answer, file_of(answer, comment(1, text=text)))
    (shown,) = client.get(f"/api/answers/{answer}/comments").json()["comments"]
    assert shown["text"] == "<script>alert(1)</script> & more"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_file_of_comments"),
        (b"\xff\xfe", "not_a_file_of_comments"),
        (b"[]", "not_a_file_of_comments"),
        ({"kind": "something else"}, "not_a_file_of_comments"),
        ({"schema": 2}, "not_a_file_of_comments"),
        ({"share": "short"}, "not_a_file_of_comments"),
        ({"comments": [comment(1, text=" ")]}, "not_a_file_of_comments"),
        ({"comments": [comment(1, text="x" * 2001)]}, "not_a_file_of_comments"),
        ({"comments": [comment(1, at=-1)]}, "not_a_file_of_comments"),
        ({"comments": [comment(1, name="\ud800")]}, "not_a_file_of_comments"),
        ({"comments": [comment(number) for number in range(201)]}, "not_a_file_of_comments"),
        ({"answer": "f" * 24}, "comments_of_another_answer"),
        (b" " * (1024 * 1024 + 1), "too_large"),
    ],
)
def test_other_files_are_refused(client: TestClient, answer: str, content: Any, code: str) -> None:
    whole = content if isinstance(content, bytes) else {**file_of(answer, comment(1)), **content}
    refused = imported(client, answer, whole)
    assert refused.json()["code"] == code
    assert client.get(f"/api/answers/{answer}/comments").json()["comments"] == []


def test_another_answer_is_not_found(client: TestClient, answer: str) -> None:
    other = "f" * 24
    assert imported(client, other, file_of(other, comment(1))).status_code == 404
    assert client.get(f"/api/answers/{other}/share.html").status_code == 404
    assert client.get(f"/api/answers/{answer}/share.html").json()["code"] == "not_ready"


def page_of(**fields: Any) -> str:
    usual = {"id": "1" * 24, "title": "Kept", "take": 1, "media_type": "audio/flac", "duration": 60.0}
    answer = Answer(**({**usual, "created_at": datetime(2026, 1, 2, tzinfo=UTC)} | fields))
    media = Media(b"sound", "audio/flac;codecs=x")
    return shared_page(
        usual_report(),
        answer,
        None,
        now=datetime.now(UTC),
        previous=None,
        remarks=None,
        plan=plan_media(answer, 5),
        media=media,
        share=SHARE,
    )


def test_nothing_in_the_file_is_more_than_text() -> None:
    page = page_of(question="</title><script>alert(1)</script>\"'", title="<b>", id='"><i>')
    assert page.count("<script>") == 1
    assert "<b>" not in page
    assert "<i>" not in page
    assert 'src="data:audio/flac;base64,c291bmQ="' in page


def test_the_policy_names_the_one_script_and_the_one_style() -> None:
    page = page_of()
    policy = page.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
    policy = policy.replace("&#39;", "'")
    for kind, tag in (("script", "script"), ("style", "style")):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert f"{kind}-src {shared_file.source_of(content)}" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_large_recording_becomes_sound_alone() -> None:
    film = Answer(media_type="video/mp4", duration=120.0)
    small, large = plan_media(film, 3_000_000), plan_media(film, 30_000_000)
    assert (small.inside, small.encoded, small.words) == (
        *("video", False, "One file, about 4 MB. It holds the picture and the sound."),
    )
    assert (large.inside, large.encoded) == ("audio", True)
    assert large.words == "One file, about 2 MB. The picture is too large for it, so only the sound is in it."
    nothing = plan_media(Answer(media_type=None), None)
    assert nothing.words == "One file, about 1 MB. The recording is not in it."


def test_sound_alone_has_the_length_of_the_recording(tmp_path: Path) -> None:
    target = io.FileIO(tmp_path / "alone.m4a", "w+")
    with (SAMPLES / "too-short.flac").open("rb") as source, target:
        write_sound_alone(source, target)
        target.seek(0)
        with av.open(target) as made, av.open(str(SAMPLES / "too-short.flac")) as original:
            assert made.duration is not None
            assert original.duration is not None
            assert made.duration == pytest.approx(original.duration, abs=100_000)


@pytest.mark.long
def test_a_ready_answer_as_a_file(running_service: RunningService, speech: Path) -> None:
    identifier = str(running_service.upload(speech)["id"])
    running_service.wait_for(identifier, "ready")
    client, address = running_service.client, f"/api/answers/{identifier}"
    share = client.get(f"{address}/share").json()
    page = client.get(f"{address}/share.html")
    media = client.get(f"{address}/media").content
    assert "attachment" in page.headers["content-disposition"]
    # It is shown in whole megabytes, and the report of a short answer takes less than is reckoned with.
    assert abs(len(page.content) - share["size"]) < 250_000
    assert base64.b64encode(media).decode() in page.text
