"""The recogniser: Whisper by way of faster-whisper.

Several windows go through the encoder and the decoder at once, and each gets the prompt; a plain
`WhisperModel.transcribe` gives it to the first 30 s only.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.errors import RecogniserError
from analysis.transcription.protocol import WindowText
from analysis.transcription.weights import DEFAULT_MODEL, Weights, find_weights
from analysis.vocabulary import ModelDescription, Span, Word

VERBATIM_PROMPT = "Um, so, uh, I, um, I think, uh, yeah."
"""Brings back the fillers that Whisper was trained to leave out; sentence-shaped, because a bare list
of fillers brings back fewer (docs/accuracy.md)."""

_BEAM_SIZE = 5
_BATCH = 2
"""Windows at once. More costs memory and makes progress coarse, and on two cores gains little."""
_TOO_REPETITIVE = 2.4
"""Whisper's own threshold: text that compresses better than this goes round in circles."""
_FEWEST_WORDS_A_SECOND = 1.2
"""Words for a second of window. Even halting answers, with a third of silence, have more."""
_MEL_FRAMES_A_SECOND = 100
_ENGLISH_UNLIKELY, _OTHER_LANGUAGE_LIKELY = 0.1, 0.4
"""Probabilities at which a language other than English is believed: an accent is no other language."""
_ENOUGH_FOR_LANGUAGE = 6.0
"""Seconds. In shorter readings by beginners Whisper was sure of Dutch, Latin and Chinese."""


@dataclass(frozen=True)
class WhisperEngine:
    """An `Engine`; `load` it once and keep it, loading takes a second or two."""

    model: WhisperModel
    weights: Weights
    prompt: str = VERBATIM_PROMPT

    @classmethod
    def load(
        cls, model: str = DEFAULT_MODEL, *, threads: int = 0, cache: Path | None = None
    ) -> "WhisperEngine":
        """Loads a model's weights, checked.

        Args:
            model: see `analysis.transcription.weights.find_weights`.
            threads: processor threads; 0 leaves it to the engine.
            cache: where joined weights are kept.

        Raises:
            RecogniserError: there is no such model, or it cannot be loaded.
        """
        weights = find_weights(model, cache=cache)
        try:
            loaded = WhisperModel(str(weights.folder), device="cpu", compute_type="int8", cpu_threads=threads)
        except (RuntimeError, ValueError, OSError) as error:
            raise RecogniserError(
                f"The model {weights.name} could not be loaded. Choose another, or install it again.",
                code="model_damaged",
            ) from error
        return cls(loaded, weights)

    @cached_property
    def description(self) -> ModelDescription:
        """Name, weights and options."""
        return ModelDescription(
            name=self.weights.name,
            sha256=self.weights.sha256,
            options={
                "engine": "faster-whisper",
                "compute_type": "int8",
                "beam_size": _BEAM_SIZE,
                "batch_size": _BATCH,
                "prompt": self.prompt,
                "prompt_every_window": True,
                "condition_on_previous_text": False,
                "without_timestamps": True,
                "temperature": 0.0,
            },
        )

    def transcribe(
        self,
        samples: NDArray[np.float32],
        windows: Sequence[Span],
        *,
        language: str | None = None,
        prompted: bool = True,
    ) -> Iterator[WindowText]:
        """See `Engine.transcribe`."""
        known = None if language is None else (language, 1.0)
        for first in range(0, len(windows), _BATCH):
            batch = windows[first : first + _BATCH]
            features = np.stack([self._features(samples, window) for window in batch])
            encoded = self.model.encode(features)
            if known is None:
                known = self._language(encoded, sum(window.duration for window in batch))
            # The prompt is English; in another language it would only invite English words.
            prompt = self.prompt if prompted and known[0] == "en" else ""
            yield from self._decode(encoded, batch, features, known, prompt)

    def _features(self, samples: NDArray[np.float32], window: Span) -> NDArray[np.float32]:
        """Log-mel features, shape (80, 3000)."""
        sound = samples[round(window.start * SAMPLE_RATE) : round(window.end * SAMPLE_RATE)]
        features: NDArray[np.float32] = pad_or_trim(self.model.feature_extractor(sound)[..., :-1])
        return features

    def _language(self, encoded: Any, duration: float) -> tuple[str, float]:
        """ISO 639-1 code and probability, of the first windows together, `duration` seconds long."""
        if not self.model.model.is_multilingual:
            return "en", 1.0
        totals: dict[str, float] = {}
        results = self.model.model.detect_language(encoded)
        for candidates in results:
            for token, probability in candidates:
                totals[token[2:-2]] = totals.get(token[2:-2], 0.0) + probability / len(results)
        best = max(totals, key=lambda code: totals[code])
        believed = totals["en"] < _ENGLISH_UNLIKELY and totals[best] >= _OTHER_LANGUAGE_LIKELY
        if not believed or duration < _ENOUGH_FOR_LANGUAGE:
            best = "en"
        return best, totals[best]

    def _decode(
        self,
        encoded: Any,
        batch: Sequence[Span],
        features: NDArray[np.float32],
        language: tuple[str, float],
        prompt: str,
    ) -> Iterator[WindowText]:
        tokenizer = Tokenizer(
            self.model.hf_tokenizer, self.model.model.is_multilingual, task="transcribe", language=language[0]
        )
        texts = self._generate(encoded, len(batch), tokenizer, prompt)
        aligned = self.model.find_alignment(
            tokenizer, texts, encoded, [round(w.duration * _MEL_FRAMES_A_SECOND) for w in batch]
        )
        for index, window in enumerate(batch):
            words = aligned[index]
            if _went_astray(tokenizer.decode(texts[index]), window):
                again = self._again(features[index], window, tokenizer)
                words = max(words, again, key=_distinct)
            yield WindowText(window, tuple(_words(words, window)), *language)

    def _generate(
        self, encoded: Any, count: int, tokenizer: Tokenizer, prompt: str, *, no_repeat: int = 0
    ) -> list[list[int]]:
        """Text tokens of each window."""
        start = self.model.get_prompt(
            tokenizer, tokenizer.encode(" " + prompt) if prompt else [], without_timestamps=True
        )
        results = self.model.model.generate(
            encoded,
            [start] * count,
            beam_size=_BEAM_SIZE,
            max_length=self.model.max_length,
            suppress_blank=True,
            suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
            no_repeat_ngram_size=no_repeat,
        )
        return [[t for t in result.sequences_ids[0] if t < tokenizer.eot] for result in results]

    def _again(
        self, features: NDArray[np.float32], window: Span, tokenizer: Tokenizer
    ) -> list[dict[str, Any]]:
        """A window that went astray, without the prompt and without repeats of five tokens."""
        encoded = self.model.encode(features)
        texts = self._generate(encoded, 1, tokenizer, "", no_repeat=5)
        aligned: list[dict[str, Any]] = self.model.find_alignment(
            tokenizer, texts, encoded, round(window.duration * _MEL_FRAMES_A_SECOND)
        )[0]
        return aligned


