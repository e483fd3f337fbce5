"""What an adviser sees of what was submitted, and what the applicant sees of what was said."""

from tests.service.advising.office import (
    Office,
    add_answer,
    client_get,
    code_of,
    comment,
    spoken_comment,
    submit,
)
from tests.service.signed_in import SignedIn


def test_an_answer_goes_to_an_adviser_and_comes_back_with_comments(
    office: Office, applicant: SignedIn
) -> None:
    adviser = office.adviser
    assert client_get(applicant.client, "/api/advisers") == [
        {"person": adviser.person, "name": "Ada Adviser"}
    ]
    answer = add_answer(office.service, applicant, question="Why medicine?")
    assert client_get(adviser.client, "/api/reviews") == []
    review = submit(applicant, answer, adviser, message="Is the end clear?")

    [item] = client_get(adviser.client, "/api/reviews?state=waiting")
    assert (item["id"], item["applicant"], item["question"], item["length_words"]) == (
        review,
        "Ben Applicant",
        "Why medicine?",
        "10 s",
    )
    seen = client_get(adviser.client, f"/api/reviews/{review}")
    assert (seen["message"], seen["state"], seen["view"]) == ("Is the end clear?", "waiting", None)
    assert seen["rubric"]["template"]
    made = comment(adviser, review, 4.0, figure="pauses")
    [first] = seen["rubric"]["criteria"][:1]
    adviser.client.put(
        f"/api/reviews/{review}/rubric",
        json={"rubric": "template", "scores": {first["id"]: 4}, "note": "Well prepared."},
    ).raise_for_status()
    # Nothing is seen before it is returned.
    assert client_get(applicant.client, f"/api/answers/{answer}/comments")["comments"] == []
    assert client_get(applicant.client, f"/api/answers/{answer}/comments")["rubrics"] == []
    adviser.client.post(f"/api/reviews/{review}/return").raise_for_status()

    given = client_get(applicant.client, f"/api/answers/{answer}/comments")
    [shown] = given["comments"]
    assert (shown["id"], shown["author"], shown["at_words"], shown["figure_words"]) == (
        made,
        "Ada Adviser",
        "0:04",
        "Long pauses",
    )
    assert given["rubrics"] == [
        {
            "author": "Ada Adviser",
            "criteria": [{"name": first["name"], "score": 4, "words": first["levels"][3]}],
            "note": "Well prepared.",
        }
    ]
    [listed] = client_get(applicant.client, "/api/submissions")
    assert (listed["state"], listed["comments"]) == ("returned", 1)
    assert client_get(adviser.client, "/api/reviews?state=waiting") == []

    reply = applicant.client.post(f"/api/comments/{made}/replies", json={"text": "I will."})
    assert reply.raise_for_status().json()["author"] == "You"
    applicant.client.put(f"/api/comments/{made}/done").raise_for_status()
    [back] = client_get(adviser.client, f"/api/reviews/{review}")["comments"]
    assert back["done"] and back["replies"][0]["author"] == "Ben Applicant"
    adviser.client.post(f"/api/comments/{made}/replies", json={"text": "Good."}).raise_for_status()
    [shown] = client_get(applicant.client, f"/api/answers/{answer}/comments")["comments"]
    assert [each["own"] for each in shown["replies"]] == [True, False]


def test_a_returned_review_is_opened_again_to_be_changed(office: Office, applicant: SignedIn) -> None:
    adviser = office.adviser
    answer = add_answer(office.service, applicant)
    review = submit(applicant, answer, adviser)
    comment(adviser, review, text="First.")
    empty = comment(adviser, review, text=None)
    adviser.client.post(f"/api/reviews/{review}/return").raise_for_status()
    texts = [
        each["text"] for each in client_get(applicant.client, f"/api/answers/{answer}/comments")["comments"]
    ]
    assert texts == ["First."], empty
    refused = adviser.client.post(f"/api/reviews/{review}/comments", json={"at": 1, "text": "More."})
    assert code_of(refused) == (409, "already_returned")
    adviser.client.post(f"/api/reviews/{review}/reopen").raise_for_status()
    comment(adviser, review, text="Second.")
    # What was given stays, and what is new is seen with the next return.
    assert len(client_get(applicant.client, f"/api/answers/{answer}/comments")["comments"]) == 1
    adviser.client.post(f"/api/reviews/{review}/return").raise_for_status()
    assert len(client_get(applicant.client, f"/api/answers/{answer}/comments")["comments"]) == 2


