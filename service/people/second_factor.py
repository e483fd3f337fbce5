"""The second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes.

The secret is stored encrypted, and recovery codes as an HMAC. Both keys are derived from the service's
secret key, which is not in the database: whoever reads a copy of the database learns neither.
"""

import hashlib
import hmac
import secrets
from datetime import datetime
from io import BytesIO

from sqlalchemy.orm import Session

from service.db.account_models import Account
from service.db.clock import database_now
from service.people import log
from service.people.notices import NoticeKind, add_notice
from service.people.sealing import Seal, derived_key
from service.people.sign_in_sessions import end_sessions

STEP_SECONDS = 30
"""How long a code is shown: what authenticator apps assume."""

DRIFT_STEPS = 1
"""Codes before and after the present one that are taken too, as RFC 6238 (5.2) recommends."""

RECOVERY_CODES = 10
_RECOVERY_LETTERS = "abcdefghjkmnpqrstvwxyz23456789"
"""Without letters and digits that look alike."""
_RECOVERY_LENGTH = 12
"""Characters: 59 random bits, three times those that SP 800-63B (3.1.2) asks of one."""
_ISSUER = "Greenroom"


class SecondFactors:
    """Makes and checks second factors.

    Args:
        secret_key: the secret of the service, which all its machines share.
    """

    def __init__(self, secret_key: str) -> None:
        self._seal = Seal(secret_key, "second factor")
        self._recovery_key = derived_key(secret_key, "recovery codes")

    def propose(self, account: Account) -> str:
        """Gives an account a new secret, which counts once a code of it was entered; returns it in base32."""
        import pyotp  # only where people sign in

        secret = pyotp.random_base32()
        # Bound to the person: it cannot be moved to another account.
        account.second_factor = self._seal.close(secret, bound_to=account.person_id)
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
        secret = self._seal.open(account.second_factor, bound_to=account.person_id)
        if secret is None:
            # The service has another secret key than before. A recovery code would not work either.
            return False
        generator = pyotp.TOTP(secret, interval=STEP_SECONDS)
        present = int(now.timestamp()) // STEP_SECONDS
        typed = "".join(code.split())
        for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
            used = account.second_factor_step is not None and step <= account.second_factor_step
            if not used and hmac.compare_digest(generator.generate_otp(step).encode(), typed.encode()):
                account.second_factor_step = step
                return True
        return False

    def _recovery_hash(self, code: str, person: str) -> str:
        typed = "".join(character for character in code.lower() if character.isalnum())
        content = f"{person}:{typed}".encode()
        return hmac.new(self._recovery_key, content, hashlib.sha256).hexdigest()


def turn_off(account: Account) -> None:
    """Removes the second factor with its recovery codes."""
    account.second_factor = None
    account.second_factor_since = None
    account.second_factor_step = None
    account.recovery_codes = []


def remove_second_factor(session: Session, account: Account) -> None:
    """Turns the second factor off for a person who can give no code, and ends all their sign-in sessions.

    Only for whoever has the machine itself: neither a reset nor an administrator can do it from the pages.

    Args:
        session: of `Database.writing`.
        account: locked.
    """
    turn_off(account)
    end_sessions(session, account.person_id)
    add_notice(account, NoticeKind.SECOND_FACTOR_REMOVED, database_now(session))
    log.record(session, actor=None, action="second_factor_removed", subject=account.person_id)


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
