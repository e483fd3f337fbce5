"""All measures, in the groups and the order in which reports show them.

Each measure is defined in the module of its family; this module only collects them. docs/measures.md is
generated from it by `python -m analysis.measures.registry`, and a test fails when the two differ.
"""

from analysis.audio.capture import Processing
from analysis.measures import fillers, length, pace, pauses, quality, repeats, voice
from analysis.measures.definition import MeasureDefinition, MeasureGroup, NotMeasurable
from analysis.measures.inputs import MeasureInputs
from analysis.report import Measure
from analysis.signal.quality import Quality

GROUPS = tuple(MeasureGroup)
"""The groups in which reports show measures, in order."""

_FAMILIES = (length, pace, pauses, fillers, repeats, voice, quality)

DEFINITIONS: dict[str, MeasureDefinition] = {
    measure.name: measure
    for group in GROUPS
    for family in _FAMILIES
    for measure in family.MEASURES
    if measure.group is group
}
"""Every measure by name, in the order in which reports show them."""


def group_of(name: str) -> MeasureGroup:
    """The group in which a measure is shown; the last one for a measure that this build does not know."""
    definition = DEFINITIONS.get(name)
    return GROUPS[-1] if definition is None else definition.group


def counts_per_minute(name: str) -> tuple[str, ...]:
    """The counts that a rate per minute is computed from; empty for any other measure."""
    pooling = DEFINITIONS[name].pooling
    return pooling.counts if pooling is not None and pooling.per == "minute" else ()


def measure_answer(inputs: MeasureInputs) -> dict[str, Measure]:
    """Every measure of one answer, by name and in order."""
    return {name: definition.measure(inputs) for name, definition in DEFINITIONS.items()}


def measure_without_speech(recording: Quality, processing: Processing) -> dict[str, Measure]:
    """Every measure of a recording without speech: only its quality is measurable.

    Args:
        recording: quality of the recording.
        processing: what the browser did to the sound.
    """
    nothing = NotMeasurable("no_speech")
    measures = {name: definition.as_measure(nothing) for name, definition in DEFINITIONS.items()}
    return measures | quality.quality_measures(recording, processing)


def as_markdown() -> str:
    """The reference page of all measures."""
    lines = [
        "# What is measured, and how sure it is",
        "",
        "Made from `analysis/measures` by `python -m analysis.measures.registry > docs/measures.md`.",
        "[ACCURACY.md](../ACCURACY.md) says how large the errors were on labelled speech.",
    ]
    for definition in DEFINITIONS.values():
        lines += [
            "",
            f"## {definition.label}",
            "",
            f"`{definition.name}`, in {definition.unit}. {definition.definition}",
            "",
            f"- How: {definition.method}",
            f"- Known error: {definition.known_error}",
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(as_markdown())
