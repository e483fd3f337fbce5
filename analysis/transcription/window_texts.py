"""Transcribes windows in order, reusing texts that are known already."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from analysis.signal.windows import Window
from analysis.transcription.protocol import ENOUGH_FOR_LANGUAGE, Engine, WindowText
from analysis.transcription.skipped_speech import restore_skipped_speech


def transcribe_windows(
    samples: NDArray[np.float32],
    windows: Sequence[Window],
    engine: Engine,
    *,
    known: Sequence[WindowText] = (),
) -> Iterator[WindowText]:
    """Yields the text of each window as it is done, including speech that the recogniser first skipped.

    Args:
        samples: shape (n,), 16 kHz, of the recording so far.
        windows: in order.
        engine: the recogniser.
        known: texts of windows that were transcribed earlier in the same way. They also determine the
            language of the windows that follow.
    """
    written = {(text.window.start, text.window.end): text for text in known}
    decisive = deciding_text(known)
    for is_written, run in groupby(windows, lambda w: (w.span.start, w.span.end) in written):
        if is_written:
            for window in run:
                yield written[window.span.start, window.span.end]
            continue
        missing = list(run)
        language = None if decisive is None else decisive.language
        texts = engine.transcribe(samples, [window.span for window in missing], language=language)
        for window, text in zip(missing, texts, strict=True):
            decisive = decisive or deciding_text([text])
            yield restore_skipped_speech(text, samples, window, engine)


def deciding_text(texts: Sequence[WindowText]) -> WindowText | None:
    """The first text of a window long enough to determine the language; None if there is none yet."""
    return next((text for text in texts if text.window.duration >= ENOUGH_FOR_LANGUAGE), None)
