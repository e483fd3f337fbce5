"""Damages recordings at random, decodes them, and prints what went wrong.

    python -m tests.tools.fuzz_media [--count 10000] [--seed 1] [--workers 2] [--keep FOLDER]

Every container is made from a spoken answer in `samples/audio`, damaged from a seed and decoded in a process
of its own. Three things must not happen:

- *crash*: the process ends, or raises anything but a refusal that tells a person what to do;
- *hang*: it needs more than `TIME_LIMIT`;
- *silent*: more than `LEAST_DIFFERENCE` of the sound differs from that of the undamaged file, and no notice
  says so.

Damage within the packets of a codec without checksums cannot be noticed by anyone; it seldom reaches that
bound, and is printed as well. Exit status 1 if anything was found.
"""

import argparse
import multiprocessing
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from analysis.audio.decoding import decode
from analysis.errors import MediaError
from tests.media_files import builders
from tests.media_files.comparison import seconds_that_differ

SAMPLES = Path(__file__).parents[2] / "samples" / "audio"

TIME_LIMIT = 20.0
"""Seconds. A whole file of `LENGTH` takes 0.1 s."""

MEMORY_LIMIT = 4 << 30
"""Bytes of address space of a process."""

LENGTH = 8.0
"""Seconds of each recording."""

LEAST_DIFFERENCE = 0.5
"""Seconds of sound that are missing, added or at another level: two words."""

Samples = NDArray[np.float32]
Mutation = Callable[[bytearray, Generator], None]


_FORMATS: tuple[tuple[str, int, dict[str, Any]], ...] = (
    ("wav", 16_000, {"container": "wav", "codec": "pcm_s16le"}),
    ("flac", 16_000, {"container": "flac", "codec": "flac"}),
    ("mp3", 16_000, {"container": "mp3", "codec": "libmp3lame"}),
    ("aac", 16_000, {"container": "adts", "codec": "aac"}),
    ("ogg", 48_000, {"container": "ogg", "codec": "libopus"}),
    ("vorbis", 48_000, {"container": "ogg", "codec": "vorbis"}),
    ("webm", 48_000, {"container": "webm", "codec": "libopus"}),
    ("film.webm", 48_000, {"container": "webm", "codec": "libopus", "picture": "libvpx-vp9"}),
    ("m4a", 16_000, {"container": "ipod", "codec": "aac"}),
    ("film.mp4", 48_000, {"container": "mp4", "codec": "aac", "picture": "mpeg4"}),
    ("mov", 16_000, {"container": "mov", "codec": "pcm_s16le"}),
    ("aiff", 16_000, {"container": "aiff", "codec": "pcm_s16be"}),
    ("caf", 16_000, {"container": "caf", "codec": "alac"}),
    ("avi", 16_000, {"container": "avi", "codec": "libmp3lame"}),
    ("amr", 8_000, {"container": "amr", "codec": "libopencore_amrnb"}),
    ("3gp", 8_000, {"container": "3gp", "codec": "libopencore_amrnb"}),
)
"""Name, Hz, and container and codec."""


def base_files(folder: Path) -> dict[str, Path]:
    """One file of each container and codec, from spoken answers."""
    speech = decode(SAMPLES / "good-answer.flac").samples[: round(LENGTH * 16_000)]
    wide = np.repeat(speech, 3)
    sound = {8_000: speech[::2], 16_000: speech, 48_000: wide}
    made: dict[str, Path] = {
        name: builders.write_sound(
            folder / name,
            sound[rate] if name != "vorbis" else np.stack([wide, wide]),
            rate,
            **options,
        )
        for name, rate, options in _FORMATS
    }
    made["recorder"] = builders.browser_webm(folder / "recorder", wide)
    made["safari"] = builders.safari_mp4(folder / "safari", wide)
    return made


# --- damage ---


def _stretch(content: bytearray, random: Generator) -> slice:
    length = int(min(len(content), 2 ** random.uniform(0, 14)))
    start = int(random.integers(0, len(content) - length + 1))
    return slice(start, start + length)


def _flip(content: bytearray, random: Generator) -> None:
    for place in random.integers(0, len(content), random.integers(1, 20)):
        content[place] ^= 1 << int(random.integers(8))


def _flip_header(content: bytearray, random: Generator) -> None:
    for place in random.integers(0, min(len(content), 600), random.integers(1, 4)):
        content[place] = int(random.integers(256))


def _extreme_number(content: bytearray, random: Generator) -> None:
    size = int(random.choice([2, 4, 8]))
    place = int(random.integers(0, min(len(content), 4000) - size))
    values = [bytes(size), b"\xff" * size, b"\x7f" + b"\xff" * (size - 1), bytes(size - 1) + b"\1"]
    content[place : place + size] = values[int(random.integers(len(values)))]


def _overwrite(content: bytearray, random: Generator) -> None:
    where = _stretch(content, random)
    content[where] = random.bytes(where.stop - where.start)


def _zero(content: bytearray, random: Generator) -> None:
    where = _stretch(content, random)
    content[where] = bytes(where.stop - where.start)


def _remove(content: bytearray, random: Generator) -> None:
    del content[_stretch(content, random)]


def _repeat(content: bytearray, random: Generator) -> None:
    where = _stretch(content, random)
    content[where.stop : where.stop] = content[where]


def _insert(content: bytearray, random: Generator) -> None:
    where = _stretch(content, random)
    content[where.start : where.start] = random.bytes(where.stop - where.start)


def _move(content: bytearray, random: Generator) -> None:
    where = _stretch(content, random)
    moved = content[where]
    del content[where]
    place = int(random.integers(0, len(content) + 1))
    content[place:place] = moved


