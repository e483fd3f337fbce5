"""What must be given before people can sign in: a secret key, and an address that passwords are safe on."""

from importlib.util import find_spec
from ipaddress import ip_address
from urllib.parse import urlsplit

from analysis.errors import AnalysisError
from service.settings import Settings

SHORTEST_SECRET_KEY = 32
"""Characters. With 6 random bits or more in each, as many as the keys made from it have (256, and less is
still beyond guessing)."""

_PACKAGES = ("argon2", "cryptography", "pwdlib", "pyotp", "segno")


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
        raise AccountsNotSafeError("Accounts need more packages. Run: pip install 'greenroom[hosting]'")
    if len(settings.secret_key.get_secret_value()) < SHORTEST_SECRET_KEY:
        raise AccountsNotSafeError(
            f"Accounts need GREENROOM_SECRET_KEY, with at least {SHORTEST_SECRET_KEY} random characters. "
            "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    if settings.mail_server.get_secret_value():
        _check_mail(settings)
    if settings.oidc_issuer:
        _check_institution(settings)
    if not settings.public_origin:
        if not is_loopback(settings.host):
            raise AccountsNotSafeError(
                "Accounts need GREENROOM_PUBLIC_ORIGIN: the address that browsers use, "
                "such as https://greenroom.example.edu."
            )
        return
    parts = urlsplit(settings.public_origin)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise AccountsNotSafeError(
            "Passwords would be sent unencrypted. Have GREENROOM_PUBLIC_ORIGIN begin with https://."
        )


def _check_institution(settings: Settings) -> None:
    parts = urlsplit(settings.oidc_issuer)
    if not parts.hostname or not (parts.scheme == "https" or is_loopback(parts.hostname)):
        raise AccountsNotSafeError("GREENROOM_OIDC_ISSUER is no address like https://login.example.edu.")
    if not settings.oidc_client_id or not settings.oidc_client_secret.get_secret_value():
        raise AccountsNotSafeError(
            "The institution's sign-in needs GREENROOM_OIDC_CLIENT_ID and GREENROOM_OIDC_CLIENT_SECRET."
        )
    if not settings.public_origin:
        raise AccountsNotSafeError("The institution's sign-in needs GREENROOM_PUBLIC_ORIGIN.")


def _check_mail(settings: Settings) -> None:
    parts = urlsplit(settings.mail_server.get_secret_value())
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise AccountsNotSafeError("GREENROOM_MAIL_SERVER is no address like smtps://user:password@host:465.")
    if "@" not in settings.mail_from:
        raise AccountsNotSafeError("Mail needs GREENROOM_MAIL_FROM: the address that it comes from.")


def is_loopback(host: str) -> bool:
    """Whether a host name or an address is of this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
