"""What must be given before people can sign in: a secret key, and an address that passwords are safe on."""

from importlib.util import find_spec
from ipaddress import ip_address
from urllib.parse import urlsplit

from analysis.errors import AnalysisError
from service.settings import Settings

SHORTEST_SECRET_KEY = 32
"""Characters. With 6 random bits or more in each, as many as the keys made from it have (256, and less is
still beyond guessing)."""

_PACKAGES = ("argon2", "cryptography", "pwdlib", "pyotp", "segno", "zxcvbn")


class AccountsNotSafeError(AnalysisError):
    """People cannot sign in safely with these settings, so the service does not start."""

    code = "accounts_not_safe"


def check_accounts(settings: Settings) -> None:
    """Checks the settings of a service where people sign in; others need nothing.

    Raises:
        AccountsNotSafeError: with what to do.
    """
    if not settings.accounts:
        return
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        raise AccountsNotSafeError("Some parts are not here yet. Run: pip install 'greenroom[hosting]'")
    if len(settings.secret_key.get_secret_value()) < SHORTEST_SECRET_KEY:
        raise AccountsNotSafeError(
            f"Set GREENROOM_SECRET_KEY to a random text. It needs {SHORTEST_SECRET_KEY} characters or more. "
            "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    if settings.mail_server.get_secret_value():
        _check_mail(settings)
    if settings.oidc_issuer:
        _check_institution(settings)
    if not settings.public_origin:
        if not is_loopback(settings.host):
            raise AccountsNotSafeError(
                "Set GREENROOM_PUBLIC_ORIGIN to the address that people open, "
                "such as https://greenroom.example.edu."
            )
        return
    parts = urlsplit(settings.public_origin)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise AccountsNotSafeError(
            "On the way, others could read the passwords. Start GREENROOM_PUBLIC_ORIGIN with https://."
        )


def _check_institution(settings: Settings) -> None:
    parts = urlsplit(settings.oidc_issuer)
    if not parts.hostname or not (parts.scheme == "https" or is_loopback(parts.hostname)):
        raise AccountsNotSafeError("Set GREENROOM_OIDC_ISSUER to a link like https://login.example.edu.")
    if not settings.oidc_client_id or not settings.oidc_client_secret.get_secret_value():
        raise AccountsNotSafeError(
            "With GREENROOM_OIDC_ISSUER, set GREENROOM_OIDC_CLIENT_ID and GREENROOM_OIDC_CLIENT_SECRET too."
        )
    if not settings.public_origin:
        raise AccountsNotSafeError("With GREENROOM_OIDC_ISSUER, set GREENROOM_PUBLIC_ORIGIN too.")


def _check_mail(settings: Settings) -> None:
    parts = urlsplit(settings.mail_server.get_secret_value())
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise AccountsNotSafeError("Set GREENROOM_MAIL_SERVER to a link like smtps://user:password@host:465.")
    if "@" not in settings.mail_from:
        raise AccountsNotSafeError("With GREENROOM_MAIL_SERVER, set GREENROOM_MAIL_FROM too.")


def is_loopback(host: str) -> bool:
    """Whether a host name or an address is of this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
