"""What an administrator decides and does: limits, suspensions, deletions; never a look at recordings."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from service.db.models import Answer, now
from service.dependencies import Service
from service.people import log
from service.people.retention import delete_old_recordings
from tests.service.in_process import client_of, copy_database
from tests.service.signed_in import SignedIn, hosted_service, sign_in_as


@pytest.fixture
def administrator(hosted: Service) -> SignedIn:
    return sign_in_as(hosted, "administrator", "Ada Office")


@pytest.fixture
def applicant(hosted: Service) -> SignedIn:
    return sign_in_as(hosted, "applicant", "Ben Applicant")


def upload(person: SignedIn) -> str:
    sent = person.client.post("/api/uploads", files={"file": ("a.wav", b"sound of an answer")})
    return str(sent.raise_for_status().json()["id"])


def analysed(service: Service, answer: str, *, days_ago: float = 0, seconds: float = 60.0) -> None:
    """As if a worker had finished it, some days ago."""
    with service.database.writing() as session:
        session.execute(
            update(Answer)
            .where(Answer.id == answer)
            .values(
                work_state="ready",
                report_ready=True,
                duration=seconds,
                created_at=now() - timedelta(days=days_ago),
            )
        )


def test_an_administrator_sees_accounts_and_no_recording(
    hosted: Service, administrator: SignedIn, applicant: SignedIn
) -> None:
    answer = upload(applicant)
    people = administrator.client.get("/api/office/people").raise_for_status().json()["items"]
    assert [(each["name"], each["role"], each["bytes"]) for each in people] == [
        ("Ada Office", "administrator", 0),
        ("Ben Applicant", "applicant", len(b"sound of an answer")),
    ]
    for path in ("/api/answers", f"/api/answers/{answer}", f"/api/answers/{answer}/original", "/api/export"):
        refused = administrator.client.get(path)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_for_this_role"), path
    refused = applicant.client.get("/api/office/people")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_for_this_role")


def test_a_suspended_person_is_signed_out_and_keeps_everything(
    hosted: Service, administrator: SignedIn, applicant: SignedIn
) -> None:
    answer = upload(applicant)
    suspended = administrator.client.post(f"/api/office/people/{applicant.person}/suspend")
    assert suspended.raise_for_status().json()["state"] == "suspended"
    assert applicant.client.get("/api/answers").status_code == 401
    administrator.client.post(f"/api/office/people/{applicant.person}/resume").raise_for_status()
    assert applicant.client.get("/api/answers").status_code == 401, "the old session has ended for good"
    with hosted.database.reading() as session:
        assert session.get(Answer, answer) is not None


def test_a_deleted_account_takes_everything_along(
    hosted: Service, administrator: SignedIn, applicant: SignedIn, tmp_path: Path
) -> None:
    answer = upload(applicant)
    assert list(tmp_path.rglob(f"*{answer}*"))
    administrator.client.delete(f"/api/office/people/{applicant.person}").raise_for_status()
    with hosted.database.reading() as session:
        assert session.get(Answer, answer) is None
    assert not list(tmp_path.rglob(f"*{answer}*"))
    names = [each["name"] for each in administrator.client.get("/api/office/people").json()["items"]]
    assert names == ["Ada Office"]
    entries = administrator.client.get("/api/office/log").json()["items"]
    assert "account_deleted" in [entry["action"] for entry in entries]
    assert applicant.person not in str(entries)


def test_nobody_locks_the_office(hosted: Service, administrator: SignedIn) -> None:
    own = f"/api/office/people/{administrator.person}"
    assert administrator.client.post(f"{own}/suspend").json()["code"] == "wrong_state"
    assert administrator.client.delete(own).json()["code"] == "wrong_state"
    second = sign_in_as(hosted, "administrator", "Cleo Office")
    second.client.post(f"{own}/suspend").raise_for_status()


def test_an_invitation_is_listed_and_can_be_withdrawn(hosted: Service, administrator: SignedIn) -> None:
    new = {"name": "Dee", "email": "dee@example.org", "role": "adviser"}
    path = administrator.client.post("/api/office/invitations", json=new).raise_for_status().json()["path"]
    opened = client_of(hosted).get(f"/api{path}").raise_for_status().json()
    assert (opened["name"], opened["role"]) == ("Dee", "adviser")
    (listed,) = administrator.client.get("/api/office/invitations").json()["items"]
    assert "token" not in str(listed)
    administrator.client.delete(f"/api/office/invitations/{listed['id']}").raise_for_status()
    assert client_of(hosted).get(f"/api{path}").status_code == 404
    assert administrator.client.get("/api/office/invitations").json()["items"] == []


def test_a_reset_is_only_a_link(hosted: Service, administrator: SignedIn, applicant: SignedIn) -> None:
    started = administrator.client.post(f"/api/office/people/{applicant.person}/reset").raise_for_status()
    assert client_of(hosted).get(f"/api/resets/{started.json()['path'].split('/')[-1]}").status_code == 200
    # The person is still signed in: nothing has changed yet.
    assert applicant.client.get("/api/me").status_code == 200


def test_recordings_are_deleted_after_the_retention_and_figures_stay(
    hosted: Service, administrator: SignedIn, applicant: SignedIn
) -> None:
    old, fresh, waiting = (upload(applicant) for _ in range(3))
    analysed(hosted, old, days_ago=31)
    analysed(hosted, fresh, days_ago=29)
    with hosted.database.writing() as session:
        made = now() - timedelta(days=40)
        session.execute(update(Answer).where(Answer.id == waiting).values(created_at=made))
    assert delete_old_recordings(hosted.database, hosted.storage) == 0, "without a rule nothing is deleted"
    administrator.client.patch("/api/office", json={"retention_days": 30}).raise_for_status()
    assert delete_old_recordings(hosted.database, hosted.storage) == 1
    assert delete_old_recordings(hosted.database, hosted.storage) == 0
    gone = applicant.client.get(f"/api/answers/{old}/original")
    assert (gone.status_code, gone.json()["code"]) == (410, "recording_deleted")
    listed = applicant.client.get(f"/api/answers/{old}").json()
    assert listed["recording_deleted_at"] and "report" in listed["available"]
    for answer in (fresh, waiting):
        kept = applicant.client.get(f"/api/answers/{answer}/original")
        assert kept.content == b"sound of an answer"
    # What would need the recording says so, and the report stays as it is.
    refused = applicant.client.post(f"/api/answers/{old}/retry")
    assert refused.json()["code"] in {"recording_deleted", "wrong_state"}
    archive = applicant.client.get("/api/export")
    assert archive.status_code == 200


def test_a_recording_that_was_never_finished_is_not_kept_for_good(
    hosted: Service, administrator: SignedIn, applicant: SignedIn
) -> None:
    administrator.client.patch("/api/office", json={"retention_days": 30}).raise_for_status()
    begun = []
    for days_ago in (31, 29):
        answer = applicant.client.post("/api/answers", json={"source": "recording"}).json()["id"]
        applicant.client.put(f"/api/answers/{answer}/chunks/0", content=b"words").raise_for_status()
        with hosted.database.writing() as session:
            at = now() - timedelta(days=days_ago)
            values = {"intake": "interrupted", "created_at": at, "received_at": at}
            session.execute(update(Answer).where(Answer.id == answer).values(values))
        begun.append(answer)
    assert delete_old_recordings(hosted.database, hosted.storage) == 1
    old, fresh = begun
    assert applicant.client.get(f"/api/answers/{old}").status_code == 404
    assert not list(hosted.settings.data_folder.rglob(f"*{old}*"))
    assert applicant.client.get(f"/api/answers/{fresh}/chunks").json() == {"numbers": [0]}


@pytest.mark.parametrize(
    ("limit", "seconds"), [({"quota_bytes": 1024 * 1024}, 0.0), ({"quota_minutes_a_day": 10}, 600.0)]
)
def test_a_quota_stops_the_next_recording_and_none_that_has_begun(
    hosted: Service,
    administrator: SignedIn,
    applicant: SignedIn,
    limit: dict[str, int],
    seconds: float,
) -> None:
    administrator.client.patch("/api/office", json=limit).raise_for_status()
    begun = (
        applicant.client.post("/api/answers", json={"source": "recording"}).raise_for_status().json()["id"]
    )
    full = upload(applicant)
    analysed(hosted, full, seconds=seconds)
    with hosted.database.writing() as session:
        size = 1024 * 1024 if "quota_bytes" in limit else 18
        session.execute(update(Answer).where(Answer.id == full).values(bytes=size))
    refused = applicant.client.post("/api/answers", json={"source": "recording"})
    assert (refused.status_code, refused.json()["code"]) == (403, "quota_reached")
    assert applicant.client.put(f"/api/answers/{begun}/chunks/0", content=b"words").status_code == 204
    # Another person is not affected.
    upload(sign_in_as(hosted, "applicant", "Eve Applicant"))
    administrator.client.patch("/api/office", json=dict.fromkeys(limit)).raise_for_status()
    upload(applicant)


def test_every_action_of_the_log_has_words() -> None:
    folder = Path(log.__file__).parents[1]
    actions = {
        action
        for path in folder.rglob("*.py")
        for action in re.findall(r'action="(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert actions == set(log.WORDS)


@pytest.fixture
def laptop(tmp_path: Path, migrated_file: Path) -> Iterator[Service]:
    copy_database(migrated_file, tmp_path / "laptop")
    with hosted_service(tmp_path / "laptop", accounts=False) as service:
        yield service


def test_a_laptop_has_no_office(laptop: Service) -> None:
    refused = client_of(laptop).get("/api/office")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_for_this_role")
