"""The second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes.

The secret is stored encrypted, and recovery codes as an HMAC. Both keys are derived from the service's
secret key, which is not in the database: whoever reads a copy of the database learns neither.
"""

import base64
import hashlib
import hmac
import os
import secrets
from datetime import datetime
from io import BytesIO

from service.db.account_models import Account

STEP_SECONDS = 30
"""How long a code is shown: what authenticator apps assume."""

DRIFT_STEPS = 1
"""Codes before and after the present one that are taken too, as RFC 6238 (5.2) recommends."""

RECOVERY_CODES = 10
_RECOVERY_LETTERS = "abcdefghjkmnpqrstvwxyz23456789"
"""Without letters and digits that look alike."""
_RECOVERY_LENGTH = 12
"""Characters: 59 random bits, three times those that SP 800-63B (3.1.2) asks of one."""
_NONCE_BYTES = 12
_ISSUER = "Greenroom"


class SecondFactors:
    """Makes and checks second factors.

    Args:
        secret_key: the secret of the service, which all its machines share.
    """

    def __init__(self, secret_key: str) -> None:
        self._secret_key = secret_key.encode()

    def propose(self, account: Account) -> str:
        """Gives an account a new secret, which counts once a code of it was entered; returns it in base32."""
        import pyotp  # only where people sign in

        secret = pyotp.random_base32()
        account.second_factor = self._encrypt(secret, account.person_id)
        account.second_factor_since = None
        account.second_factor_step = None
        return secret

    def confirm(self, account: Account, code: str, now: datetime) -> list[str] | None:
        """Turns the proposed second factor on if the code is one of it.

        Returns:
            New recovery codes, which are not shown again; None if the code is wrong.
        """
        if account.second_factor is None or not self._takes_code(account, code, now):
            return None
        codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
        account.recovery_codes = [self._recovery_hash(each, account.person_id) for each in codes]
        account.second_factor_since = now
        return codes

    def takes(self, account: Account, code: str, now: datetime) -> bool:
        """Whether a code is right; then it is used up. Call it with the account locked."""
        if self._takes_code(account, code, now):
            return True
        hashed = self._recovery_hash(code, account.person_id)
        left = [each for each in account.recovery_codes if not hmac.compare_digest(each, hashed)]
        if len(left) == len(account.recovery_codes):
            return False
        account.recovery_codes = left
        return True

    def _takes_code(self, account: Account, code: str, now: datetime) -> bool:
        import pyotp

        if account.second_factor is None:
            return False
        generator = pyotp.TOTP(self._decrypt(account.second_factor, account.person_id), interval=STEP_SECONDS)
        present = int(now.timestamp()) // STEP_SECONDS
        typed = "".join(code.split())
        for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
            used = account.second_factor_step is not None and step <= account.second_factor_step
            if not used and hmac.compare_digest(generator.generate_otp(step).encode(), typed.encode()):
                account.second_factor_step = step
                return True
        return False

    def _encrypt(self, secret: str, person: str) -> str:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE_BYTES)
        # Bound to the person: it cannot be moved to another account.
        encrypted = AESGCM(self._key("second factor")).encrypt(nonce, secret.encode(), person.encode())
        return base64.b64encode(nonce + encrypted).decode()

    def _decrypt(self, stored: str, person: str) -> str:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        content = base64.b64decode(stored)
        nonce, encrypted = content[:_NONCE_BYTES], content[_NONCE_BYTES:]
        return AESGCM(self._key("second factor")).decrypt(nonce, encrypted, person.encode()).decode()

    def _recovery_hash(self, code: str, person: str) -> str:
        typed = "".join(character for character in code.lower() if character.isalnum())
        content = f"{person}:{typed}".encode()
        return hmac.new(self._key("recovery codes"), content, hashlib.sha256).hexdigest()

    def _key(self, use: str) -> bytes:
        """256 bits for one use, derived as by HKDF-Expand (RFC 5869) with a single block."""
        return hmac.new(self._secret_key, f"greenroom {use}".encode() + b"\x01", hashlib.sha256).digest()


def turn_off(account: Account) -> None:
    """Removes the second factor with its recovery codes."""
    account.second_factor = None
    account.second_factor_since = None
    account.second_factor_step = None
    account.recovery_codes = []


def address_of(secret: str, email: str) -> str:
    """The otpauth address that an authenticator app reads."""
    import pyotp

    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=email, issuer_name=_ISSUER)


def picture_of(address: str) -> str:
    """The QR code of an address, as SVG."""
    import segno

    picture = BytesIO()
    segno.make(address, micro=False).save(
        picture, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return picture.getvalue().decode()


def _recovery_code() -> str:
    letters = "".join(secrets.choice(_RECOVERY_LETTERS) for _ in range(_RECOVERY_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, _RECOVERY_LENGTH, 4))
