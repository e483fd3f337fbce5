"""When two messages count as the same words. The threshold lies between what is measured here."""

import datetime as dt
from itertools import combinations, permutations

import pytest

from service.prepare.message_drafts import VARIANTS, DraftOf, draft
from service.prepare.message_likeness import THRESHOLD, are_same_words, likeness

NAMES = ("Dr. Ana Reyes", "Dr. Tom Birch", "Prof. Lee", "Ms. Wood")
TALKED_ABOUT = (
    ["how residents teach each other on rounds"],
    ["your quality work on hand-overs", "the clinic in Spanish"],
    ["the mentor for each new resident"],
    ["living by the lake in winter", "the free clinic"],
    ["research time in the second year", "how feedback is given"],
    ["night float"],
)
PROGRAMME = "Lakeside Internal Medicine"
LEFT_OUT = [*NAMES, PROGRAMME]


def note(variant: int, person: int, about: list[str]) -> str:
    of = DraftOf(
        programme=PROGRAMME,
        applying_to="residency",
        date=dt.date(2026, 11, 12),
        recipient=NAMES[person],
        specifics=about,
        signature="Sam Doe",
        identifier="12345678",
        variant=variant,
    )
    return draft("thank_you", of)


def measured(first: str, second: str) -> float:
    return likeness(first, second, left_out=LEFT_OUT)


def test_copies_are_alike() -> None:
    text = note(0, 0, TALKED_ABOUT[0])
    assert measured(text, text.replace(NAMES[0], NAMES[1])) == 1.0
    paragraphs = text.split("\n\n")
    assert measured(text, "\n\n".join(reversed(paragraphs))) == 1.0
    # The same sentences with another detail are still one letter written twice.
    copies = [
        measured(note(variant, 0, one), note(variant, 1, other))
        for variant in range(VARIANTS)
        for one, other in permutations(TALKED_ABOUT, 2)
    ]
    assert min(copies) == pytest.approx(0.78, abs=0.01)
    assert min(copies) > THRESHOLD


def test_drafts_for_several_people_differ() -> None:
    drafts = [
        measured(note(one, 0, about), note(other, 1, also))
        for one, other in combinations(range(VARIANTS), 2)
        for about in TALKED_ABOUT
        for also in TALKED_ABOUT
    ]
    assert max(drafts) == pytest.approx(0.63, abs=0.01)
    assert max(drafts) < THRESHOLD


def test_names_say_nothing() -> None:
    assert likeness("Dear Ana Reyes, thanks", "Dear Tom Birch, thanks") == pytest.approx(0.5)
    assert (
        likeness("Dear Ana Reyes, thanks", "Dear Tom Birch, thanks", left_out=["Ana Reyes", "Tom Birch"]) == 1
    )


def test_texts_without_words_are_alike_to_nothing() -> None:
    assert likeness("", "") == likeness("…", "Thank you") == 0
    assert not are_same_words("", "")


def test_case_apostrophes_and_repeated_words() -> None:
    assert likeness("Don’t STOP", "don't stop") == 1
    assert likeness("very very good", "very good") == pytest.approx(2 * 2 / 5)
