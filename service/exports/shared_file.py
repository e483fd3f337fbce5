"""An answer as one HTML file for a mentor: sound, report and transcript, and a form for comments.

It works without a connection and asks for nothing: sound, style and script lie in the file, and its policy
allows nothing else. The mentor's comments leave it as a small file, for `service.advising.imported_comments`.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from markupsafe import Markup

from analysis.report import Report
from analysis.view.remarks import RemarksView
from service.db.models import Answer
from service.exports.printed_report import STYLE, TEMPLATES, environment, report_values, source_of
from service.recordings import sound_alone
from service.recordings.peaks import Peaks

LARGEST_MEDIA = 25_000_000
"""Bytes of a recording that goes into the file as it is: what most mail services carry. A larger one becomes
sound alone."""

PAGE_BYTES = 150_000
"""The file without its recording, about."""

Inside = Literal["video", "audio", "nothing"]

_STYLE = STYLE + (TEMPLATES / "shared.css").read_text(encoding="utf-8")
_SCRIPT = (TEMPLATES / "shared.js").read_text(encoding="utf-8")

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src data:",
        "media-src data:",
        f"style-src {source_of(_STYLE)}",
        f"script-src {source_of(_SCRIPT)}",
        "base-uri 'none'",
        "form-action 'none'",
    )
)

CONTENT_SECURITY_POLICY = f"{_POLICY}; frame-ancestors 'none'"
"""For the header of the response."""


@dataclass(frozen=True)
class MediaPlan:
    """What of a recording goes into the file.

    Attributes:
        inside: what can be played.
        encoded: whether its sound is encoded again, to be smaller.
        picture_left_out: whether the recording has a picture that does not fit.
        size: bytes of the file, about.
    """

    inside: Inside
    encoded: bool
    picture_left_out: bool
    size: int

    @property
    def words(self) -> str:
        """What the file will be, for the person who makes it."""
        size = f"One file, about {max(1, round(self.size / 1_000_000)):,} MB."
        if self.inside == "nothing":
            return f"{size} The recording is not in it."
        if self.picture_left_out:
            return f"{size} The picture is too large for it, so only the sound is in it."
        return f"{size} It holds the {'picture and the ' if self.inside == 'video' else ''}sound."


def plan_media(answer: Answer, size: int | None) -> MediaPlan:
    """Decides what of a recording goes into the file.

    Args:
        answer: its row.
        size: bytes of its playable copy; None where there is none.
    """
    if size is None or answer.media_type is None:
        return MediaPlan("nothing", encoded=False, picture_left_out=False, size=PAGE_BYTES)
    has_picture = answer.media_type.startswith("video/")
    encoded = size > LARGEST_MEDIA
    if encoded:
        size = round((answer.duration or 0.0) * sound_alone.BYTES_A_SECOND)
    return MediaPlan(
        "video" if has_picture and not encoded else "audio",
        encoded=encoded,
        picture_left_out=has_picture and encoded,
        size=PAGE_BYTES + _in_base64(size),
    )


def _in_base64(size: int) -> int:
    return -(-size // 3) * 4


@dataclass(frozen=True)
class Media:
    """What can be played in the file.

    Attributes:
        content: the bytes.
        media_type: of them.
    """

    content: bytes
    media_type: str

    @property
    def address(self) -> Markup:
        """As an address that holds the content itself; needs no escaping."""
        media_type, _, _ = self.media_type.partition(";")
        encoded = base64.b64encode(self.content).decode()
        return Markup("data:{};base64,").format(media_type) + Markup(encoded)


def shared_page(
    report: Report,
    answer: Answer,
    peaks: Peaks | None,
    *,
    now: datetime,
    previous: Report | None,
    remarks: RemarksView | None,
    plan: MediaPlan,
    media: Media | None,
    share: str,
) -> str:
    """The whole file.

    Args:
        report, answer, peaks, now, previous, remarks: as for `service.exports.printed_report.report_page`.
        plan: what goes into it.
        media: what can be played; None for nothing.
        share: 24 hexadecimal digits by chance, which identify this file.
    """
    values = report_values(report, answer, peaks, now=now, previous=previous, remarks=remarks)
    return environment.get_template("shared.html").render(
        style=Markup(_STYLE),
        policy=_POLICY,
        script=Markup(_SCRIPT),
        answer=answer,
        plan=plan,
        media=media,
        share=share,
        **values,
    )
