"""The recogniser: Whisper, run by faster-whisper.

Several windows are decoded in a batch, and each of them gets the prompt; a plain `WhisperModel.transcribe`
gives it to the first 30 s only.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_ctranslate2_storage, get_suppressed_tokens
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.errors import RecogniserError
from analysis.filled_pauses.candidates import FRAME, Candidate
from analysis.filled_pauses.decoder_odds import (
    DecoderOdds,
    filled_pause_tokens,
    log_odds_of_tokens,
    odds_between_words,
)
from analysis.filled_pauses.detector import FilledPauseDetector, load_detector
from analysis.report import ModelDescription, Span
from analysis.signal.quiet_sound import lifted
from analysis.signal.windows import CONTEXT
from analysis.transcription.decoded_text import (
    AcceptedText,
    DecodedText,
    aligned_words,
    different_words,
    is_unreliable,
)
from analysis.transcription.device import chosen_device
from analysis.transcription.protocol import ENOUGH_FOR_LANGUAGE, HeardLanguage, WindowText
from analysis.transcription.weights import DEFAULT_MODEL, Weights, find_weights

VERBATIM_PROMPT = "Um, so, uh, I, um, I think, uh, yeah."
"""Brings back the fillers that Whisper was trained to leave out. It has the form of a sentence, because a
bare list of fillers brings back fewer (ACCURACY.md)."""

_CAREFUL_BEAM_SIZE = 5
"""For a window whose greedy text is not reliable."""
_SURE = 0.6
"""Mean token probability from which a greedy text is accepted."""
_MOST_TOKENS_A_SECOND, _TOKENS_TO_SPARE = 8, 20
"""Fast speech has five or six; repetitive text would fill all 224."""
_BATCH = 6
"""Windows decoded at once: each step reads all weights once, whatever the number of windows. With more,
progress would be reported less often."""
_LONGEST_CONTEXT = 30.0
"""Seconds of audio that Whisper was trained on. It does well with at least 15, and as well with 20 as with
30; with less, it repeats short sentences."""
_MEL_FRAMES_A_SECOND = 100
_PIECE = 4.0
"""Seconds, at least, of the pieces of a window whose language is detected by itself."""
_ENGLISH_UNLIKELY, _OTHER_LANGUAGE_LIKELY = 0.1, 0.4
"""Probabilities at which a language other than English is accepted: an accent is not another language."""


@dataclass(frozen=True)
class WhisperEngine:
    """An `Engine`. Loading takes a second or two, so `load` it once and keep it."""

    model: WhisperModel
    weights: Weights
    prompt: str = VERBATIM_PROMPT
    fold: int | None = None
    device: str = "cpu"
    compute_type: str = "int8"

    @classmethod
    def load(
        cls,
        model: str = DEFAULT_MODEL,
        *,
        threads: int = 0,
        cache: Path | None = None,
        fold: int | None = None,
        device: str = "cpu",
        compute_type: str = "",
    ) -> Self:
        """Loads a model after checking its weights.

        Args:
            model: see `analysis.transcription.weights.find_weights`.
            threads: processor threads; 0 leaves it to the engine.
            cache: where joined weights are kept.
            fold: of the labelled speech that the detector of filled pauses must not have been trained on, to
                measure its error.
            device, compute_type: see `analysis.transcription.device.chosen_device`.

        Raises:
            RecogniserError: there is no such model, it cannot be loaded, or not on this device.
        """
        device, compute_type = chosen_device(device, compute_type)
        weights = find_weights(model, cache=cache)
        try:
            loaded = WhisperModel(
                str(weights.folder), device=device, compute_type=compute_type, cpu_threads=threads
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise RecogniserError(
                f"The model {weights.name} could not be loaded. Choose another, or install it again.",
                code="model_damaged",
            ) from error
        return cls(loaded, weights, fold=fold, device=device, compute_type=compute_type)

    @cached_property
    def detector(self) -> FilledPauseDetector | None:
        """Detects filled pauses in this model's encoder states; None where none was trained for it."""
        return load_detector(self.weights.sha256, self.fold)

    @cached_property
    def description(self) -> ModelDescription:
        """Name, weights and options."""
        return ModelDescription(
            name=self.weights.name,
            sha256=self.weights.sha256,
            options={
                "engine": "faster-whisper",
                # As in reports from before there was a choice.
                **({} if self.device == "cpu" else {"device": self.device}),
                "compute_type": self.compute_type,
                "beam_size": 1,
                "beam_size_where_unsure": _CAREFUL_BEAM_SIZE,
                "batch_size": _BATCH,
                "context": CONTEXT,
                "prompt": self.prompt,
                "prompt_every_window": True,
                "condition_on_previous_text": False,
                "without_timestamps": True,
                "filled_pause_detector": None if self.detector is None else self.detector.trained,
                "temperature": 0.0,
            },
        )

    def transcribe(
        self,
        samples: NDArray[np.float32],
        windows: Sequence[Span],
        *,
        language: str | None = None,
    ) -> Iterator[WindowText]:
        """See `Engine.transcribe`."""
        known = None if language is None else (language, 1.0)
        for first in range(0, len(windows), _BATCH):
            batch = windows[first : first + _BATCH]
            states = self._encode(samples, batch)
            while known is None and len(batch):
                window, batch = batch[0], batch[1:]
                heard = self._language(states[:1])
                if window.duration >= ENOUGH_FOR_LANGUAGE:
                    known = heard
                else:
                    heard = ("en", heard[1])
                yield from self._decode(states[:1], [window], heard)
                states = states[1:]
            if known is not None and len(batch):
                yield from self._decode(states, batch, known)

    def _encode(self, samples: NDArray[np.float32], batch: Sequence[Span]) -> NDArray[np.float32]:
        """Encoder states, shape (windows, frames of 20 ms, width of the model).

        One window after another: a batch would take more memory and no less time.
        """
        features = self.model.feature_extractor
        usual = all(window.duration <= CONTEXT for window in batch)
        frames = round((CONTEXT if usual else _LONGEST_CONTEXT) * _MEL_FRAMES_A_SECOND)
        sounds = [lifted(samples[round(w.start * SAMPLE_RATE) : round(w.end * SAMPLE_RATE)]) for w in batch]
        return np.concatenate(
            [np.array(self.model.encode(pad_or_trim(features(sound)[..., :-1], frames))) for sound in sounds]
        )

    def _language(self, states: NDArray[np.float32]) -> tuple[str, float]:
        """ISO 639-1 code and probability of one window."""
        if not self.model.model.is_multilingual:
            return "en", 1.0
        (candidates,) = self.model.model.detect_language(get_ctranslate2_storage(states))
        likely = {token[2:-2]: probability for token, probability in candidates}
        best = max(likely, key=lambda code: likely[code])
        believed = likely["en"] < _ENGLISH_UNLIKELY and likely[best] >= _OTHER_LANGUAGE_LIKELY
        return (best, likely[best]) if believed else ("en", likely["en"])

    def _decode(
        self,
        states: NDArray[np.float32],
        batch: Sequence[Span],
        language: tuple[str, float],
    ) -> Iterator[WindowText]:
        # The prompt is English; in another language it would only provoke English words.
        prompt = self.prompt if language[0] == "en" else ""
        tokenizer = self._tokenizer(language[0])
        hesitates = language[0] == "en" and self.detector is not None
        texts = self._texts(states, batch, tokenizer, prompt, with_odds=hesitates)
        aligned = self._align(states, batch, tokenizer, [text.tokens for text in texts])
        for index, (window, words, text) in enumerate(zip(batch, aligned, texts, strict=True)):
            candidates: tuple[Candidate, ...] = ()
            odds: tuple[DecoderOdds, ...] = ()
            if hesitates:
                candidates = self._candidates(states[index], window)
                quick = words
                if text.quick.tokens != text.tokens:
                    own = slice(index, index + 1)
                    (quick,) = self._align(states[own], [window], tokenizer, [text.quick.tokens])
                odds = tuple(odds_between_words(quick, text.quick.log_odds, window.start, window.end))
            yield WindowText(
                window,
                tuple(aligned_words(words, window, language[0])),
                *language,
                candidates=candidates,
                decoder_odds=odds,
                languages=self._languages(states[index], window),
            )

    def _languages(self, states: NDArray[np.float32], window: Span) -> tuple[HeardLanguage, ...]:
        """The language of each piece of a window, from its states: one step of the decoder."""
        if not self.model.model.is_multilingual:
            return ()
        pieces = max(1, int(window.duration / _PIECE))
        length = int(window.duration / FRAME) // pieces
        if not length:
            return ()
        own = np.ascontiguousarray(states[: pieces * length].reshape(pieces, length, -1))
        heard = []
        for candidates in self.model.model.detect_language(get_ctranslate2_storage(own)):
            likely = {token[2:-2]: probability for token, probability in candidates}
            best = max(likely, key=lambda code: likely[code])
            heard.append(HeardLanguage(best, round(likely[best], 3), round(likely["en"], 3)))
        return tuple(heard)

    def _candidates(self, states: NDArray[np.float32], window: Span) -> tuple[Candidate, ...]:
        """Possible filled pauses in a window's states, without the padding after it."""
        if self.detector is None:
            return ()
        return self.detector.candidates(states[: math.ceil(window.duration / FRAME)], window.start)

    def _tokenizer(self, language: str) -> Tokenizer:
        return Tokenizer(
            self.model.hf_tokenizer, self.model.model.is_multilingual, task="transcribe", language=language
        )

    @cached_property
    def _filled_pause_tokens(self) -> NDArray[np.int64]:
        encode = self.model.hf_tokenizer.encode
        return filled_pause_tokens(lambda text: encode(text, add_special_tokens=False).ids)

    def _texts(
        self,
        states: NDArray[np.float32],
        batch: Sequence[Span],
        tokenizer: Tokenizer,
        prompt: str,
        *,
        with_odds: bool,
    ) -> list[AcceptedText]:
        """The text of each window: decoded greedily in a batch, and again where that is not reliable.

        First with more hypotheses, then without the prompt and without repeats of five tokens.
        """
        most = round(max(window.duration for window in batch) * _MOST_TOKENS_A_SECOND) + _TOKENS_TO_SPARE
        texts: list[AcceptedText] = []
        for index, quick in enumerate(
            self._generate(states, tokenizer, prompt, most=most, with_odds=with_odds)
        ):
            window, alone = batch[index], states[index : index + 1]
            best = quick
            if quick.probability < _SURE or is_unreliable(tokenizer.decode(quick.tokens), window):
                (best,) = self._generate(alone, tokenizer, prompt, most=most, beam_size=_CAREFUL_BEAM_SIZE)
                if is_unreliable(tokenizer.decode(best.tokens), window):
                    (plain,) = self._generate(
                        alone, tokenizer, "", most=most, beam_size=_CAREFUL_BEAM_SIZE, no_repeat=5
                    )
                    best = max(best, plain, key=lambda text: different_words(tokenizer.decode(text.tokens)))
            texts.append(AcceptedText(best.tokens, quick))
        return texts

    def _generate(
        self,
        states: NDArray[np.float32],
        tokenizer: Tokenizer,
        prompt: str,
        *,
        most: int,
        beam_size: int = 1,
        no_repeat: int = 0,
        with_odds: bool = False,
    ) -> list[DecodedText]:
        """The text of each window, at most `most` tokens.

        The engine returns the scores of all tokens for greedy decoding only: hence `with_odds` needs a
        `beam_size` of 1.
        """
        start = self.model.get_prompt(
            tokenizer, tokenizer.encode(" " + prompt) if prompt else [], without_timestamps=True
        )
        results = self.model.model.generate(
            get_ctranslate2_storage(states),
            [start] * len(states),
            beam_size=beam_size,
            max_length=min(self.model.max_length, 2 * most),  # the engine generates at most half of it
            suppress_blank=True,
            suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
            no_repeat_ngram_size=no_repeat,
            return_scores=True,
            return_logits_vocab=with_odds,
        )
        return [
            DecodedText(
                [t for t in result.sequences_ids[0] if t < tokenizer.eot],
                math.exp(result.scores[0]),
                [
                    log_odds_of_tokens(np.asarray(logits), self._filled_pause_tokens)
                    for logits in (result.logits[0] if with_odds else ())
                ],
            )
            for result in results
        ]

    def _align(
        self,
        states: NDArray[np.float32],
        batch: Sequence[Span],
        tokenizer: Tokenizer,
        texts: list[list[int]],
    ) -> list[list[dict[str, Any]]]:
        """Words of each window with their times within it."""
        aligned: list[list[dict[str, Any]]] = self.model.find_alignment(
            tokenizer,
            texts,
            get_ctranslate2_storage(states),
            [round(window.duration * _MEL_FRAMES_A_SECOND) for window in batch],
        )
        return aligned
