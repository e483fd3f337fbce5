"""Assignments: what is asked, what is enforced, and what is shown of who has submitted."""

from datetime import UTC, datetime, timedelta

from service.advising.cohorts import Cohorts
from service.advising.rubrics import rubric_file, template
from tests.analysis.cli.example_reports import usual_report
from tests.service.advising.office import Office, add_answer, client_get, code_of, comment, submit
from tests.service.signed_in import SignedIn, sign_in_as

PAST = {"date": "2020-03-01", "time": "17:00", "zone": "America/New_York"}


def test_an_assignment_is_recorded_submitted_and_returned(office: Office, applicant: SignedIn) -> None:
    due = {"date": "2031-03-03", "time": "17:00", "zone": "America/New_York"}
    assignment = office.assign(due=due, questions=[{"text": "Why here?"}, {"text": "Why now?"}])
    [listed] = client_get(applicant.client, "/api/assignments")
    assert (listed["id"], listed["state"], listed["late"]) == (assignment, "open", False)
    assert listed["due_words"] == "Monday, 3 March 2031, 10:00 PM, UTC"
    assert listed["due_zone_words"].startswith("Monday, 3 March 2031, 5:00 PM, New York time")
    answers = [
        add_answer(office.service, applicant, assignment=assignment, assignment_question=number)
        for number in (1, 2)
    ]
    overview = f"/api/cohorts/{office.cohort}/assignments/{assignment}"
    for answer, state in zip(answers, ("open", "submitted"), strict=True):
        submit(applicant, answer, office.adviser)
        assert client_get(applicant.client, f"/api/assignments/{assignment}")["state"] == state
        [row] = client_get(office.adviser.client, overview)["applicants"]
        assert (row["submitted"], row["late"], row["state"]) == (state == "submitted", False, state)
    for review in row["reviews"]:
        comment(office.adviser, review)
        office.adviser.client.post(f"/api/reviews/{review}/return").raise_for_status()
    assert client_get(applicant.client, f"/api/assignments/{assignment}")["state"] == "returned"
    # What is taken back is not submitted any more.
    applicant.client.delete(f"/api/submissions/{row['reviews'][0]}").raise_for_status()
    assert client_get(applicant.client, f"/api/assignments/{assignment}")["state"] == "open"
    [counted] = client_get(office.adviser.client, f"/api/cohorts/{office.cohort}")["assignments"]
    assert (counted["submitted"], counted["of"]) == (0, 1)


def test_a_late_submission_is_taken_and_said(office: Office, applicant: SignedIn) -> None:
    assignment = office.assign(due=PAST)
    shown = client_get(applicant.client, f"/api/assignments/{assignment}")
    assert shown["late"] and shown["late_words"] == "The due time is over. You can still submit your answer."
    answer = add_answer(office.service, applicant, assignment=assignment, assignment_question=1)
    submit(applicant, answer, office.adviser)
    assert client_get(applicant.client, f"/api/assignments/{assignment}")["late_words"] == ""
    [item] = client_get(office.adviser.client, "/api/reviews")
    assert item["late"] and item["assignment"] == "First answers"


def test_attempts_are_limited(office: Office, applicant: SignedIn) -> None:
    assignment = office.assign(attempts=2)
    body = {"source": "recording", "assignment": assignment, "assignment_question": 1}
    # A recording that never began does not count, and a request that is sent again makes no second one.
    applicant.client.post("/api/answers", json=body).raise_for_status()
    for number in range(2):
        add_answer(office.service, applicant, **body, id=f"{number}" * 24)
        left = client_get(applicant.client, f"/api/assignments/{assignment}")["attempts_left"]
        assert left == 1 - number
    applicant.client.post("/api/answers", json={**body, "id": "1" * 24}).raise_for_status()
    assert code_of(applicant.client.post("/api/answers", json=body)) == (409, "no_attempts_left")
    other = office.add("applicant", "Cleo")
    other.client.post("/api/answers", json=body).raise_for_status()


def test_an_assigned_interview_is_limited_as_a_whole(office: Office, applicant: SignedIn) -> None:
    formats = client_get(applicant.client, "/api/formats")["items"]
    chosen = next(each["id"] for each in formats if each.get("interview"))
    assignment = office.assign(kind="interview", questions=[], format_id=chosen, attempts=1)
    path = f"/api/assignments/{assignment}"
    assert client_get(applicant.client, path)["attempts_words"] == "You can do the interview once."
    first, second = (
        applicant.client.post("/api/interviews", json={"format_id": chosen, "choices": {"source": "all"}})
        .raise_for_status()
        .json()["id"]
        for _ in range(2)
    )
    body = {"source": "recording", "assignment": assignment, "part": "question"}
    assert client_get(applicant.client, path)["attempts_left"] == 1
    for number in range(2):
        # Any number of answers in one interview.
        add_answer(office.service, applicant, **body, id=f"{number}" * 24, interview=first)
        applicant.client.post("/api/answers", json={**body, "interview": first}).raise_for_status()
        assert client_get(applicant.client, path)["attempts_left"] == 0
    for other in ({**body, "interview": second}, {"source": "recording", "assignment": assignment}):
        assert code_of(applicant.client.post("/api/answers", json=other)) == (409, "no_attempts_left")


