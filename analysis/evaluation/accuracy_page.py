"""The accuracy page: an explanation of the figures of an evaluation, and all of its tables.

The prose is in `accuracy_page.md` beside this module; every figure comes from the evaluation.
"""

from collections.abc import Iterator
from pathlib import Path
from string import Template

from analysis.evaluation.labelled_speech import MIXED_ACCENT
from analysis.evaluation.published import published_errors
from analysis.evaluation.results import Evaluation
from analysis.evaluation.summary import FEWEST_EVENTS, FEWEST_WORDS, TELEPHONE, Reliability
from analysis.evaluation.tables import Table, about_detectors, rate_a_minute, tables
from analysis.measures.registry import DEFINITIONS

_TEMPLATE = Path(__file__).with_name("accuracy_page.md")
_EXPLAINED = (
    "filled_pause_count",
    "discourse_marker_count",
    "pause_count",
    "spoken_words",
    "speaking_rate",
    "answer_length",
)
"""Measures that the first part explains; the others are derived from these."""


_TALK = {TELEPHONE: "talk over a telephone", "spontaneous": "all real talk"}
"""Groups whose intervals are given by themselves: the figures of real talk are the least certain ones."""


def accuracy_page(evaluation: Evaluation) -> str:
    """The page, in Markdown."""
    everything = evaluation.groups[0]
    made = evaluation.made
    day = f"{made.on.day} {made.on:%B %Y}"
    folds = " --folds" if made.folds else ""
    page = Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        made=(
            f"Measured on {day} with the recogniser `{made.model}` (SHA-256 `{made.model_sha256[:12]}…`) and "
            f"analysis {made.analysis_version}, on {everything.clips} labelled recordings, "
            f"{everything.minutes:.0f} minutes, with {everything.speakers} voices."
        ),
        command=f"greenroom evaluate {made.labelled_speech}{folds} --page ACCURACY.md "
        "--published analysis/evaluation/published.json",
        detectors=about_detectors(everything),
        you="\n\n".join(_for_you(evaluation)),
        accents=_accents(evaluation),
        fewest_words=FEWEST_WORDS,
        fewest_events=FEWEST_EVENTS,
        tables="\n\n".join(_markdown(table) for table in tables(evaluation.groups)),
    )
    return page.rstrip() + "\n"


def _for_you(evaluation: Evaluation) -> Iterator[str]:
    for measure in _EXPLAINED:
        published = published_errors(measure, evaluation)
        if published is not None:
            lines = [f"**{DEFINITIONS[measure].label}**", ""]
            lines += [f"- {error.recordings}: {_lower_first(error.text)}" for error in published.errors]
            yield "\n".join(lines)
    yield "\n".join(["**Where there is nothing to find**", "", *_false_detections(evaluation)])
    yield "\n".join(["**The intervals**", "", *_intervals(evaluation)])


def _lower_first(text: str) -> str:
    return text[0].lower() + text[1:]


def _false_detections(evaluation: Evaluation) -> Iterator[str]:
    noise, read = evaluation.group("noise"), evaluation.group("read")
    if noise is not None and noise.words_without_speech is not None:
        yield (
            f"- Noise and silence, {noise.minutes:.1f} minutes: {noise.words_without_speech} words and "
            f"{noise.false_filled_pauses.n} 'um' or 'uh' reported."
        )
    if read is not None and read.silent_minutes:
        yield (
            f"- Learners of English reading sentences without any 'um', {read.silent_minutes:.1f} minutes: "
            f"{read.false_filled_pauses.n} reported, {rate_a_minute(read.false_filled_pauses)} a minute."
        )


def _intervals(evaluation: Evaluation) -> Iterator[str]:
    talk = [group for name in _TALK if (group := evaluation.group(name)) is not None]
    for checked in evaluation.groups[0].reliability:
        line = (
            f"- {DEFINITIONS[checked.measure].label}: the interval contained the true value in "
            f"{_held(checked)} recordings"
        )
        parts = [
            f"{_held(part)} in {_TALK[group.name]}"
            for group in talk
            for part in group.reliability
            if part.measure == checked.measure
        ]
        yield f"{line} ({', '.join(parts)})." if parts else f"{line}."


def _held(checked: Reliability) -> str:
    return f"{round((checked.inside.value or 0.0) * checked.inside.n)} of {checked.inside.n}"


def _accents(evaluation: Evaluation) -> str:
    """A paragraph on the accents that have figures, and on those that have none."""
    accents = [
        group
        for group in evaluation.groups
        if group.by == "accent" and group.name != MIXED_ACCENT and group.words is not None
    ]
    enough = [group for group in accents if group.words is not None and group.words.words >= FEWEST_WORDS]
    few = [group for group in accents if group not in enough]
    named = "; ".join(
        f"{group.name} ({group.words.words:,} words, {group.speakers} voices)"
        for group in enough
        if group.words is not None
    )
    return (
        f"How much larger the error is with your accent. There is enough labelled speech for: {named}. "
        f"For {len(few)} other groups there is too little, and for accents that are not in the tables there "
        "is none. (TTS) marks synthetic voices; they say little about people."
    )


def _markdown(table: Table) -> str:
    def row(cells: tuple[str, ...]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    lines = [f"### {table.title}", ""]
    if table.note:
        lines += [table.note, ""]
    lines += [row(table.columns), "|" + " --- |" * len(table.columns), *map(row, table.rows)]
    return "\n".join(lines)
