"""The share of the same wording in two takes, and their passages."""

import json
import time
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.models import Passage, Wording
from analysis.comparison.wording import LEAST_WORDS, SAME_RUN, compare_wording
from analysis.report import Filler
from analysis.text.words import bare
from tests.analysis.comparison.take_reports import spread_words, take, take_report

SAMPLES = Path(__file__).parents[3] / "samples" / "manifest.jsonl"
TEXTS = {
    sample["id"]: sample["text"]
    for sample in map(json.loads, SAMPLES.read_text(encoding="utf-8").splitlines())
}
STORY = TEXTS["good-answer"]


def wording(first: str, second: str, seconds: float = 100.0) -> Wording:
    return compare_wording(
        take(take_report(seconds, text=first)), take(take_report(seconds, text=second), "take 2")
    )


def texts(passage: Passage) -> tuple[list[str], list[str]]:
    return [said.text for said in passage.first], [said.text for said in passage.second]


def misheard(text: str, every: int) -> str:
    """The text with every n-th word replaced, as by a recogniser that mishears."""
    return " ".join(word if (place + 1) % every else "mistaken" for place, word in enumerate(text.split()))


def test_answers_to_different_questions_share_almost_no_wording() -> None:
    for first, second in permutations(TEXTS.values(), 2):
        share = wording(first, second).same_share
        assert share is not None and share <= 0.06
    said = wording(TEXTS["fast"], TEXTS["too-long"])
    assert (said.sentence, said.hint) == ("Hardly any of the wording is the same as in take 1.", None)


@pytest.mark.parametrize(
    ("every", "least", "sentence"),
    [
        (10_000, 1.0, "Nearly all of the wording is the same as in take 1, word for word in long stretches."),
        (12, 0.9, "About 90 % of the wording is the same as in take 1, word for word in long stretches."),
        (6, 0.8, "About 85 % of the wording is the same as in take 1, in short pieces."),
    ],
)
def test_the_same_text_is_recognised_despite_misheard_words(every: int, least: float, sentence: str) -> None:
    said = wording(STORY, misheard(STORY, every))
    assert said.same_share is not None and said.same_share >= least
    assert said.sentence == sentence
    assert (said.hint is None) == ("short" in sentence)


def test_a_share_between_two_steps_is_rounded_up_as_every_figure_is() -> None:
    first = [f"word{number}" for number in range(40)]
    second = [*first[:33], *(f"other{number}" for number in range(7))]
    said = wording(" ".join(first), " ".join(second))
    assert said.same_share == 0.825
    assert said.sentence.startswith("About 85 % of the wording")


def test_changed_passages_have_times() -> None:
    first = "I trained as a nurse for three years. Then I moved here. " + STORY
    second = "I trained as a nurse for four long years. Then I moved here. And I stayed. " + STORY
    said = wording(first, second)
    opening, other, years, moved, added, *story = said.passages
    assert texts(opening) == (["I trained as a nurse for"], ["I trained as a nurse for"])
    assert (other.kind, texts(other)) == ("changed", (["three"], ["four long"]))
    assert texts(years) == (["years."], ["years."])
    assert texts(moved) == (["Then I moved here."], ["Then I moved here."])
    assert (added.kind, texts(added)) == ("changed", ([], ["And I stayed."]))
    assert {passage.kind for passage in story} == {"same"}
    # A new line begins where a sentence ends in both.
    assert [passage.closes for passage in said.passages[:5]] == [False, False, True, True, True]
    step = 100.0 / len(second.split())
    assert added.second[0].start == pytest.approx(1.0 + 13 * step, abs=0.01)
    assert added.second[0].end == pytest.approx(1.0 + 16 * step, abs=0.01)


