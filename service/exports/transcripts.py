"""A transcript as plain text and as subtitles."""

from analysis.report import Transcript, Word
from analysis.text.spacing import is_joined, running

_CUE_WORDS = 12
"""Most words of one subtitle: about two lines."""

_CUE_SECONDS = 6.0
"""Longest duration of one subtitle, in seconds."""

_PARAGRAPH_PAUSE = 1.0
"""Shortest pause, in seconds, after which the text continues on a new line: a long pause."""


def as_text(transcript: Transcript) -> str:
    """The words as text, with a new line after each long pause."""
    lines: list[list[Word]] = []
    for word in transcript.words:
        before = lines[-1][-1] if lines else None
        if before is None or (
            word.start - before.end >= _PARAGRAPH_PAUSE and not is_joined(before.text, word.text)
        ):
            lines.append([])
        lines[-1].append(word)
    return "".join(_text(line) + "\n" for line in lines)


def as_srt(transcript: Transcript) -> str:
    """SubRip subtitles."""
    cues: list[list[Word]] = []
    for word in transcript.words:
        if not cues or _cue_is_over(cues[-1], word):
            cues.append([])
        cues[-1].append(word)
    return "\n".join(
        f"{number}\n{_srt_time(cue[0].start)} --> {_srt_time(cue[-1].end)}\n{_text(cue)}\n"
        for number, cue in enumerate(cues, start=1)
    )


def _text(words: list[Word]) -> str:
    return running(word.text for word in words)


def _cue_is_over(cue: list[Word], following: Word) -> bool:
    return not is_joined(cue[-1].text, following.text) and (
        len(cue) >= _CUE_WORDS
        or following.end - cue[0].start > _CUE_SECONDS
        or cue[-1].text.endswith((".", "?", "!"))
    )


def _srt_time(seconds: float) -> str:
    milliseconds = round(max(0.0, seconds) * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d},{rest % 1000:03d}"