def _went_astray(text: str, window: Span) -> bool:
    """Whether the text goes round in circles, or is far too little for the window.

    The prompt sometimes makes the decoder stop after its own words ('Um, so, um.').
    """
    encoded = text.encode()
    ratio = len(encoded) / len(zlib.compress(encoded)) if encoded else 0.0
    return ratio > _TOO_REPETITIVE or len(text.split()) < _FEWEST_WORDS_A_SECOND * window.duration


def _distinct(words: list[dict[str, Any]]) -> int:
    """Different words: more of them is the better text, going round in circles is not."""
    return len({word["word"].strip().lower() for word in words})


_OPENING = "\"'“¿([{-"
_CLOSING = "\"'.。,，!！?？:：”)]}、…"


def _words(aligned: list[dict[str, Any]], window: Span) -> Iterator[Word]:
    """Words with their punctuation, in the time of the recording."""
    pending = ""
    held: Word | None = None
    for piece in aligned:
        text = piece["word"]
        bare = text.strip()
        if not bare:
            continue
        if held is not None and all(character in _CLOSING for character in bare) and not text.startswith(" "):
            held = Word(held.text + bare, held.start, held.end, held.probability)
            continue
        if all(character in _OPENING for character in bare):
            pending += bare
            continue
        if held is not None:
            yield held
        held = Word(
            pending + bare,
            round(min(window.start + float(piece["start"]), window.end), 2),
            round(min(window.start + float(piece["end"]), window.end), 2),
            round(float(piece["probability"]), 3),
        )
        pending = ""
    if held is not None:
        yield held
