"""The person who makes a request, and the role that they have."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["local", "applicant", "adviser", "administrator"]
"""`local` is the only person of a service without accounts. Applicants and advisers have recordings of their
own; an administrator has none, and sees nobody's."""


@dataclass(frozen=True)
class Caller:
    """The person who makes a request.

    Attributes:
        person: id, by which all that they have is found.
        role: what they may do.
    """

    person: str
    role: Role