def _cut(content: bytearray, random: Generator) -> None:
    del content[int(random.integers(1, len(content))) :]


def _join(content: bytearray, random: Generator) -> None:
    content += content[: int(random.integers(1, len(content)))]


MUTATIONS: dict[str, Mutation] = {
    "flip": _flip,
    "flip_header": _flip_header,
    "extreme_number": _extreme_number,
    "overwrite": _overwrite,
    "zero": _zero,
    "remove": _remove,
    "repeat": _repeat,
    "insert": _insert,
    "move": _move,
    "cut": _cut,
    "join": _join,
}


@dataclass(frozen=True)
class Case:
    """One damaged file: its container, and the seed of its damage."""

    base: str
    seed: int

    def damage(self, content: bytes) -> tuple[bytes, tuple[str, ...]]:
        """The damaged bytes, and what was done to them."""
        random = np.random.default_rng(self.seed)
        damaged = bytearray(content)
        names = [str(name) for name in random.choice(list(MUTATIONS), random.integers(1, 3))]
        for name in names:
            if len(damaged) > 16:
                MUTATIONS[name](damaged, random)
        return bytes(damaged), tuple(names)


def cases(count: int, seed: int, bases: list[str]) -> Iterator[Case]:
    """The cases of a run: the same for the same seed, each container in turn."""
    for number in range(count):
        yield Case(bases[number % len(bases)], seed * 1_000_003 + number)


# --- what came of it ---


@dataclass(frozen=True)
class Outcome:
    """What came of one case.

    Attributes:
        kind: `same`, `noticed`, `refused`, `silent`, `crash` or `hang`.
        detail: in words.
    """

    case: Case
    kind: str
    mutations: tuple[str, ...]
    detail: str


def judge(path: Path, clean: Samples) -> tuple[str, str]:
    """Kind and detail of what decoding a file gives."""
    try:
        recording = decode(path)
    except MediaError as error:
        return "refused", error.code
    difference = seconds_that_differ(clean, recording.samples)
    codes = {notice.code for notice in recording.notices}
    # The report shows every gap in its place.
    said = ", ".join(sorted(codes | ({"gaps"} if recording.description.gaps else set())))
    if said:
        return "noticed", said
    if difference > LEAST_DIFFERENCE:
        return "silent", f"{difference:.2f} s differ of {recording.duration:.2f} s"
    return "same", f"{difference:.2f} s differ"


# --- processes ---


def _work(connection: Connection, folder: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    path = Path(folder) / f"damaged-{multiprocessing.current_process().pid}"
    clean: dict[str, Samples] = {}
    while True:
        case: Case | None = connection.recv()
        if case is None:
            return
        base = Path(folder) / case.base
        if case.base not in clean:
            clean[case.base] = decode(base).samples
        damaged, _ = case.damage(base.read_bytes())
        path.write_bytes(damaged)
        connection.send(judge(path, clean[case.base]))


class _Worker:
    """A process that judges cases, and is replaced when it dies or hangs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, str(self._folder)), daemon=True)
        self._process.start()
        theirs.close()

    def judge(self, case: Case) -> tuple[str, str]:
        """What came of a case."""
        try:
            self._connection.send(case)
            # A new process imports everything first.
            if self._connection.poll(TIME_LIMIT + 20.0):
                answer: tuple[str, str] = self._connection.recv()
                return answer
            found = "hang", f"more than {TIME_LIMIT:.0f} s"
        except (EOFError, ConnectionError):
            self._process.join()
            found = "crash", f"the process ended with {self._process.exitcode}"
        self._process.kill()
        self._process.join()
        self._start()
        return found

    def close(self) -> None:
        """Ends the process."""
        self._connection.send(None)
        self._process.join()


def fuzz(count: int, seed: int, folder: Path, *, workers: int = 2) -> Iterator[Outcome]:
    """Judges `count` damaged files, in order; `folder` is empty."""
    bases = base_files(folder)
    content = {name: path.read_bytes() for name, path in bases.items()}
    free: SimpleQueue[_Worker] = SimpleQueue()
    for _ in range(workers):
        free.put(_Worker(folder))

    def run(case: Case) -> Outcome:
        worker = free.get()
        try:
            kind, detail = worker.judge(case)
        finally:
            free.put(worker)
        return Outcome(case, kind, case.damage(content[case.base])[1], detail)

    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(run, cases(count, seed, list(bases)))
    for _ in range(workers):
        free.get().close()


FOUND = ("crash", "hang", "silent")


def main() -> int:
    """Runs the program."""
    parser = argparse.ArgumentParser(description="Decode damaged recordings and print what goes wrong.")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="folder for the files that went wrong")
    chosen = parser.parse_args()
    kinds: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for outcome in fuzz(chosen.count, chosen.seed, Path(folder), workers=chosen.workers):
            kinds[outcome.kind] += 1
            if outcome.kind in FOUND:
                name, damage = outcome.case.base, " + ".join(outcome.mutations)
                found = f"{outcome.kind:7} {name:10} {outcome.case.seed:9} {damage}: {outcome.detail}"
                sys.stdout.write(f"{found}\n")
                sys.stdout.flush()
                if chosen.keep is not None:
                    damaged, _ = outcome.case.damage((Path(folder) / name).read_bytes())
                    chosen.keep.mkdir(parents=True, exist_ok=True)
                    (chosen.keep / f"{outcome.kind}-{outcome.case.seed}-{name}").write_bytes(damaged)
    counts = ", ".join(f"{kinds[kind]} {kind}" for kind in ("same", "noticed", "refused", *FOUND))
    sys.stdout.write(f"{counts}\n")
    return 1 if any(kinds[kind] for kind in FOUND) else 0


if __name__ == "__main__":
    sys.exit(main())