def test_an_answer_belongs_to_a_question_of_ones_own_assignments(office: Office, applicant: SignedIn) -> None:
    assignment = office.assign()
    for fields, code in (
        ({"assignment": "nothing", "assignment_question": 1}, (404, "not_found")),
        ({"assignment_question": 1}, (422, "invalid_request")),
        ({"assignment": assignment, "assignment_question": 2}, (422, "invalid_request")),
        ({"assignment": assignment}, (422, "invalid_request")),
    ):
        assert code_of(applicant.client.post("/api/answers", json=fields)) == code, fields
    stranger = sign_in_as(office.service, "applicant", "Stranger")
    body = {"assignment": assignment, "assignment_question": 1}
    assert code_of(stranger.client.post("/api/answers", json=body)) == (404, "not_found")
    assert stranger.client.get(f"/api/assignments/{assignment}").status_code == 404
    answer = add_answer(office.service, applicant)
    refused = applicant.client.post(
        f"/api/answers/{answer}/submissions",
        json={"advisers": [office.adviser.person], "assignment": assignment},
    )
    assert code_of(refused) == (422, "not_for_assignment")


def test_hidden_figures_are_hidden_wherever_the_report_is_shown(office: Office, applicant: SignedIn) -> None:
    assignment = office.assign(figures=["length", "pace"])
    answer = add_answer(
        office.service,
        applicant,
        report=usual_report(),
        assignment=assignment,
        assignment_question=1,
    )
    review = submit(applicant, answer, office.adviser)
    seen = client_get(office.adviser.client, f"/api/reviews/{review}")["view"]
    own = client_get(applicant.client, f"/api/answers/{answer}/report/view")
    for view in (seen, own):
        assert [each["figure"] for each in view["figures"]] == ["length", "pace"]
        rows = {row["name"] for group in view["groups"] for row in group["rows"]}
        assert "speaking_rate" in rows and not {"filler_rate", "long_pause_rate", "speaking_share"} & rows
        assert view["hidden_text"] == "Pauses and fillers are not shown for this assignment."
        assert not {"pauses", "fillers"} & {mark["lane"] for mark in view["timeline"]["marks"]}
        assert view["timeline"]["fillers_label"] == "Fillers: not shown"
        assert not {"no pauses", "filled pause"} & set(view["timeline"]["summary"].split(". "))
    report = client_get(applicant.client, f"/api/answers/{answer}/report")
    assert report["hidden"] == ["pauses", "fillers"] and report["fillers"] == []
    for path in ("report.html", "measures.csv"):
        text = applicant.client.get(f"/api/answers/{answer}/{path}").raise_for_status().text
        assert "Fillers per minute" not in text and "filler_rate" not in text, path
        assert ("Pauses and fillers are not shown" in text) == (path == "report.html")
    # It is shown in full where the assignment is gone.
    office.adviser.client.delete(f"/api/cohorts/{office.cohort}/assignments/{assignment}").raise_for_status()
    full = client_get(applicant.client, f"/api/answers/{answer}/report/view")
    assert len(full["figures"]) == 4 and "hidden_text" not in full


def test_the_report_waits_for_the_reflection(office: Office, applicant: SignedIn) -> None:
    assignment = office.assign(reflect_first=True)
    answer = add_answer(
        office.service,
        applicant,
        report=usual_report(),
        assignment=assignment,
        assignment_question=1,
    )
    review = submit(applicant, answer, office.adviser)
    for path in ("report", "report/view", "report.html", "measures.csv"):
        early = applicant.client.get(f"/api/answers/{answer}/{path}")
        assert code_of(early) == (409, "reflect_first"), path
    shown = client_get(applicant.client, f"/api/answers/{answer}")
    assert (shown["reflect_first"], shown["figures"], shown["summary"]) == (True, [], None)
    assert client_get(office.adviser.client, f"/api/reviews/{review}")["view"] is not None
    # To send nothing is no reflection.
    for reflection in ({"length": None}, {"length": "about_right"}):
        applicant.client.patch(f"/api/answers/{answer}", json={"reflection": reflection}).raise_for_status()
        status = applicant.client.get(f"/api/answers/{answer}/report/view").status_code
        assert status == (200 if reflection["length"] else 409)


