"""Parses a multipart upload as it arrives, so that a large file is never held as a whole.

Frameworks write the whole body to a temporary file before they pass it on; a limit on its size would then
come too late.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from service.problems import InvalidRequest

_FIELD_BYTES = 64 * 1024
"""Largest total size of the text fields of a form."""

_HEADER_BYTES = 16 * 1024

_MOST_PARTS = 20
"""Most fields of a form, the file included: Greenroom's own have four."""


@dataclass
class _Part:
    name: str = ""
    file_name: str | None = None
    headers: dict[bytes, bytes] = field(default_factory=dict)


@dataclass
class Form:
    """The contents of a form except the file itself.

    Attributes:
        fields: text fields by name.
        file_name: the sender's name of the file; None if the form has no file.
    """

    fields: dict[str, str] = field(default_factory=dict)
    file_name: str | None = None


class _FormReader:
    """Receives the callbacks of the parser; the caller removes the file's bytes from `file_bytes`."""

    def __init__(self, file_field: str) -> None:
        self.form = Form()
        self.file_bytes = bytearray()
        self._file_field = file_field
        self._part = _Part()
        self._header_name = b""
        self._header_value = b""
        self._header_bytes = 0
        self._parts = 0
        self._field_bytes = 0
        self._values: dict[str, bytearray] = {}

    def on_part_begin(self) -> None:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise InvalidRequest(f"This form has more than {_MOST_PARTS} fields. Nothing was stored.")
        self._part = _Part()
        self._header_bytes = 0

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]
        self._count_header(end - start)

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]
        self._count_header(end - start)

    def on_header_end(self) -> None:
        self._part.headers[self._header_name.lower()] = self._header_value
        self._header_name = self._header_value = b""

    def on_headers_finished(self) -> None:
        _, options = parse_options_header(self._part.headers.get(b"content-disposition"))
        self._part.name = options.get(b"name", b"").decode(errors="replace")
        if self._part.name != self._file_field:
            self._values[self._part.name] = bytearray()
            return
        if self.form.file_name is not None:
            raise InvalidRequest("Send one file at a time.")
        self.form.file_name = options.get(b"filename", b"").decode(errors="replace")

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._part.name == self._file_field:
            self.file_bytes += data[start:end]
            return
        self._values[self._part.name] += data[start:end]
        self._field_bytes += end - start
        if self._field_bytes > _FIELD_BYTES:
            raise InvalidRequest("The text beside the file is too long.")

    def on_end(self) -> None:
        self.form.fields = {name: value.decode(errors="replace") for name, value in self._values.items()}

    def _count_header(self, more: int) -> None:
        self._header_bytes += more
        if self._header_bytes > _HEADER_BYTES:
            raise InvalidRequest("The headers of this form are too long.")


async def read_form(
    content_type: str,
    body: AsyncIterator[bytes],
    *,
    file_field: str,
    piece_bytes: int,
    take: Callable[[bytes], Awaitable[None]],
) -> Form:
    """Reads a form and passes its file on in pieces.

    Args:
        content_type: header of the request, with the boundary.
        body: body of the request, as it arrives.
        file_field: name of the file field.
        piece_bytes: size of every piece but the last.
        take: called with each piece, in order.

    Raises:
        InvalidRequest: the body is not such a form, ends early, or has no file.
    """
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise InvalidRequest(
            f"Send a form (multipart/form-data) with the recording as its field '{file_field}'."
        )
    reader = _FormReader(file_field)
    finished = False

    def on_end() -> None:
        nonlocal finished
        finished = True
        reader.on_end()

    parser = MultipartParser(
        options[b"boundary"],
        {
            "on_part_begin": reader.on_part_begin,
            "on_part_data": reader.on_part_data,
            "on_header_field": reader.on_header_field,
            "on_header_value": reader.on_header_value,
            "on_header_end": reader.on_header_end,
            "on_headers_finished": reader.on_headers_finished,
            "on_end": on_end,
        },
    )
    try:
        async for data in body:
            parser.write(data)
            while len(reader.file_bytes) >= piece_bytes:
                await take(bytes(reader.file_bytes[:piece_bytes]))
                del reader.file_bytes[:piece_bytes]
            if finished:
                # Whatever follows the end of the form is not read.
                break
        parser.finalize()
    except FormParserError as error:
        raise InvalidRequest("This form cannot be read. Nothing was stored.") from error
    if not finished:
        raise InvalidRequest("The upload broke off. Nothing was stored. Please send it again.")
    if reader.form.file_name is None:
        raise InvalidRequest(f"There is no field '{file_field}' with a file in this form.")
    if reader.file_bytes:
        await take(bytes(reader.file_bytes))
    return reader.form
