"""Random tokens for cookies and links. The database holds only their SHA-256.

A token has 256 random bits, so that its hash needs neither salt nor work: it cannot be guessed.
"""

import hashlib
import secrets

TOKEN_BYTES = 32
"""256 bits. OWASP's Session Management Cheat Sheet asks for at least 64."""


def new_token() -> str:
    """A token that is valid in a cookie and in a URL."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """What the database holds of a token."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
