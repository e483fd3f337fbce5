"""Links that are mailed to the person they are for, where the office has a mail server."""

from fastapi import Request

from service.dependencies import Service
from service.people.accounts import Accounts
from service.people.links import invitation_link, reset_link
from service.people.mail import Mail


def origin_of(request: Request, service: Service) -> str:
    """The address at which browsers reach the service."""
    return service.settings.public_origin or str(request.base_url).rstrip("/")


def mail_invitation(request: Request, service: Service, *, to: str, name: str, token: str) -> bool:
    """Mails an invitation. False without a mail server, or if it did not take the mail."""
    link = invitation_link(origin_of(request, service), token)
    return Mail(service.settings).send_invitation(to=to, name=name, link=link)


def mail_reset(request: Request, service: Service, *, person: str, token: str) -> bool:
    """Mails a reset. False without a mail server, or if it did not take the mail."""
    with service.database.reading() as session:
        account = Accounts(session).get(person)
    link = reset_link(origin_of(request, service), token)
    return Mail(service.settings).send_reset(to=account.email, name=account.name, link=link)
