"""People with an account join further cohorts; what ended when they left stays ended."""

from tests.service.advising.office import Office, add_answer, client_get, code_of, submit
from tests.service.signed_in import sign_in_as


def join(office: Office, email: str) -> None:
    path = f"/api/cohorts/{office.cohort}/members"
    office.adviser.client.post(path, json={"email": email}).raise_for_status()


def test_a_second_adviser_is_added_and_can_be_named(office: Office) -> None:
    applicant = office.add("applicant", "Ben Applicant")
    second = sign_in_as(office.service, "adviser", "Bea Adviser")
    join(office, " Bea.Adviser@example.org ")
    names = [each["name"] for each in client_get(applicant.client, "/api/advisers")]
    assert names == ["Ada Adviser", "Bea Adviser"]
    submit(applicant, add_answer(office.service, applicant), second)
    assert len(client_get(second.client, "/api/reviews")) == 1


def test_only_applicants_and_advisers_with_an_account_can_be_added(office: Office) -> None:
    sign_in_as(office.service, "administrator", "Cleo Office")
    path = f"/api/cohorts/{office.cohort}/members"
    for email in ("nobody@example.org", "cleo.office@example.org"):
        assert code_of(office.adviser.client.post(path, json={"email": email})) == (404, "not_found")
    other = sign_in_as(office.service, "adviser", "Bea Adviser")
    assert code_of(other.client.post(path, json={"email": "bea.adviser@example.org"})) == (404, "not_found")


def test_joining_again_brings_no_submission_back(office: Office) -> None:
    applicant = office.add("applicant", "Ben Applicant")
    review = submit(applicant, add_answer(office.service, applicant), office.adviser)
    office.adviser.client.delete(
        f"/api/cohorts/{office.cohort}/members/{applicant.person}"
    ).raise_for_status()
    assert code_of(office.adviser.client.get(f"/api/reviews/{review}")) == (404, "not_found")
    join(office, "ben.applicant@example.org")
    assert code_of(office.adviser.client.get(f"/api/reviews/{review}")) == (404, "not_found")
    assert client_get(office.adviser.client, "/api/reviews") == []
    # A new one is seen.
    submit(applicant, add_answer(office.service, applicant), office.adviser)
    assert len(client_get(office.adviser.client, "/api/reviews")) == 1
