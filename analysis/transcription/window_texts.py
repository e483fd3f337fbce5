"""The text of segments, in order, with what is known of them already left as it is."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from analysis.signal.windows import Segment
from analysis.transcription.protocol import ENOUGH_FOR_LANGUAGE, Engine, WindowText
from analysis.transcription.skipped_speech import complete


def transcribe_segments(
    samples: NDArray[np.float32],
    segments: Sequence[Segment],
    engine: Engine,
    *,
    known: Sequence[WindowText] = (),
) -> Iterator[WindowText]:
    """The text of each segment, one by one as they are done, with what the recogniser first skipped.

    Args:
        samples: shape (n,), 16 kHz, of the recording as far as it goes.
        segments: in order.
        engine: the recogniser.
        known: texts of windows that were transcribed before, in the same way. They also tell the language
            of what follows them.
    """
    written = {(text.window.start, text.window.end): text for text in known}
    decisive = deciding_text(known)
    for is_written, run in groupby(segments, lambda s: (s.window.start, s.window.end) in written):
        if is_written:
            for segment in run:
                yield written[segment.window.start, segment.window.end]
            continue
        missing = list(run)
        language = None if decisive is None else decisive.language
        texts = engine.transcribe(samples, [segment.window for segment in missing], language=language)
        for segment, text in zip(missing, texts, strict=True):
            decisive = decisive or deciding_text([text])
            yield complete(text, samples, segment, engine)


def deciding_text(texts: Sequence[WindowText]) -> WindowText | None:
    """The first text long enough to tell the language of the answer; None before that."""
    return next((text for text in texts if text.window.duration >= ENOUGH_FOR_LANGUAGE), None)
