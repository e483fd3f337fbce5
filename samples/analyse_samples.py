"""Analyse the sample answers and write the results that come with Greenroom, analysed/*.json.

    python -m samples.analyse_samples [ID ...]

Run in the root of the checkout, in Greenroom's own environment. It takes a minute. Do this again whenever the
samples, the recogniser, the detectors or the signal processing change. Reports are not written: Greenroom
measures them from these results when it adds the samples.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from analysis import serialization
from analysis.transcription.whisper import WhisperEngine
from service.answers.sample_results import SampleResults, analyse_sample, results_file

MANIFEST = Path(__file__).with_name("manifest.jsonl")


def as_text(results: SampleResults) -> str:
    """JSON, with one line for each result, so that a change of one shows as such."""
    plain: dict[str, Any] = serialization.to_plain(results)
    stages = plain.pop("stages")

    def lines(values: dict[str, Any]) -> str:
        return ",\n".join(
            f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
            for name, value in values.items()
        )

    return f'{{\n{lines(plain)},\n"stages": {{\n{lines(stages)}\n}}\n}}\n'


def main() -> None:
    """Analyse the samples named on the command line, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these samples (default: all)")
    wanted = parser.parse_args().ids
    engine = WhisperEngine.load("base")
    for line in MANIFEST.read_text(encoding="utf-8").splitlines():
        sample = json.loads(line)
        if wanted and sample["id"] not in wanted:
            continue
        path = results_file(MANIFEST, sample["id"])
        path.parent.mkdir(exist_ok=True)
        path.write_text(as_text(analyse_sample(MANIFEST.parent / sample["audio"], engine)), encoding="utf-8")
        print(f"{sample['id']:14} {path.stat().st_size / 1000:4.0f} kB", flush=True)


if __name__ == "__main__":
    main()
