"""The figures of groups of scored clips."""

import pytest
from labelled_reports import clip_of, filled, found, measured, report_of

from analysis.evaluation.clip_scores import ClipScore, score_clip
from analysis.evaluation.summary import NOISY, GroupFigures, summarise
from analysis.evaluation.tables import about_detectors, tables

WORDS = " ".join(["word"] * 100)


def score(name: str, **labels: object) -> ClipScore:
    """A clip of 100 words with 10 filled pauses, of which 9 are detected, and one false detection."""
    fillers = tuple(filled(float(start)) for start in range(0, 50, 5))
    clip = clip_of(id=name, fillers=fillers, text=WORDS, word_count=100, **labels)
    reported = [found(float(start)) for start in range(0, 45, 5)] + [found(57.0)]
    words = measured("spoken_words", 98.0, 95.0, 105.0)
    count = measured("filled_pause_count", 10.0, 8.0, 13.0, state="low_confidence")
    report = report_of(fillers=reported, text=" ".join(["word"] * 98), **words, **count)
    return score_clip(clip, report, seconds=6.0)


@pytest.fixture
def groups() -> dict[str, GroupFigures]:
    scores = [
        score("a", speaker="one", variant="clean"),
        score("b", speaker="two", variant="clean"),
        score("c", speaker="one", variant="n20"),
        score("d", speaker="three", kind="synthetic", accent="US (TTS)"),
        score_clip(
            clip_of(id="n", kind="noise", accent="none", text="", word_count=0), report_of(text="you")
        ),
    ]
    return {group.name: group for group in summarise(scores)}


def test_groups_of_kind_variant_condition_and_accent(groups: dict[str, GroupFigures]) -> None:
    assert set(groups) == {
        "all", "spliced", "spliced clean", "spliced n20", "synthetic", "noise", NOISY,
        "Mandarin L1", "US (TTS)",
    }  # fmt: skip
    assert groups["all"].clips == 5
    assert groups["all"].speakers == 3
    assert groups[NOISY].clips == 1


def test_figures_of_events(groups: dict[str, GroupFigures]) -> None:
    filled_pauses = groups["all"].filled_pauses
    assert filled_pauses is not None
    assert (filled_pauses.true, filled_pauses.found) == (40, 40)
    assert filled_pauses.precision.value == filled_pauses.recall.value == pytest.approx(0.9)
    assert filled_pauses.f1.value == pytest.approx(0.9)
    assert filled_pauses.start_error.n == 36


def test_figures_of_words(groups: dict[str, GroupFigures]) -> None:
    words = groups["all"].words
    assert words is not None
    assert words.words == 400
    assert words.count_error.value == words.word_error_rate.value == pytest.approx(0.02)


def test_a_small_accent_group_has_amounts_but_no_figures(groups: dict[str, GroupFigures]) -> None:
    small, enough = groups["US (TTS)"], groups["Mandarin L1"]
    assert small.words is not None and small.filled_pauses is not None
    assert (small.words.words, small.filled_pauses.true) == (100, 10)
    assert small.words.count_error.value is small.filled_pauses.f1.value is None
    assert enough.words is not None and enough.filled_pauses is not None
    assert (enough.words.words, enough.filled_pauses.true) == (300, 30)
    assert enough.words.count_error.value is not None
    assert enough.filled_pauses.f1.value is not None


def test_figures_of_clips_without_speech(groups: dict[str, GroupFigures]) -> None:
    noise = groups["noise"]
    assert noise.words_without_speech == 1
    assert noise.silent_minutes == 1.0
    assert noise.false_filled_pauses.value == 0
    assert noise.words is None
    assert groups["spliced"].words_without_speech is None


def test_states_and_intervals(groups: dict[str, GroupFigures]) -> None:
    checked = {reliability.measure: reliability for reliability in groups["all"].reliability}
    count = checked["filled_pause_count"]
    assert (count.inside.value, count.inside.n, count.width.value) == (1.0, 4, 5.0)
    assert count.relative_width.value == pytest.approx(0.5)
    assert (count.errors["measured"].n, count.errors["low_confidence"].n) == (0, 4)
    assert checked["spoken_words"].errors["measured"].value == pytest.approx(0.02)
    assert (count.withheld, checked["spoken_words"].withheld) == (0, 0)


def test_withheld_measures_are_counted_separately() -> None:
    withheld = score_clip(clip_of(id="w", fillers=(filled(1.0),)), report_of())
    (count,) = summarise([score("a", speaker="one"), withheld])[0].reliability[:1]
    assert (count.measure, count.inside.n, count.withheld) == ("filled_pause_count", 1, 1)


def test_the_real_time_factor_uses_only_clips_with_a_known_time(groups: dict[str, GroupFigures]) -> None:
    assert groups["all"].real_time_factor == pytest.approx(0.1)
    assert groups["noise"].real_time_factor is None


def test_unintelligible_readers_are_left_out_and_counted() -> None:
    groups = summarise([score("a", reader_wer=0.1), score("b", reader_wer=0.5)])
    assert groups[0].words is not None
    assert (groups[0].words.words, groups[0].words.left_out) == (100, 1)


def test_tables_are_rectangular_and_every_group_has_its_row(groups: dict[str, GroupFigures]) -> None:
    made = {table.title: table for table in tables(list(groups.values()))}
    for table in made.values():
        assert all(len(row) == len(table.columns) for row in table.rows)
    rows = {row[0]: row for row in made["'Um' and 'uh', sure and unsure"].rows}
    assert rows["all"][1:4] == ("40", "40", "0.90 (0.77–0.96)")
    assert rows["US (TTS)"][1:4] == ("10", "10", "–")
    assert "Pauses" not in made


def test_the_detectors_of_the_clips_are_described() -> None:
    report = report_of()
    scores = [
        score_clip(clip_of(id="a"), report, detectors="out_of_fold"),
        score_clip(clip_of(id="b"), report, detectors="own_training_clip"),
        score_clip(clip_of(id="c"), report, detectors="own_training_clip"),
    ]
    said = about_detectors(summarise(scores)[0])
    assert said.startswith("1 of 3 clips are judged out-of-fold")
    assert "2 of 3 clips" in said and "trained on these very clips" in said
