"""Mail with links, by the office's own mail server. Without one, links are shown for copying."""

import logging
import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from service.people.requirements import is_loopback
from service.privacy import describe_error
from service.settings import Settings

logger = logging.getLogger(__name__)

_PATIENCE = 10.0
"""Seconds for each step with the mail server, for which a page waits."""

_PORTS = {"smtp": 587, "smtps": 465}
"""Where mail is handed in: RFC 6409, and RFC 8314 for TLS from the start."""


class Mail:
    """Sends the mail of a service.

    Args:
        settings: with `mail_server` and `mail_from`.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def send_invitation(self, *, to: str, name: str, link: str) -> bool:
        """Sends the link of an invitation. False if it was not sent: then the link has to be passed on."""
        return self._send(
            to,
            "Your invitation to Greenroom",
            f"Hello {name},\n\nyou are invited to practise interviews with Greenroom.\n"
            f"Make your account here. The link works once, for 14 days:\n\n{link}\n",
        )

    def send_reset(self, *, to: str, name: str, link: str) -> bool:
        """Sends the link of a reset. False if it was not sent: then the link has to be passed on."""
        return self._send(
            to,
            "A new password for Greenroom",
            f"Hello {name},\n\nyour office made a link with which you can set a new password.\n"
            f"It works once, for one day:\n\n{link}\n\n"
            "If you did not ask for it, tell your office. Until you use the link, your password stays.\n",
        )

    def _send(self, to: str, subject: str, text: str) -> bool:
        address = self._settings.mail_server.get_secret_value()
        if not address:
            return False
        message = EmailMessage()
        try:
            message["From"] = self._settings.mail_from
            message["To"] = to
            message["Subject"] = subject
            message.set_content(text)
            self._hand_in(address, message)
        except (OSError, ValueError, smtplib.SMTPException) as error:
            # The address and the name of a person are not for a log.
            logger.warning("mail was not sent: %s", describe_error(error))
            return False
        return True

    def _hand_in(self, address: str, message: EmailMessage) -> None:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        context = ssl.create_default_context()
        server = (
            smtplib.SMTP_SSL(host, port, timeout=_PATIENCE, context=context)
            if parts.scheme == "smtps"
            else smtplib.SMTP(host, port, timeout=_PATIENCE)
        )
        with server:
            # A link is worth as much as a password: to another machine it goes encrypted or not at all.
            if parts.scheme == "smtp" and not is_loopback(host):
                server.starttls(context=context)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)
