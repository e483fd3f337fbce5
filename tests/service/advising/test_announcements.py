"""What the event streams of applicants and advisers tell."""

from datetime import timedelta

from sqlalchemy import func, select, update

from service.advising import announcements
from service.db import models
from service.db.advising_models import AdvisingChange
from service.events.news import news_after
from tests.service.advising.office import Office, add_answer, comment, submit
from tests.service.signed_in import SignedIn


def told(office: Office, person: SignedIn) -> list[tuple[str, str]]:
    """Kind and subject of all advising events of a person."""
    news = news_after(office.service.database, person.person, 0)
    found = [each.event.raw_data or "" for each in news.events if each.event.event == "advising"]
    events = [announcements.AdvisingEvent.model_validate_json(each) for each in found]
    return [(event.kind, event.id) for event in events]


def test_both_sides_are_told(office: Office, applicant: SignedIn) -> None:
    answer = add_answer(office.service, applicant)
    review = submit(applicant, answer, office.adviser)
    made = comment(office.adviser, review)
    # The applicant is not told of what they cannot see yet.
    assert told(office, applicant) == told(office, office.adviser) == [("submission", review)]
    office.adviser.client.post(f"/api/reviews/{review}/return").raise_for_status()
    applicant.client.post(f"/api/comments/{made}/replies", json={"text": "a"}).raise_for_status()
    applicant.client.delete(f"/api/submissions/{review}").raise_for_status()
    expected = [(kind, review) for kind in ("submission", "returned", "comment", "revoked")]
    assert told(office, applicant) == told(office, office.adviser) == expected
    # An adviser who may not see the answer any more hears no more of it.
    applicant.client.put(f"/api/comments/{made}/done").raise_for_status()
    assert told(office, office.adviser) == expected


def test_a_deleted_answer_is_told_to_its_advisers(office: Office, applicant: SignedIn) -> None:
    answer = add_answer(office.service, applicant)
    review = submit(applicant, answer, office.adviser)
    applicant.client.delete(f"/api/answers/{answer}").raise_for_status()
    assert told(office, office.adviser)[-1] == ("revoked", review)


def test_old_events_are_forgotten_and_a_page_that_missed_them_is_told(
    office: Office, applicant: SignedIn
) -> None:
    answer = add_answer(office.service, applicant)
    submit(applicant, answer, office.adviser)
    with office.service.database.writing() as session:
        session.execute(update(AdvisingChange).values(changed_at=models.now() - timedelta(days=2)))
    assert news_after(office.service.database, office.adviser.person, 0).complete
    submit(applicant, add_answer(office.service, applicant), office.adviser)
    with office.service.database.reading() as session:
        mine = AdvisingChange.person_id == office.adviser.person
        assert session.scalar(select(func.count()).where(mine)) == 1
    assert not news_after(office.service.database, office.adviser.person, 0).complete
