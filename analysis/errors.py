"""Errors of a recording or of this machine, with a text that tells a person what to do.

Two families: `MediaError`, the file cannot be used, and `RecogniserError`, the recogniser cannot be
loaded. Each has a stable `code`, by which the API and the page recognise it, and one plain sentence.
"""


class AnalysisError(Exception):
    """Base of every error that is shown to a person.

    Attributes:
        code: stable, lower case, for programs; for example `no_audio_track`.
        text: for people: what happened, whether their recording is safe, and what to do.
    """

    code = "analysis_failed"

    def __init__(self, text: str, *, code: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        if code is not None:
            self.code = code


class MediaError(AnalysisError):
    """The file cannot be analysed. Codes: `empty_file`, `unreadable_media`, `no_audio_track`, `too_long`,
    `unknown_codec`, `no_such_track`, `unreadable_track`, `protected_media`, `windows_media`,
    `unread_format`, `decoder_crashed`."""

    code = "unreadable_media"


class RecogniserError(AnalysisError):
    """The recogniser cannot be loaded. Codes: `model_not_found`, `model_damaged`, `no_graphics_processor`,
    `unknown_compute_type`."""

    code = "model_not_found"
