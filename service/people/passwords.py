"""Passwords, hashed with argon2, and what is asked of one.

Length is all that counts: no kinds of characters are required (SP 800-63B, 3.1.1.2). Refused are those that
are the person's own name or address, and those of fewer than four different letters and digits. There is no
list of common passwords, which SP 800-63B asks for too.
"""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from service.problems import Problem

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST_PASSWORD = 12
"""Characters. SP 800-63B-4 asks for 8 with a second factor and 15 without; OWASP for at least 8."""

LONGEST_PASSWORD = 256
"""Characters. SP 800-63B asks that 64 be possible; a limit keeps hashing cheap."""


class UnsuitablePassword(Problem):
    """The password is too short, or too easy to guess."""

    status, code, title = 422, "unsuitable_password", "Please choose another password"


@cache
def _hasher() -> "PasswordHash":
    from pwdlib import PasswordHash  # only where people sign in

    return PasswordHash.recommended()


@cache
def _hash_of_nothing() -> str:
    return _hasher().hash("no account has this one")


def check_password(password: str, *, email: str, name: str) -> None:
    """Checks a new password.

    Raises:
        UnsuitablePassword: with the reason.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise UnsuitablePassword(f"Use at least {SHORTEST_PASSWORD} characters. A few words are good.")
    if len(password) > LONGEST_PASSWORD:
        raise UnsuitablePassword(f"Use at most {LONGEST_PASSWORD} characters.")
    folded = _folded(password)
    own = {_folded(email), _folded(email.partition("@")[0]), _folded(name)}
    if folded in own or len(set(folded)) < 4:
        raise UnsuitablePassword("This one is easy to guess. Choose another one: a few words are good.")


def hash_password(password: str) -> str:
    """The hash that the database holds of a password."""
    return _hasher().hash(_normal(password))


def is_password(password: str, hashed: str | None) -> bool:
    """Whether this is the password. Takes the same time if there is none."""
    if hashed is None:
        _hasher().verify(_normal(password), _hash_of_nothing())
        return False
    return _hasher().verify(_normal(password), hashed)


def _normal(password: str) -> str:
    """The same bytes whichever keyboard typed it: NFKC, as SP 800-63B recommends."""
    return unicodedata.normalize("NFKC", password)


def _folded(text: str) -> str:
    return "".join(character for character in _normal(text).casefold() if character.isalnum())