def test_what_was_submitted_stays_when_the_assignment_changes_or_goes(
    office: Office, applicant: SignedIn
) -> None:
    assignment = office.assign(attempts=1)
    path = f"/api/cohorts/{office.cohort}/assignments/{assignment}"
    answer = add_answer(office.service, applicant, assignment=assignment, assignment_question=1)
    review = submit(applicant, answer, office.adviser)
    changed = office.adviser.client.patch(path, json={"title": "Other", "figures": ["length"]})
    assert changed.raise_for_status().json()["figures"] == ["length"]
    assert client_get(applicant.client, f"/api/answers/{answer}")["hidden_figures"] == []
    office.adviser.client.delete(path).raise_for_status()
    assert client_get(applicant.client, "/api/assignments") == []
    assert client_get(office.adviser.client, f"/api/reviews/{review}")["assignment"] == "First answers"
    assert client_get(applicant.client, f"/api/answers/{answer}")["assignment"] is None


def test_an_assignment_needs_questions_or_an_interview(office: Office) -> None:
    path = f"/api/cohorts/{office.cohort}/assignments"
    for wrong in (
        {"title": "A"},
        {"title": "A", "questions": [{}]},
        {"title": "A", "questions": [{"question_id": "no-such"}]},
        {"title": "A", "kind": "interview"},
        {"title": "A", "kind": "interview", "format_id": "no-such"},
        {"title": "A", "questions": [{"text": "B"}], "due": {**PAST, "zone": "Moon/Crater"}},
        {"title": "A", "questions": [{"text": "B"}], "attempts": 0},
        {"title": "A", "questions": [{"text": "B"}], "figures": ["accent"]},
    ):
        assert office.adviser.client.post(path, json=wrong).status_code == 422, wrong
    unknown = {"title": "A", "questions": [{"text": "B"}], "rubric": "0" * 24}
    assert office.adviser.client.post(path, json=unknown).status_code == 404


def test_an_interview_counts_as_submitted_with_its_first_answer(office: Office, applicant: SignedIn) -> None:
    formats = client_get(applicant.client, "/api/formats")["items"]
    interview = next(each["id"] for each in formats if each.get("interview"))
    assignment = office.assign(kind="interview", questions=[], format_id=interview)
    answer = add_answer(office.service, applicant, assignment=assignment)
    shown = client_get(applicant.client, f"/api/assignments/{assignment}")
    assert [each["id"] for each in shown["answers"]] == [answer] and shown["state"] == "open"
    submit(applicant, answer, office.adviser)
    assert client_get(applicant.client, f"/api/assignments/{assignment}")["state"] == "submitted"


def test_a_cohort_is_seen_by_its_advisers_alone_and_sorted_by_name(office: Office) -> None:
    for name in ("Zoe", "Ann", "Moe"):
        office.add("applicant", name)
    assignment = office.assign()
    shown = client_get(office.adviser.client, f"/api/cohorts/{office.cohort}/assignments/{assignment}")
    assert [each["name"] for each in shown["applicants"]] == ["Ann", "Moe", "Zoe"]
    assert set(shown["applicants"][0]) == {
        "person",
        "name",
        "submitted",
        "submitted_words",
        "late",
        "reviews",
        "state",
    }
    other = sign_in_as(office.service, "adviser", "Other")
    path = f"/api/cohorts/{office.cohort}"
    for refused in (
        other.client.get(path),
        other.client.patch(path, json={"name": "B"}),
        other.client.delete(path),
        other.client.post(f"{path}/invitations", json={"email": "a@example.org", "name": "A"}),
        other.client.delete(f"{path}/members/{office.adviser.person}"),
        other.client.get(f"{path}/assignments/{assignment}"),
        other.client.delete(f"{path}/assignments/{assignment}"),
    ):
        assert refused.status_code == 404, refused.request.url
    alone = office.adviser.client.delete(f"{path}/members/{office.adviser.person}")
    assert code_of(alone) == (409, "wrong_state")


