"""Whom one can write to after an interview: the interviewers, and the coordinator."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.db.preparation_models import ScheduledInterview
from service.problems import NotFound


@dataclass(frozen=True)
class Recipient:
    """Somebody of a programme.

    Attributes:
        id: of an interviewer; None for the coordinator.
        name, role, email: None where they are not known.
    """

    id: str | None
    name: str | None
    role: str | None
    email: str | None


def recipients_of(interview: ScheduledInterview) -> Sequence[Recipient]:
    """The interviewers in their order, then the coordinator if anything is known of them."""
    people = [
        Recipient(id=each["id"], name=each.get("name"), role=each.get("role"), email=each.get("email"))
        for each in interview.interviewers
    ]
    coordinator = interview.coordinator or {}
    if coordinator.get("name") or coordinator.get("email"):
        people.append(
            Recipient(
                id=None,
                name=coordinator.get("name"),
                role="Coordinator",
                email=coordinator.get("email"),
            )
        )
    return people


def recipient_of(interview: ScheduledInterview, identifier: str | None) -> Recipient:
    """One of them.

    Args:
        identifier: id of an interviewer; None for the coordinator.

    Raises:
        NotFound: the interview has no such person.
    """
    for each in recipients_of(interview):
        if each.id == identifier:
            return each
    who = "coordinator" if identifier is None else "interviewer"
    raise NotFound(f"This interview has no such {who}. Add them to the interview first.")
