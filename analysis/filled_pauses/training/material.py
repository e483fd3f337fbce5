"""Training material: labelled speech, and answers assembled from it and from synthesised pieces.

The `keys` of an item name the voices in it: speakers, synthesised voices, filler recordings and the speakers
of the clips from which these were cut. The detector used to judge a fold was trained on none of the fold's
keys.
"""

import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import librosa
import numpy as np

from analysis import SAMPLE_RATE
from analysis.filled_pauses.training.answers import (
    Answer,
    cut_to_sound,
    degraded,
    noise_only,
    put_together,
    read_pieces,
)
from analysis.filled_pauses.training.degrading import Sound
from analysis.report import Span
from analysis.text.words import is_filled_pause

FOLDS = 9
NOISE_ITEMS = 30


@dataclass(frozen=True)
class Item:
    """One recording with known filled pauses.

    Attributes:
        name: unique.
        fold: of a labelled clip; None for an assembled item.
        keys: the voices in it.
        samples: shape (n,), 16 kHz.
        filled_pauses: where they are.
        unclear: stretches where the label is uncertain.
        made: assembled or degraded here, and not an unchanged labelled clip.
        spontaneous: unchanged spontaneous talk.
        text: where only the number of filled pauses is known, the words with the filled pauses; they are
            located later, and `filled_pauses` is empty.
    """

    name: str
    fold: int | None
    keys: frozenset[str]
    samples: Sound
    filled_pauses: tuple[Span, ...]
    unclear: tuple[Span, ...]
    made: bool
    spontaneous: bool = False
    text: str | None = None


def read_manifest(folder: Path) -> list[dict[str, Any]]:
    """The lines of a labelled folder's manifest."""
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


