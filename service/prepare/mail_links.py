"""Links that open a message in the person's own mail program (RFC 6068). Nothing is sent or requested."""

from urllib.parse import quote

LONGEST_LINK = 2000
"""Characters. Windows gives a program at most 2,083 characters of an address (INTERNET_MAX_URL_LENGTH), and
cuts the rest off without a word."""


def mail_link(address: str, subject: str, text: str) -> str | None:
    """A `mailto:` link; None where the message is too long for one.

    Args:
        address: of one person. Characters that would add a second one or a header are encoded.
        subject: one line.
        text: the message. Its line breaks become CR LF, as the standard asks.
    """
    lines = "\r\n".join(text.splitlines())
    # Spaces are %20: in this kind of address, a plus is a plus.
    link = f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"
    return link if len(link) <= LONGEST_LINK else None