def test_a_comment_lies_within_the_recording_and_has_a_limited_length(
    office: Office, applicant: SignedIn
) -> None:
    adviser = office.adviser
    review = submit(applicant, add_answer(office.service, applicant), adviser)
    path = f"/api/reviews/{review}/comments"
    for wrong in (
        {"at": -1, "text": "a"},
        {"at": 13, "text": "a"},
        {"at": 5, "end": 4, "text": "a"},
        {"at": 5, "end": 20, "text": "a"},
        {"at": 1, "text": "a" * 2001},
        {"at": 1, "text": "a", "figure": "confidence"},
    ):
        assert adviser.client.post(path, json=wrong).status_code == 422, wrong
    late = adviser.client.post(path, json={"at": 11, "text": "b" * 2000}).raise_for_status().json()
    assert late["at"] == 10
    changed = adviser.client.patch(f"{path}/{late['id']}", json={"at": 2, "end": 3, "text": "c"})
    assert (changed.json()["at"], changed.json()["end"], changed.json()["text"]) == (2, 3, "c")
    backwards = adviser.client.patch(f"{path}/{late['id']}", json={"at": 8})
    assert code_of(backwards) == (422, "invalid_request")
    adviser.client.delete(f"{path}/{late['id']}").raise_for_status()
    assert adviser.client.delete(f"{path}/{late['id']}").status_code == 404


def test_a_comment_that_is_sent_twice_is_one(office: Office, applicant: SignedIn) -> None:
    review = submit(applicant, add_answer(office.service, applicant), office.adviser)
    for _ in range(2):
        comment(office.adviser, review, id="a" * 24)
    assert len(client_get(office.adviser.client, f"/api/reviews/{review}")["comments"]) == 1


def test_a_spoken_comment_is_sound_and_nothing_else(office: Office, applicant: SignedIn) -> None:
    adviser = office.adviser
    answer = add_answer(office.service, applicant)
    review = submit(applicant, answer, adviser)
    made = comment(adviser, review, text=None)
    path = f"/api/reviews/{review}/comments/{made}/voice"
    page = adviser.client.put(
        path, content=b"<html><script>1</script>", headers={"content-type": "audio/webm"}
    )
    assert code_of(page) == (422, "not_a_voice")
    large = adviser.client.put(path, content=b"OggS" + bytes(2 * 1024 * 1024))
    assert code_of(large) == (413, "too_large")
    for begins_well in (b"\x1a\x45\xdf\xa3 webm sound", b"OggS<script>1</script>"):
        assert code_of(adviser.client.put(path, content=begins_well)) == (422, "not_a_voice")
    long = adviser.client.put(path, content=spoken_comment(seconds=301, rate=2000))
    assert code_of(long) == (413, "too_large") and "5 minutes" in long.json()["detail"]
    sound = spoken_comment()
    spoken = adviser.client.put(path, content=sound, headers={"content-type": "text/html"}).raise_for_status()
    assert spoken.json()["voice"] is True
    assert applicant.client.get(f"/api/comments/{made}/voice").status_code == 404
    adviser.client.post(f"/api/reviews/{review}/return").raise_for_status()
    for person in (applicant, adviser):
        heard = person.client.get(f"/api/comments/{made}/voice").raise_for_status()
        assert heard.content == sound
        assert heard.headers["content-type"] == "audio/wav"
        assert heard.headers["x-content-type-options"] == "nosniff"
        assert heard.headers["content-disposition"].startswith("attachment")


def test_canned_comments_are_an_advisers_own(office: Office) -> None:
    adviser, other = office.adviser, office.add("adviser", "Otto")
    made = adviser.client.post("/api/canned-comments", json={"text": "Slow down.", "figure": "pace"}).json()
    assert client_get(other.client, "/api/canned-comments") == []
    for call in (
        other.client.patch(f"/api/canned-comments/{made['id']}", json={"text": "x"}),
        other.client.delete(f"/api/canned-comments/{made['id']}"),
    ):
        assert code_of(call) == (404, "not_found")
    changed = adviser.client.patch(f"/api/canned-comments/{made['id']}", json={"text": "Pause more."})
    assert changed.json() == {"id": made["id"], "text": "Pause more.", "figure": "pace"}
    adviser.client.delete(f"/api/canned-comments/{made['id']}").raise_for_status()
    assert client_get(adviser.client, "/api/canned-comments") == []
