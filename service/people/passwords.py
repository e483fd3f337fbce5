"""Passwords, hashed with argon2, and what is asked of one.

No kinds of characters are required (SP 800-63B, 3.1.1.2). Refused are those that are the person's own name or
address, also with digits added, and those that lists of common passwords, names and words, patterns of keys
and repetitions lead to soon. How soon is estimated by zxcvbn (Wheeler, USENIX Security 2016).
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


FEWEST_GUESSES = 1_000_000
"""Guesses after which zxcvbn expects a password to be found. With fewer it is called very guessable."""

_LOOKED_AT = 72
"""Characters of a password that are looked at: zxcvbn takes no more, because its work grows fast."""


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
    own = {_letters(email), _letters(email.partition("@")[0]), _letters(name)}
    if _letters(password) in own or _guesses(password) < FEWEST_GUESSES:
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


def _guesses(password: str) -> float:
    from zxcvbn import zxcvbn  # large, and only where people sign in

    # Without the person's own words: it keeps those for all threads in one place.
    return float(zxcvbn(_normal(password)[:_LOOKED_AT])["guesses"])


def _letters(text: str) -> str:
    return "".join(character for character in _normal(text).casefold() if character.isalpha())
