"""Addresses of the pages that people reach from a link they were sent."""


def invitation_link(origin: str, token: str) -> str:
    """The page on which an invited person makes their account."""
    return f"{origin}/invitations/{token}"


def reset_link(origin: str, token: str) -> str:
    """The page on which a person sets a new password."""
    return f"{origin}/reset/{token}"


def own_path(path: str | None) -> str:
    """The path if it is one of this service's pages, otherwise the first page.

    A link to the sign-in page could name another site as what to open next: `//site` and `/\\\\site` are
    addresses of other sites to a browser, which also drops tabs and line breaks.
    """
    if path is None or not path.startswith("/") or path[1:2] in {"/", "\\"} or path.startswith("/api/"):
        return "/"
    return path if path.isprintable() and " " not in path else "/"