def fold_clips(clips: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """The fold of each clip; clips sharing a speaker, a synthesiser or a filler recording stay together."""
    groups: list[tuple[set[str], set[str], float]] = []
    for clip in clips:
        shared, names, length = _shared(clip), {str(clip["id"])}, float(clip["duration"])
        apart = []
        for group in groups:
            if group[0] & shared:
                shared, names, length = group[0] | shared, group[1] | names, group[2] + length
            else:
                apart.append(group)
        groups = [*apart, (shared, names, length)]
    seconds = [0.0] * FOLDS
    folds: dict[str, int] = {}
    for _, names, length in sorted(groups, key=lambda group: (-group[2], min(group[1]))):
        emptiest = min(range(FOLDS), key=lambda fold: seconds[fold])
        seconds[emptiest] += length
        folds |= dict.fromkeys(names, emptiest)
    return dict(sorted(folds.items()))


def keys_of(clip: Mapping[str, Any], clips: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The voices in a clip: its speakers, and those of the clips that its fillers were cut from."""
    keys = _shared(clip) | {str(clip["id"])}
    sources = {_source_clip(str(f["recording"])) for f in clip["fillers"] or [] if "recording" in f}
    for source in clips:
        if str(source["id"]) in sources:
            keys |= _shared(source)
    return frozenset(keys)


def _shared(clip: Mapping[str, Any]) -> set[str]:
    speaker = str(clip["speaker"])
    if clip["kind"] == "noise":
        return {str(clip["id"])}
    # All voices of a synthesiser count as one, because they pronounce vowels alike.
    keys = {speaker.split(maxsplit=1)[0]} if clip["kind"] == "synthetic" else set(speaker.split("+"))
    return keys | {str(f["recording"]) for f in clip["fillers"] or [] if "recording" in f}


def _source_clip(recording: str) -> str:
    """The clip that a filler was cut from: 'dev00_ES2003a_9.20_um.wav' is of 'ami_dev00_ES2003a'."""
    stem = re.sub(r"(\.\w+)?@.*$|_\d+\.\d+_\w+\.wav$", "", recording)
    if re.match(r"(dev|trn|tst)\d", stem):
        return f"ami_{stem}"
    return stem if stem.startswith("mfa_") else f"mfa_{stem}"


def labelled_items(
    folder: Path, clips: Sequence[Mapping[str, Any]], folds: Mapping[str, int]
) -> Iterator[Item]:
    """The labelled clips of a folder, unchanged and degraded.

    Filled pauses without times can be located where the whole text is known; other clips with such are left
    out. Of clips that have all times, a degraded copy follows.
    """
    for clip in clips:
        if clip["fillers"] is None:
            continue
        filled = [f for f in clip["fillers"] if f["kind"] == "filled_pause"]
        untimed = any(f["start"] is None for f in filled)
        text = _verbatim(clip["text"]) if untimed and clip["text"] else None
        if untimed and (text is None or sum(map(is_filled_pause, text.split())) != len(filled)):
            continue
        samples, _ = librosa.load(folder / clip["audio"], sr=SAMPLE_RATE, dtype=np.float32)
        unsure = [f for f in filled if f.get("doubtful") or f.get("overlapped")]
        certain = [] if untimed else [f for f in filled if f not in unsure]
        truth = tuple(Span(f["start"], f["end"]) for f in certain)
        unclear = tuple(Span(f["start"], f["end"]) for f in unsure)
        name = str(clip["id"])
        fold, keys = folds[name], keys_of(clip, clips)
        talk = clip["kind"] == "spontaneous"
        yield Item(name, fold, keys, samples, truth, unclear, made=False, spontaneous=talk, text=text)
        if text is None and clip.get("variant") in (None, "clean") and clip["kind"] != "noise":
            worse = degraded(Answer(samples, truth, name), _random(name))
            yield Item(f"{name} degraded", fold, keys, worse.samples, truth, unclear, made=True)


def _verbatim(text: str) -> str:
    """A human text as the recogniser would write it: 'uh' for 'ah', no space before punctuation."""
    return re.sub(r"\s+([,.?!])", r"\1", re.sub(r"\bah\b", "uh", text))


def made_items(folder: Path, clips: Sequence[Mapping[str, Any]], pieces: Path) -> Iterator[Item]:
    """Synthesised answers, readers with synthesised fillers, phrases with real fillers, and noise."""
    voices = {path.stem: read_pieces(path) for path in sorted(pieces.glob("*.npz"))}
    spoken = [sound for voice in voices.values() for sound in _named(voice, "filled_pause")]
    others = [sound for voice in voices.values() for sound in _named(voice, "other")]
    for voice, found in voices.items():
        fillers, else_ = _named(found, "filled_pause"), _named(found, "other")
        for turn in range(2):
            source = f"{voice} {turn}"
            answer = put_together(_named(found, "phrase"), fillers, else_, source, _random(source))
            yield from _clean_and_degraded(answer, frozenset({voice}))
    for speaker, phrases in _read_phrases(folder, clips).items():
        for turn in range(2):
            source = f"{speaker} with spoken fillers {turn}"
            answer = put_together(phrases, spoken, others, source, _random(source))
            yield from _clean_and_degraded(answer, frozenset({speaker}))
    real, keys = _real_fillers(folder, clips)
    for voice, found in voices.items():
        source = f"{voice} with real fillers"
        phrases, else_ = _named(found, "phrase"), _named(found, "other")
        answer = put_together(phrases, real, else_, source, _random(source))
        yield from _clean_and_degraded(answer, keys | {voice})
    for number, answer in enumerate(noise_only(NOISE_ITEMS, _random("noise"))):
        name = f"noise {number}"
        yield Item(name, None, frozenset({name}), answer.samples, (), (), made=True)


def _clean_and_degraded(answer: Answer, keys: frozenset[str]) -> Iterator[Item]:
    yield Item(answer.source, None, keys, answer.samples, answer.filled_pauses, (), made=True)
    worse = degraded(answer, _random(f"{answer.source} degraded"))
    yield Item(f"{answer.source} degraded", None, keys, worse.samples, worse.filled_pauses, (), made=True)


def _read_phrases(folder: Path, clips: Sequence[Mapping[str, Any]]) -> dict[str, list[Sound]]:
    phrases: dict[str, list[Sound]] = {}
    for clip in clips:
        if clip["kind"] == "read":
            samples, _ = librosa.load(folder / clip["audio"], sr=SAMPLE_RATE, dtype=np.float32)
            phrases.setdefault(str(clip["speaker"]), []).append(cut_to_sound(samples))
    return {speaker: found for speaker, found in phrases.items() if len(found) > 3}


def _real_fillers(folder: Path, clips: Sequence[Mapping[str, Any]]) -> tuple[list[Sound], frozenset[str]]:
    """One piece of each filler recording, cut from a clean clip, and the keys of their voices."""
    found: dict[str, Sound] = {}
    for clip in clips:
        if clip.get("variant") != "clean":
            continue
        samples, _ = librosa.load(folder / clip["audio"], sr=SAMPLE_RATE, dtype=np.float32)
        for filler in clip["fillers"] or []:
            if filler.get("recording") not in found:
                start, end = (round(filler[edge] * SAMPLE_RATE) for edge in ("start", "end"))
                found[str(filler["recording"])] = samples[start:end]
    spliced = [clip for clip in clips if any("recording" in f for f in clip["fillers"] or [])]
    readers = {str(clip["speaker"]) for clip in spliced}
    # The fillers are from other people; the readers' own voices are not in them.
    return list(found.values()), frozenset().union(*(keys_of(clip, clips) for clip in spliced)) - readers


def _named(pieces: Mapping[str, Sound], kind: str) -> list[Sound]:
    return [sound for name, sound in pieces.items() if name.startswith(f"{kind}_")]


def _random(name: str) -> np.random.Generator:
    """A generator that depends on the name alone, so that items can be added without changing the others."""
    return np.random.default_rng(zlib.crc32(name.encode()))
