"""What was written down before an answer, and the sentence on how long it could be read."""

import pytest

from analysis.view.planned import PlanLine, planned_view

PLAN = {"acknowledge": "I took Step 1 twice.", "context": None, "learned": "A weekly plan"}


@pytest.mark.parametrize(
    ("shown", "duration", "text"),
    [
        (40.2, 92.3, "Your notes were shown for 40 s of 1 min 32 s."),
        (92.1, 92.4, "Your notes were shown during the whole take of 1 min 32 s."),
        (91.0, 92.4, "Your notes were shown for 1 min 31 s of 1 min 32 s."),
        # Chunks that were lost: the page recorded for longer than what is there.
        (95.0, 92.4, "Your notes were shown during the whole take of 1 min 32 s."),
        (0.0, 92.4, "Your notes were hidden during the take."),
        (40.0, None, "Your notes were shown for 40 s."),
        (None, 92.4, "It is not known how long your notes were shown."),
    ],
)
def test_how_long_notes_were_shown(shown: float | None, duration: float | None, text: str) -> None:
    view = planned_view(plan={}, plan_shown=False, bullets=["Tutor"], shown=shown, duration=duration)
    assert view is not None
    assert (view.plan, view.bullets, view.text) == ((), ("Tutor",), text)


@pytest.mark.parametrize(
    ("plan_shown", "bullets", "text"),
    [
        (True, [], "Your plan was shown for 5 s of 10 s."),
        (True, ["Tutor"], "Your notes were shown for 5 s of 10 s. Your plan was shown with them."),
        (False, ["Tutor"], "Your notes were shown for 5 s of 10 s. Your plan was hidden during the take."),
        (False, [], "Your plan was hidden during the take."),
    ],
)
def test_whether_the_plan_was_shown(plan_shown: bool, bullets: list[str], text: str) -> None:
    view = planned_view(plan=PLAN, plan_shown=plan_shown, bullets=bullets, shown=5.0, duration=10.0)
    assert view is not None and view.text == text
    assert view.plan == (
        PlanLine("Say it plainly", "I took Step 1 twice."),
        PlanLine("What you learned", "A weekly plan"),
    )


def test_there_is_nothing_to_show_where_nothing_was_written() -> None:
    empty = {"acknowledge": None, "context": "", "learned": None}
    assert planned_view(plan=empty, plan_shown=True, bullets=[], shown=None, duration=10.0) is None
