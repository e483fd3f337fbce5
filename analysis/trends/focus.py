"""The focus of a week: one measure that the person chose in advance, with advice and its change since.

Because it is chosen before the takes that test it, it is tested alone, without a correction for the other
measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.feedback.neutral_wording import NOT_FLUENCY
from analysis.measures.fillers import FILLER_RATE_GUIDE
from analysis.trends.amounts import amounts_of
from analysis.trends.change import compare_groups
from analysis.trends.models import Change, Take
from analysis.trends.wording import focus_change_sentence


@dataclass(frozen=True)
class Advice:
    """Advice on a measure.

    Attributes:
        sentences: two or three short sentences.
        source: source of the advice.
    """

    sentences: tuple[str, ...]
    source: str


_OWN = "Greenroom's own suggestion, not based on a study"

ADVICE: dict[str, Advice] = {
    "answer_length": Advice(
        (
            "Before you speak, choose the one point you want to be remembered.",
            "Give one example, say what came of it, and stop there.",
            "If you often run short, add what you did yourself and why.",
        ),
        _OWN,
    ),
    "speaking_rate": Advice(
        (
            "Say the first sentence a little slower than feels natural. The rest often becomes slower too.",
            "Breathe at the end of each sentence.",
            "If you want to be quicker, practise the first two sentences until you know them well.",
        ),
        _OWN,
    ),
    "long_pause_rate": Advice(
        (
            "Short pauses between sentences help people follow. You do not need to remove them.",
            "To make fewer long ones, plan the next sentence before you begin it, and keep it short.",
            "Say each thought to its end, and pause there.",
        ),
        _OWN,
    ),
    "filler_rate": Advice(
        (
            "When you feel an 'um' coming, close your mouth and be silent for a moment instead.",
            "Take a breath before your first word, where fillers are most common.",
            "A few are normal. You do not need to have none.",
        ),
        f"{_OWN}. {FILLER_RATE_GUIDE.source}",
    ),
}
"""Advice by measure of the family."""


def focus_change(
    before: Sequence[Take], after: Sequence[Take], measure: str, *, verdicts: bool = True
) -> Change:
    """Compares takes from before a measure was chosen with those since.

    Args:
        before, after: takes, oldest first. Those of the newest take's build are compared.
        measure: the chosen measure.
        verdicts: False leaves out verdicts on fluency, as in `analysis.trends.progress_report`.
    """
    newest = (after or before)[-1:]
    build = newest[0].facts.build if newest else None
    groups = [
        amounts_of([take.facts for take in takes if take.facts.build == build], measure)
        for takes in (before, after)
    ]
    change = compare_groups(*groups)
    if verdicts or measure in NOT_FLUENCY or change.before is None:
        return change
    return replace(change, verdict="not_given")


def focus_sentence(change: Change, measure: str) -> str:
    """A sentence on the change.

    Args:
        change: from `focus_change`.
        measure: the chosen measure.
    """
    return focus_change_sentence(change, measure)
