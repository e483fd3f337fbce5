"""Texts that only this service can read and make: encrypted and authenticated with AES-GCM.

The keys are derived from the service's secret key, one for each use, so that nothing that was sealed for one
use can be opened as another.
"""

import base64
import binascii
import hashlib
import hmac
import os

_NONCE_BYTES = 12
"""96 bits, what AES-GCM is made for (NIST SP 800-38D)."""


def derived_key(secret_key: str, use: str) -> bytes:
    """256 bits for one use, derived as by HKDF-Expand (RFC 5869) with a single block."""
    return hmac.new(secret_key.encode(), f"greenroom {use}".encode() + b"\x01", hashlib.sha256).digest()


class Seal:
    """Seals and opens texts.

    Args:
        secret_key: the secret of the service, which all its machines share.
        use: what for; what was sealed for another use cannot be opened.
    """

    def __init__(self, secret_key: str, use: str) -> None:
        self._key = derived_key(secret_key, use)

    def close(self, text: str, *, bound_to: str = "") -> str:
        """The sealed text, which is valid in a cookie. It opens only with the same `bound_to`."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # only where people sign in

        nonce = os.urandom(_NONCE_BYTES)
        encrypted = AESGCM(self._key).encrypt(nonce, text.encode(), bound_to.encode())
        return base64.urlsafe_b64encode(nonce + encrypted).decode()

    def open(self, sealed: str, *, bound_to: str = "") -> str | None:
        """The text, or None if it was not sealed here for this."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            content = base64.urlsafe_b64decode(sealed.encode())
            nonce, encrypted = content[:_NONCE_BYTES], content[_NONCE_BYTES:]
            return AESGCM(self._key).decrypt(nonce, encrypted, bound_to.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError):
            return None
