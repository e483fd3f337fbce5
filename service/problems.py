"""Errors of requests: exceptions with an HTTP status and a stable `code`.

The web page relies on the code; `detail` is one or two plain sentences for people. `service.api.problems`
converts them to responses, so that code which raises them need not know about HTTP.
"""

from collections.abc import Sequence


class Problem(Exception):  # noqa: N818 - the term of RFC 9457
    """Base class of all request errors.

    Attributes:
        status: HTTP status.
        code: stable identifier for programs, in lower case.
        title: the kind of problem; always the same for one class.
        detail: what happened in this case and what to do.
        members: additional fields of the response, for example `missing`.
        retry_after: seconds after which the same request may well work; None where it never will.
    """

    status = 400
    code = "bad_request"
    title = "This request cannot be understood"
    retry_after: int | None = None

    def __init__(self, detail: str, **members: object) -> None:
        super().__init__(self.code)
        self.detail = detail
        self.members = members


class BadRequest(Problem):
    """The address or a header cannot be read."""


class NotSignedIn(Problem):
    """The service has accounts, and the request carries no session that is still valid."""

    status = 401
    code = "not_signed_in"
    title = "You are not signed in"


class SignedInAsAnother(Problem):
    """The page belongs to a person who was signed in with this browser before somebody else was."""

    status = 401
    code = "signed_in_as_another"
    title = "Somebody else has signed in"


class NotForThisRole(Problem):
    """The person is signed in, with a role that does not include this."""

    status = 403
    code = "not_for_this_role"
    title = "Your account cannot do this"


class NotFound(Problem):
    """The resource does not exist or belongs to another person."""

    status, code, title = 404, "not_found", "There is nothing here"


class FileMissing(Problem):
    """The storage has lost a file that the database knows. What else belongs to the answer is there."""

    status, code, title = 500, "file_missing", "A file is missing"

    def __init__(self) -> None:
        super().__init__(
            "The file of this recording is missing here. Its report and its notes are safe. "
            "Please tell those who run Greenroom."
        )


class NotReady(Problem):
    """The resource will exist later."""

    status, code, title = 404, "not_ready", "Not ready yet"


class RecordingDeleted(Problem):
    """The office does not keep recordings for this long."""

    status, code, title = 410, "recording_deleted", "This recording was deleted"

    def __init__(self) -> None:
        super().__init__(
            "Your office deletes recordings after some time, and deleted this one. The report is still here."
        )


class SessionNotReady(Problem):
    """No answer of a session has a report yet. `answers` lists them with their states."""

    status, code, title = 409, "not_ready", "Not ready yet"


class InterviewNotReady(Problem):
    """No answer of an interview has a report yet. `answers` lists them with their states."""

    status, code, title = 409, "not_ready", "Not ready yet"


class InvalidRequest(Problem):
    """A field is missing or invalid."""

    status, code, title = 422, "invalid_request", "Something in this request is not right"


class EmptyFile(Problem):
    """The uploaded file has no content."""

    status, code, title = 422, "empty_file", "This file is empty"

    def __init__(self) -> None:
        super().__init__("This file is empty. Nothing was stored. Choose a recording with sound.")


class ChunkDiffers(Problem):
    """Different bytes are already stored under this number."""

    status, code, title = 409, "chunk_differs", "This part was stored before with other content"


class ChunkTooFar(Problem):
    """The number of a chunk lies far beyond the chunks that have arrived."""

    status, code, title = 422, "chunk_too_far", "This part comes too early"

    def __init__(self, largest_gap: int) -> None:
        super().__init__(
            f"Parts are numbered from 0. Send the parts before it first, all but {largest_gap} of them.",
            largest_gap=largest_gap,
        )


class MissingChunks(Problem):
    """The recording was finished before all chunks arrived. `missing` lists the numbers of the first."""

    status, code, title = 409, "missing_chunks", "Parts of the recording have not arrived"

    def __init__(self, missing: Sequence[int], count: int) -> None:
        parts = "1 part has" if count == 1 else f"{count} parts have"
        super().__init__(
            f"{parts} not arrived yet. What arrived is safe. Send the rest, then finish again.",
            missing=list(missing),
        )


class AlreadyFinished(Problem):
    """The recording is complete; nothing can be added."""

    status, code, title = 409, "already_finished", "This recording is already complete"


class WrongState(Problem):
    """The operation is not possible in the current state of the answer."""

    status, code, title = 409, "wrong_state", "This cannot be done now"


class TooLarge(Problem):
    """The request has more bytes than allowed."""

    status, code, title = 413, "too_large", "This is too large"


class RequestStalled(Problem):
    """Nothing more of the request arrived for too long."""

    status, code, title = 408, "request_stalled", "This request stood still"

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Nothing arrived for {seconds:g} seconds. Please send this again.")


class Busy(Problem):
    """Other requests and workers write so much that this one had no turn. Nothing was changed."""

    status, code, title = 503, "busy", "This machine is busy"
    retry_after = 2

    def __init__(self) -> None:
        super().__init__("Greenroom is busy right now. Nothing was changed. Please try again in a moment.")


class DiskFull(Problem):
    """The disk has no space left."""

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
    """An unexpected error of this program."""

    status, code, title = 500, "internal_error", "Something went wrong here"

    def __init__(self) -> None:
        super().__init__("Something went wrong here. What was stored is safe. Please try again.")
