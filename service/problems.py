"""What can go wrong with a request, each kind an exception that knows its status and its stable `code`.

The page goes by the code; `detail` is one or two plain sentences for people. How they are sent is told in
`service.api.problems`: whoever refuses something need not know.
"""

from collections.abc import Sequence


class Problem(Exception):  # noqa: N818 - the term of RFC 9457
    """Base of every refusal.

    Attributes:
        status: HTTP status.
        code: stable, lower case, for programs.
        title: the kind of problem, the same every time.
        detail: what happened this time and what to do.
        members: further fields of the answer, for example `missing`.
    """

    status = 400
    code = "bad_request"
    title = "This request cannot be understood"

    def __init__(self, detail: str, **members: object) -> None:
        super().__init__(self.code)
        self.detail = detail
        self.members = members


class NotFound(Problem):
    """There is no such thing, or it is not this person's."""

    status, code, title = 404, "not_found", "There is nothing here"


class NotReady(Problem):
    """It will be there later."""

    status, code, title = 404, "not_ready", "Not ready yet"


class SessionNotReady(Problem):
    """No answer of a session has a report yet. `answers` names them and how far each is."""

    status, code, title = 409, "not_ready", "Not ready yet"


class InvalidRequest(Problem):
    """A field is missing or wrong."""

    status, code, title = 422, "invalid_request", "Something in this request is not right"


class EmptyFile(Problem):
    """Nothing was handed in."""

    status, code, title = 422, "empty_file", "This file is empty"

    def __init__(self) -> None:
        super().__init__("This file is empty. Nothing was stored. Choose a recording with sound.")


class ChunkDiffers(Problem):
    """Other bytes are already stored under this number."""

    status, code, title = 409, "chunk_differs", "This part was stored before with other content"


class MissingChunks(Problem):
    """Finish was asked for too early. `missing` names the numbers."""

    status, code, title = 409, "missing_chunks", "Parts of the recording have not arrived"

    def __init__(self, missing: Sequence[int]) -> None:
        parts = "1 part has" if len(missing) == 1 else f"{len(missing)} parts have"
        super().__init__(
            f"{parts} not arrived yet. What arrived is safe. Send the rest, then finish again.",
            missing=list(missing),
        )


class AlreadyFinished(Problem):
    """The recording is complete; nothing can be added."""

    status, code, title = 409, "already_finished", "This recording is already complete"


class WrongState(Problem):
    """It cannot be done with this answer now."""

    status, code, title = 409, "wrong_state", "This cannot be done now"


class TooLarge(Problem):
    """More bytes than allowed."""

    status, code, title = 413, "too_large", "This is too large"


class DiskFull(Problem):
    """No room left."""

    status, code, title = 507, "disk_full", "The disk is full"

    def __init__(self) -> None:
        super().__init__(
            "There is no room left on the disk of this machine. What was stored before is safe. "
            "Free some space and try again."
        )


class ForeignHost(Problem):
    """The request was meant for another server."""

    status, code, title = 421, "foreign_host", "This address is not served here"


class ForeignOrigin(Problem):
    """Another web page tried to change something."""

    status, code, title = 403, "foreign_origin", "Another page may not do this"


class InternalError(Problem):
    """A fault of this program."""

    status, code, title = 500, "internal_error", "Something went wrong here"

    def __init__(self) -> None:
        super().__init__("Something went wrong here. What was stored is safe. Please try again.")
