"""Makes the golden reports again: `python -m tests.golden.make_golden_reports`.

Sample answers go through the whole path with the default recogniser. Only what a person would notice is
kept of each report: the figures with their states, how many pauses, which fillers, the verdict. Look at
`git diff tests/golden` before committing: each changed line is a changed report.
"""

import json
from pathlib import Path
from typing import Any

from analysis.pipeline import analyse
from analysis.report import Report
from analysis.transcription.whisper import WhisperEngine

GOLDEN = Path(__file__).parent
SAMPLES = GOLDEN.parents[1] / "samples" / "audio"
NAMES = ("good-answer", "many-fillers", "too-short", "long-pauses")


def essence(report: Report) -> dict[str, Any]:
    """What is compared of a report."""
    assert report.spoken_span is not None
    return {
        "analysis_version": report.analysis_version,
        "model": report.model.name,
        "headline": report.headline,
        "spoken_span": [report.spoken_span.start, report.spoken_span.end],
        "notices": [notice.code for notice in report.notices],
        "measures": {
            name: {"value": measure.value, "state": measure.state, "reason": measure.reason}
            for name, measure in report.measures.items()
        },
        "pauses": len(report.pauses),
        "fillers": [[round(filler.start, 1), filler.text, filler.state] for filler in report.fillers],
        "figures": [[each.figure, each.standing, each.direction] for each in report.figures],
        "drill": report.drill.name if report.drill else None,
        "observations": [[observation.kind, observation.text] for observation in report.observations],
    }


def as_text(found: dict[str, Any]) -> str:
    """JSON with one line for each measure and each filler."""
    lines = []
    for key, value in found.items():
        if isinstance(value, dict):
            inner = ",\n".join(f"    {json.dumps(k)}: {json.dumps(v)}" for k, v in value.items())
            lines.append(f"  {json.dumps(key)}: {{\n{inner}\n  }}")
        elif isinstance(value, list) and value and isinstance(value[0], list):
            inner = ",\n".join(f"    {json.dumps(v, ensure_ascii=False)}" for v in value)
            lines.append(f"  {json.dumps(key)}: [\n{inner}\n  ]")
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    """Writes every golden report."""
    engine = WhisperEngine.load("base")
    for name in NAMES:
        found = essence(analyse(SAMPLES / f"{name}.flac", lambda: engine).report)
        (GOLDEN / f"{name}.json").write_text(as_text(found), encoding="utf-8")


if __name__ == "__main__":
    main()