def test_an_invited_applicant_joins_the_cohort(office: Office) -> None:
    made = office.adviser.client.post(
        f"/api/cohorts/{office.cohort}/invitations", json={"email": "dee@example.org", "name": "Dee"}
    )
    link = made.raise_for_status().json()["link"]
    shown = client_get(office.adviser.client, f"/api/cohorts/{office.cohort}")
    assert [each["email"] for each in shown["invitations"]] == ["dee@example.org"]
    token = link.rpartition("/")[2]
    body = {"name": "Dee", "password": "eleven wombats sing", "time_zone": "Africa/Lagos"}
    office.adviser.client.post(f"/api/invitations/{token}", json=body).raise_for_status()
    with office.service.database.reading() as session:
        after = Cohorts(session, office.adviser.person, datetime.now(UTC)).get(office.cohort)
    assert [each.name for each in after.members] == ["Ada Adviser", "Dee"] and after.invitations == []


def test_a_criterion_that_judges_a_person_is_refused(office: Office) -> None:
    levels = ["a", "b", "c", "d", "e"]
    for name in ("Confidence", "Sounds nervous", "Clear accent", "Shows emotion", "Eye contact"):
        new = {"name": "Ours", "criteria": [{"name": name, "levels": levels}]}
        refused = office.adviser.client.post("/api/rubrics", json=new)
        assert code_of(refused) == (422, "not_judged_here"), name
        in_levels = {"name": "Ours", "criteria": [{"name": "Fine", "levels": [*levels[:4], name]}]}
        assert office.adviser.client.post("/api/rubrics", json=in_levels).status_code == 422, name


def test_rubrics_are_an_advisers_own_and_a_result_keeps_its_words(
    office: Office, applicant: SignedIn
) -> None:
    assert all(
        not pattern.search(each.name) for each in template().criteria for _, pattern in rubric_file().refused
    )
    other = office.add("adviser", "Otto")
    new = {"name": "Ours", "criteria": [{"name": "Looks back on the day", "levels": list("abcde")}]}
    rubric = office.adviser.client.post("/api/rubrics", json=new).raise_for_status().json()
    assert [each["id"] for each in client_get(other.client, "/api/rubrics")] == ["template"]
    assert other.client.patch(f"/api/rubrics/{rubric['id']}", json={"name": "B"}).status_code == 404
    assert other.client.delete(f"/api/rubrics/{rubric['id']}").status_code == 404
    assert code_of(other.client.delete("/api/rubrics/template")) == (409, "wrong_state")

    answer = add_answer(office.service, applicant)
    review = submit(applicant, answer, office.adviser, other)
    [criterion] = rubric["criteria"]
    path = f"/api/reviews/{review}/rubric"
    body = {"rubric": rubric["id"], "scores": {criterion["id"]: 2}}
    assert other.client.put(path, json=body).status_code == 404
    office.adviser.client.put(path, json=body).raise_for_status()
    for wrong in ({criterion["id"]: 6}, {criterion["id"]: 0}, {"other": 1}):
        assert office.adviser.client.put(path, json={**body, "scores": wrong}).status_code == 422, wrong
    office.adviser.client.delete(f"/api/rubrics/{rubric['id']}").raise_for_status()
    office.adviser.client.post(f"/api/reviews/{review}/return").raise_for_status()
    [given] = client_get(applicant.client, f"/api/answers/{answer}/comments")["rubrics"]
    assert given["criteria"] == [{"name": "Looks back on the day", "score": 2, "words": "b"}]


def test_a_comment_on_a_take_is_beside_the_next_one(office: Office, applicant: SignedIn) -> None:
    first = add_answer(office.service, applicant, report=usual_report(), question="Why medicine?")
    review = submit(applicant, first, office.adviser)
    comment(office.adviser, review, 1.0, figure="pace", text="Slower.")
    comment(office.adviser, review, 2.0, text="A clear end.")
    office.adviser.client.post(f"/api/reviews/{review}/return").raise_for_status()
    assert client_get(applicant.client, f"/api/answers/{first}/comments")["earlier"] == []
    second = add_answer(office.service, applicant, report=usual_report(), question="Why medicine?")
    of_pace, other = client_get(applicant.client, f"/api/answers/{second}/comments")["earlier"]
    assert of_pace["take"] == 1 and of_pace["comment"]["text"] == "Slower."
    assert of_pace["then_words"].startswith("Pace: ") and of_pace["then_words"].endswith("words a minute")
    assert "words a minute now." in of_pace["now_words"]
    assert of_pace["now_words"].endswith("The two ranges overlap, so there may be no change at all.")
    assert (other["then_words"], other["now_words"]) == ("", "")


def test_soon_is_not_late(office: Office, applicant: SignedIn) -> None:
    soon = datetime.now(UTC) + timedelta(hours=1)
    due = {"date": soon.date().isoformat(), "time": soon.strftime("%H:%M"), "zone": "UTC"}
    assignment = office.assign(due=due)
    assert client_get(applicant.client, f"/api/assignments/{assignment}")["late_words"] == ""