def test_the_share_is_of_the_later_take() -> None:
    """A take that is the first half of the other one is the same; of a take twice as long, half is."""
    words = STORY.split()
    half = " ".join(words[: len(words) // 2])
    assert wording(STORY, half).same_share == 1.0
    assert wording(half, STORY).same_share == pytest.approx(0.5, abs=0.02)


def test_short_runs_do_not_count_as_the_same_wording() -> None:
    pairs = " ".join(f"of the {noun}" for noun in STORY.split())
    others = " ".join(f"of the {noun}s" for noun in reversed(STORY.split()))
    assert SAME_RUN == 3
    assert wording(pairs, others).same_share == 0.0


def test_case_and_punctuation_make_no_difference() -> None:
    said = wording(f"We saw -- 2,500 Patients, Dr. Lee's. {STORY}", f"we saw 2,500 patients dr Lee’s {STORY}")
    assert said.same_share == 1.0
    assert {passage.kind for passage in said.passages} == {"same"}


def test_a_sentence_that_ends_in_one_take_only_does_not_close_a_passage() -> None:
    said = wording(f"I asked. They came. {STORY}", f"I asked, they came. {STORY}")
    opening = said.passages[0]
    assert texts(opening) == (["I asked.", "They came."], ["I asked, they came."])
    assert opening.closes


def test_a_run_that_ends_within_a_written_number_leaves_it_out() -> None:
    said = wording(f"We treated 2,500 of them. {STORY}", f"We treated two thousand of them. {STORY}")
    assert texts(said.passages[0]) == (["We treated 2,500"], ["We treated two thousand"])


def test_fillers_are_not_part_of_the_wording() -> None:
    plain = STORY.split()
    hesitant = [*plain[:5], "Um,", *plain[5:9], "like,", *plain[9:]]
    words = spread_words(" ".join(hesitant), 100.0)
    like = words[10]
    marker = Filler("like", like.start, like.end, "discourse_marker", "transcribed", "filler", 0.9)
    report = take_report(100.0, text=" ".join(hesitant), fillers=[marker])
    before = take(take_report(100.0, text=STORY))
    assert compare_wording(before, take(report, "take 2")).same_share == 1.0
    meant = take(take_report(100.0, text=" ".join(hesitant), fillers=[replace(marker, state="not_filler")]))
    assert "like," in [said.text for p in compare_wording(before, meant).passages for said in p.second]


def test_no_share_for_short_takes_or_different_languages() -> None:
    few = " ".join(STORY.split()[: LEAST_WORDS - 1])
    assert wording(few, STORY).same_share is None
    assert wording(STORY, "").sentence == "Too little was said to compare the wording."
    assert wording("", "").passages == ()
    german = take(take_report(100.0, text=STORY, language="de"), "take 2")
    said = compare_wording(take(take_report(100.0, text=STORY)), german)
    assert said.same_share is None and "different languages" in said.sentence


def test_two_thousand_words_take_less_than_a_second() -> None:
    """Measured in CPU time of this process, which is 0.06 s, so that other load does not matter."""
    long = " ".join(TEXTS.values()).split()
    long = (long * 2)[:2000]
    began = time.process_time()
    wording(" ".join(long), misheard(" ".join(long), 9), 900.0)
    wording(" ".join(long), " ".join(sorted(long)), 900.0)
    assert time.process_time() - began < 1.0


WORDS = ("I", "2,500", "um,", "well-known", "resid-", "so", "the", "day.", "–", "Day")


@given(st.lists(st.sampled_from(WORDS), max_size=60), st.data())
def test_every_word_of_both_takes_is_in_the_passages_once_and_in_order(
    first: list[str], data: st.DataObject
) -> None:
    second = data.draw(st.permutations(first))
    said = wording(" ".join(first), " ".join(second))
    for side, words in (("first", first), ("second", second)):
        shown = [word for p in said.passages for piece in getattr(p, side) for word in piece.text.split()]
        assert shown == [word for word in words if word not in {"um,", "resid-", "–"}]
    for passage in said.passages:
        sides = [
            [bare(word) for piece in side for word in piece.text.split()]
            for side in (passage.first, passage.second)
        ]
        assert any(sides)
        assert passage.kind == "changed" or sides[0] == sides[1]
