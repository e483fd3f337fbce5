"""What was written down before an answer, and how long it could be read, as every presentation shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.formatting import duration as length
from analysis.formatting import whole

_PLAN_LABELS = {
    "acknowledge": "Say it plainly",
    "context": "What explains it",
    "learned": "What you learned",
}
"""The fields of a plan, in the order in which they are said."""

_CLOCKS_APART = 1.0
"""Seconds. The page's clock stops at the button, and the recorder ends within a second after it."""


@dataclass(frozen=True)
class PlanLine:
    """One line of a plan, with what it is for."""

    label: str
    text: str


@dataclass(frozen=True)
class PlannedView:
    """What was written down before an answer.

    Attributes:
        plan: the filled lines of the plan for a difficult question.
        bullets: notes to glance at.
        text: how long they could be read during the take, in a sentence or two.
    """

    plan: tuple[PlanLine, ...]
    bullets: tuple[str, ...]
    text: str


def planned_view(
    *,
    plan: Mapping[str, str | None],
    plan_shown: bool,
    bullets: Sequence[str],
    shown: float | None,
    duration: float | None,
) -> PlannedView | None:
    """What was written down; None where nothing was.

    Args:
        plan: `acknowledge`, `context` and `learned`.
        plan_shown: whether the plan stood with the bullets during the take.
        bullets: the notes of the take.
        shown: seconds of the recording for which they could be read; None where that is not known.
        duration: of the recording, in seconds; None until it is known.
    """
    lines = tuple(PlanLine(label, text) for name, label in _PLAN_LABELS.items() if (text := plan.get(name)))
    if not lines and not bullets:
        return None
    sentences = []
    if bullets or plan_shown:
        sentences.append(_shown_text("notes" if bullets else "plan", shown, duration))
    if lines and bullets and plan_shown:
        sentences.append("Your plan was shown with them.")
    elif lines and not plan_shown:
        sentences.append("Your plan was hidden during the take.")
    return PlannedView(lines, tuple(bullets), " ".join(sentences))


def _shown_text(what: str, shown: float | None, duration: float | None) -> str:
    were = "were" if what == "notes" else "was"
    if shown is None:
        return f"It is not known how long your {what} {were} shown."
    if whole(shown) == 0:
        return f"Your {what} {were} hidden during the take."
    if duration is not None and shown >= duration - _CLOCKS_APART:
        return f"Your {what} {were} shown during the whole take of {length(duration)}."
    of_all = "" if duration is None else f" of {length(duration)}"
    return f"Your {what} {were} shown for {length(shown)}{of_all}."
