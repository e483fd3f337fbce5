"""Who may see a submitted answer, and when that ends."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from service.advising.departure import SPOKEN_AND_GONE
from service.advising.members import FORMER_ADVISER
from service.db.account_models import Account
from service.dependencies import get_now
from tests.service.advising.office import (
    Office,
    add_answer,
    client_get,
    code_of,
    comment,
    spoken_comment,
    submit,
)
from tests.service.in_process import shared_application
from tests.service.signed_in import SignedIn, sign_in_as


def reads(review: str) -> tuple[str, ...]:
    return (f"/api/reviews/{review}", f"/api/reviews/{review}/media", f"/api/reviews/{review}/peaks")


def assert_gone(adviser: SignedIn, review: str, made: str) -> None:
    """Asserts that nothing of a submission can be read or changed."""
    client = adviser.client
    for path in reads(review):
        assert client.get(path).status_code == 404, path
    assert client_get(client, "/api/reviews") == []
    for refused in (
        client.post(f"/api/reviews/{review}/comments", json={"at": 1, "text": "a"}),
        client.patch(f"/api/reviews/{review}/comments/{made}", json={"text": "a"}),
        client.delete(f"/api/reviews/{review}/comments/{made}"),
        client.put(f"/api/reviews/{review}/comments/{made}/voice", content=b"OggS"),
        client.put(f"/api/reviews/{review}/rubric", json={"rubric": "template", "scores": {}}),
        client.post(f"/api/reviews/{review}/return"),
        client.post(f"/api/reviews/{review}/reopen"),
        client.post(f"/api/comments/{made}/replies", json={"text": "a"}),
        client.get(f"/api/comments/{made}/voice"),
    ):
        assert refused.status_code == 404, refused.request.url


@pytest.mark.parametrize(
    "ending",
    ["revoked", "last day", "applicant suspended", "adviser removed", "applicant removed", "no cohort"],
)
def test_access_ends(office: Office, applicant: SignedIn, ending: str) -> None:
    adviser, second = office.adviser, office.add("adviser", "Otto")
    answer = add_answer(office.service, applicant)
    today = datetime.now(UTC).date()
    review = submit(applicant, answer, adviser, until=today.isoformat())
    made = comment(adviser, review)
    for path in reads(review)[:2]:
        adviser.client.get(path).raise_for_status()
    cohort = f"/api/cohorts/{office.cohort}"
    match ending:
        case "revoked":
            applicant.client.delete(f"/api/submissions/{review}").raise_for_status()
        case "last day":
            shared_application().dependency_overrides[get_now] = lambda: datetime.now(UTC) + timedelta(days=1)
        case "applicant suspended":
            with office.service.database.writing() as session:
                account = session.get(Account, applicant.person)
                assert account is not None
                account.state = "suspended"
        case "adviser removed":
            second.client.delete(f"{cohort}/members/{adviser.person}").raise_for_status()
        case "applicant removed":
            adviser.client.delete(f"{cohort}/members/{applicant.person}").raise_for_status()
        case "no cohort":
            adviser.client.delete(cohort).raise_for_status()
    try:
        assert_gone(adviser, review, made)
        if ending != "applicant suspended":
            [listed] = client_get(applicant.client, "/api/submissions")
            assert listed["state"] == ("revoked" if ending == "revoked" else "ended")
    finally:
        shared_application().dependency_overrides.clear()


def test_another_person_sees_nothing(office: Office, applicant: SignedIn) -> None:
    stranger = office.add("applicant", "Cleo")
    other = office.add("adviser", "Otto")
    answer = add_answer(office.service, applicant)
    review = submit(applicant, answer, office.adviser)
    made = comment(office.adviser, review)
    assert_gone(other, review, made)
    office.adviser.client.post(f"/api/reviews/{review}/return").raise_for_status()
    for path in (f"/api/answers/{answer}/submissions", f"/api/answers/{answer}/comments"):
        for person in (stranger, office.adviser):
            assert person.client.get(path).status_code == 404, path
    # The adviser reads what was submitted below /api/reviews and nowhere else.
    for path in ("", "/media", "/peaks", "/report", "/report/view", "/transcript"):
        assert office.adviser.client.get(f"/api/answers/{answer}{path}").status_code == 404, path
    for refused in (
        stranger.client.delete(f"/api/submissions/{review}"),
        stranger.client.put(f"/api/comments/{made}/done"),
        office.adviser.client.put(f"/api/comments/{made}/done"),
        stranger.client.post(f"/api/comments/{made}/replies", json={"text": "a"}),
        stranger.client.post(f"/api/answers/{answer}/submissions", json={"advisers": [other.person]}),
    ):
        assert refused.status_code == 404, refused.request.url


def test_only_advisers_of_ones_own_cohorts_can_be_named(office: Office, applicant: SignedIn) -> None:
    answer = add_answer(office.service, applicant)
    strange = sign_in_as(office.service, "adviser", "Strange")
    for wrong in ([strange.person], [office.adviser.person, "nobody"], [applicant.person]):
        refused = applicant.client.post(f"/api/answers/{answer}/submissions", json={"advisers": wrong})
        assert code_of(refused) == (422, "not_your_adviser")
    assert client_get(strange.client, "/api/reviews") == []
    submit(applicant, answer, office.adviser)
    again = applicant.client.post(
        f"/api/answers/{answer}/submissions", json={"advisers": [office.adviser.person]}
    )
    assert code_of(again) == (409, "already_submitted")


def test_what_is_not_complete_and_what_is_over_cannot_be_submitted(
    office: Office, applicant: SignedIn
) -> None:
    begun = applicant.client.post("/api/answers", json={"source": "recording"}).json()["id"]
    body = {"advisers": [office.adviser.person]}
    refused = applicant.client.post(f"/api/answers/{begun}/submissions", json=body)
    assert code_of(refused) == (409, "wrong_state")
    answer = add_answer(office.service, applicant)
    for day in ("2020-01-01", "9999-12-31"):
        over = applicant.client.post(f"/api/answers/{answer}/submissions", json={**body, "until": day})
        assert code_of(over) == (422, "invalid_request")


def test_a_deleted_answer_takes_what_was_said_with_it(office: Office, applicant: SignedIn) -> None:
    answer = add_answer(office.service, applicant)
    review = submit(applicant, answer, office.adviser)
    made = comment(office.adviser, review)
    applicant.client.delete(f"/api/answers/{answer}").raise_for_status()
    assert_gone(office.adviser, review, made)
    assert client_get(applicant.client, "/api/submissions") == []


def test_a_deleted_adviser_leaves_what_was_given_without_name_and_voice(
    office: Office, applicant: SignedIn
) -> None:
    adviser = office.adviser
    answer = add_answer(office.service, applicant)
    review = submit(applicant, answer, adviser)
    comment(adviser, review, 1.0, text="Written.")
    spoken = comment(adviser, review, 2.0, text=None)
    path = f"/api/reviews/{review}/comments/{spoken}/voice"
    adviser.client.put(path, content=spoken_comment()).raise_for_status()
    adviser.client.post(f"/api/reviews/{review}/return").raise_for_status()
    adviser.client.post(f"/api/reviews/{review}/reopen").raise_for_status()
    comment(adviser, review, 3.0, text="Not returned.")
    adviser.client.delete("/api/everything").raise_for_status()
    shown = client_get(applicant.client, f"/api/answers/{answer}/comments")["comments"]
    assert [(each["text"], each["author"], each["voice"]) for each in shown] == [
        ("Written.", FORMER_ADVISER, False),
        (SPOKEN_AND_GONE, FORMER_ADVISER, False),
    ]
    assert client_get(applicant.client, "/api/advisers") == []


def test_a_deleted_applicant_is_gone_for_the_adviser(office: Office, applicant: SignedIn) -> None:
    answer = add_answer(office.service, applicant)
    review = submit(applicant, answer, office.adviser)
    made = comment(office.adviser, review)
    applicant.client.delete("/api/everything").raise_for_status()
    assert_gone(office.adviser, review, made)
    members = client_get(office.adviser.client, f"/api/cohorts/{office.cohort}")["members"]
    assert [each["name"] for each in members] == ["Ada Adviser"]


def test_the_export_has_what_was_given_and_what_was_written(office: Office, applicant: SignedIn) -> None:
    adviser = office.adviser
    review = submit(applicant, add_answer(office.service, applicant), adviser, message="Look at this")
    made = comment(adviser, review, text="Say it again.")
    adviser.client.put(
        f"/api/reviews/{review}/comments/{made}/voice", content=spoken_comment()
    ).raise_for_status()
    adviser.client.post("/api/canned-comments", json={"text": "Canned words"}).raise_for_status()
    assert exported(applicant)["comments_received"] == []
    adviser.client.post(f"/api/reviews/{review}/return").raise_for_status()
    received = exported(applicant)
    assert received["submissions"][0]["message"] == "Look at this"
    assert received["comments_received"][0]["author"] == "Ada Adviser"
    written = exported(adviser)
    assert written["comments_made"][0]["text"] == "Say it again."
    assert written["canned_comments"][0]["text"] == "Canned words"
    # Nothing about whose answer it was.
    assert "Ben Applicant" not in json.dumps(written) and "Look at this" not in json.dumps(written)
    for person in (applicant, adviser):
        archive = zipfile.ZipFile(io.BytesIO(person.client.get("/api/export").content))
        assert archive.read(f"spoken-comments/{made}.wav") == spoken_comment()


def exported(person: SignedIn) -> dict[str, list[dict[str, object]]]:
    archive = zipfile.ZipFile(io.BytesIO(person.client.get("/api/export").raise_for_status().content))
    written: dict[str, list[dict[str, object]]] = json.loads(archive.read("advising.json"))
    return written


def test_without_accounts_there_are_no_advisers_but_comments(client, service) -> None:  # type: ignore[no-untyped-def]
    made = client.post("/api/uploads", files={"file": ("a.wav", b"sound")}).raise_for_status().json()
    assert client_get(client, f"/api/answers/{made['id']}/comments")["comments"] == []
    for method, path in (
        ("GET", "/api/advisers"),
        ("GET", "/api/submissions"),
        ("POST", f"/api/answers/{made['id']}/submissions"),
        ("GET", "/api/reviews"),
        ("GET", "/api/cohorts"),
        ("GET", "/api/assignments"),
        ("GET", "/api/rubrics"),
        ("GET", "/api/canned-comments"),
    ):
        refused = client.request(method, path, json={"advisers": ["a"]} if method == "POST" else None)
        assert code_of(refused) == (403, "not_for_this_role"), path
