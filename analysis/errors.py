"""What can be wrong with a recording or with this machine, said so that a person can act on it.

Two families: `MediaError`, the file cannot be used, and `RecogniserError`, the recogniser is not
there. Each carries a stable `code` (the API and the page go by it) and one plain sentence.
"""


class AnalysisError(Exception):
    """Base of every error that a person is told about.

    Attributes:
        code: stable, lower case, for programs; for example `no_audio_track`.
        text: what happened, what is safe and what to do, for people.
    """

    code = "analysis_failed"

    def __init__(self, text: str, *, code: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        if code is not None:
            self.code = code


class MediaError(AnalysisError):
    """The file cannot be analysed. Codes: `empty_file`, `unreadable_media`, `no_audio_track`, `too_long`."""

    code = "unreadable_media"


class RecogniserError(AnalysisError):
    """The recogniser cannot be loaded. Codes: `model_not_found`, `model_damaged`."""

    code = "model_not_found"
