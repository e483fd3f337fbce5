"""Applies the person's corrections to the results of the analysis.

A correction applies to a stretch of time, not to words by index: another transcription of the same recording
may have other words there. Corrections are applied where the results of all stages come together
(`analysis.build_report`), so that every figure reflects them and the stored results stay unchanged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.filled_pauses.detector import FilledPause
from analysis.report import Correction, Filler, FillerKind, Span, SpokenSpan, Transcript, Word
from analysis.signal.answer_span import clip, merge, without
from analysis.signal.voice_activity import Activity
from analysis.text.sentences import split_sentences
from analysis.text.words import bare, is_filled_pause
from analysis.transcription.protocol import Transcription

CERTAIN = 1.0
"""Probability of what the person entered."""

_EXTENDS_WITHIN = 5.0
"""Seconds from the answer's end within which a filler that the person heard still belongs to it."""


def corrected_transcription(transcription: Transcription, corrections: Sequence[Correction]) -> Transcription:
    """The transcription with the corrected words.

    Every word whose midpoint lies in a corrected stretch is replaced by the correction's words, spread over
    the stretch in proportion to their length. A filled pause among them is certain.
    """
    replaced = [correction for correction in corrections if correction.kind == "words"]
    if not replaced:
        return transcription
    language = transcription.transcript.language
    written = [word for correction in replaced for word in _words_of(correction, language)]
    kept = [word for word in transcription.transcript.words if not _within_any(word, replaced)]
    words = tuple(sorted((*kept, *written), key=lambda word: (word.start, word.end)))
    return replace(
        transcription,
        transcript=Transcript(transcription.transcript.language, words, split_sentences(words)),
        filled_pauses=_corrected_filled_pauses(transcription.filled_pauses, replaced, written),
    )


def corrected_activity(activity: Activity, corrections: Sequence[Correction]) -> Activity:
    """Speech and silence with the filled pauses that the person heard counted as speech."""
    reported = [
        Span(correction.start, min(correction.end, activity.duration))
        for correction in corrections
        if correction.kind == "filler" and is_filled_pause(correction.text)
    ]
    if not reported:
        return activity
    silences = [piece for silence in activity.silences for piece in without(silence, merge(reported))]
    return replace(activity, silences=tuple(silences), speech=merge([*activity.speech, *reported]))


def corrected_span(span: SpokenSpan, corrections: Sequence[Correction], duration: float) -> SpokenSpan:
    """The spoken span, extended to added filled pauses near its ends; a marked one stays unchanged."""
    if span.source == "person":
        return span
    near = [
        correction
        for correction in corrections
        if correction.kind == "filler"
        and is_filled_pause(correction.text)
        and correction.end > span.start - _EXTENDS_WITHIN
        and correction.start < span.end + _EXTENDS_WITHIN
    ]
    start = min([span.start, *(correction.start for correction in near)])
    end = max([span.end, *(min(correction.end, duration) for correction in near)])
    return replace(span, start=start, end=end)


def corrected_fillers(
    fillers: Sequence[Filler], corrections: Sequence[Correction], span: SpokenSpan
) -> tuple[Filler, ...]:
    """Fillers as the person heard them, in order of time.

    One that the person rejected stays in the list as `not_filler`. One that they reported is confirmed if
    one of its kind was found there, and added if not.
    """
    none = [correction for correction in corrections if correction.kind == "not_filler"]
    found = [
        replace(filler, state="not_filler", confidence=0.0) if _within_any(filler, none) else filler
        for filler in fillers
    ]
    for correction in corrections:
        if correction.kind != "filler" or clip(Span(correction.start, correction.end), span) is None:
            continue
        there = [
            index
            for index, filler in enumerate(found)
            if filler.kind == filler_kind(correction.text) and _within(filler, correction)
        ]
        if there:
            for index in there:
                found[index] = replace(found[index], state="filler", confidence=CERTAIN)
        else:
            found.append(_added(correction))
    return tuple(sorted(found, key=lambda filler: filler.start))


def filler_kind(text: str) -> FillerKind:
    """The kind of filler that a text is: a hesitation sound, or words."""
    return "filled_pause" if is_filled_pause(text) else "discourse_marker"


def _added(correction: Correction) -> Filler:
    return Filler(
        text=bare(correction.text),
        start=correction.start,
        end=correction.end,
        kind=filler_kind(correction.text),
        source="person",
        state="filler",
        confidence=CERTAIN,
    )


def _words_of(correction: Correction, language: str) -> Iterator[Word]:
    """A correction's words, each as long as its share of the letters."""
    texts = correction.text.split()
    letters = sum(len(text) for text in texts)
    seconds = correction.end - correction.start
    done = 0
    for text in texts:
        start = correction.start + seconds * done / letters
        done += len(text)
        end = correction.start + seconds * done / letters
        yield Word(text, round(start, 3), round(end, 3), CERTAIN, language)


def _corrected_filled_pauses(
    weighed: Sequence[FilledPause] | None, replaced: Sequence[Correction], written: Sequence[Word]
) -> tuple[FilledPause, ...] | None:
    """Possible filled pauses: those of replaced words are removed, those among the new words added."""
    if weighed is None:
        return None
    reported = [
        FilledPause(bare(word.text), word.start, word.end, "person", CERTAIN)
        for word in written
        if is_filled_pause(word.text, word.language)
    ]
    kept = [
        filled
        for filled in weighed
        if not (filled.source == "transcribed" and _within_any(filled, replaced))
        and not any(filled.start < other.end and other.start < filled.end for other in reported)
    ]
    return tuple(sorted((*kept, *reported), key=lambda filled: filled.start))


def _within(thing: Word | Filler | FilledPause, correction: Correction) -> bool:
    return correction.start <= (thing.start + thing.end) / 2 <= correction.end


def _within_any(thing: Word | Filler | FilledPause, corrections: Sequence[Correction]) -> bool:
    return any(_within(thing, correction) for correction in corrections)
