from analysis.filled_pauses.candidates import Candidate
from analysis.filled_pauses.decoder_odds import LEAST_LOG_ODDS, DecoderOdds
from analysis.filled_pauses.evidence import FEATURES, Evidence, gather_evidence
from analysis.report import Span, Word
from analysis.signal.voice_activity import Activity

SPEAKING = Activity(
    duration=10.0,
    speech=(Span(0.0, 10.0),),
    silences=(),
    probabilities=(0.9,) * 320,
    speech_level=-20.0,
    noise_floor=-60.0,
)


def feature(evidence: Evidence, name: str) -> float:
    return float(evidence.features[FEATURES.index(name)])


def candidate(start: float, end: float, peak: float = 5.0) -> Candidate:
    return Candidate(start, end, peak, peak - 1)


def word(text: str, start: float, end: float, probability: float = 0.9) -> Word:
    return Word(text, start, end, probability)


def test_written_and_heard_are_one_event_at_the_time_of_the_sound() -> None:
    (only,) = gather_evidence([word("Um,", 2.3, 2.6)], [candidate(2.0, 2.25)], (), SPEAKING)
    assert (only.start, only.end, only.text) == (2.0, 2.25, "um")
    assert feature(only, "written") == 1
    assert feature(only, "written_um") == 1
    assert feature(only, "not_heard") == 0


def test_written_and_heard_far_apart_are_two_events() -> None:
    first, second = gather_evidence([word("uh", 4.0, 4.2)], [candidate(2.0, 2.25)], (), SPEAKING)
    assert (first.text, second.text) == (None, "uh")
    assert feature(second, "not_heard") == 1
    assert feature(second, "peak") < feature(first, "peak")


def test_each_candidate_has_the_written_one_nearest_to_it() -> None:
    words = [word("uh", 2.1, 2.2), word("um", 2.5, 2.8)]
    found = gather_evidence(words, [candidate(2.0, 2.2), candidate(2.5, 2.9)], (), SPEAKING)
    assert [evidence.text for evidence in found] == ["uh", "um"]


def test_one_written_filler_matches_one_candidate_only() -> None:
    found = gather_evidence([word("uh", 2.1, 2.6)], [candidate(2.0, 2.2), candidate(2.5, 2.7)], (), SPEAKING)
    assert sorted(evidence.text or "" for evidence in found) == ["", "uh"]


def test_another_word_at_the_same_time_is_a_feature() -> None:
    beside, under = gather_evidence(
        [word("the", 5.0, 5.3, 0.95)], [candidate(2.0, 2.2), candidate(5.05, 5.25)], (), SPEAKING
    )
    assert feature(beside, "under_a_word") == 0
    assert feature(under, "under_a_word") == 0.95


def test_an_ordinary_word_is_not_evidence() -> None:
    assert gather_evidence([word("umbrella", 1.0, 1.5)], [], (), SPEAKING) == ()


def decoder_odds(evidence: Evidence) -> float:
    return 4 * feature(evidence, "decoder_odds")


def test_a_place_in_the_text_counts_for_the_sound_beside_it() -> None:
    near, far = gather_evidence(
        [], [candidate(2.0, 2.2), candidate(6.0, 6.2)], [DecoderOdds(2.3, 2.4, 1.5)], SPEAKING
    )
    assert decoder_odds(near) == 1.5
    assert decoder_odds(far) == LEAST_LOG_ODDS


def test_a_place_in_the_text_counts_for_one_sound_only() -> None:
    weak, strong = gather_evidence(
        [], [candidate(2.0, 2.1, 1.0), candidate(2.3, 2.5, 5.0)], [DecoderOdds(2.1, 2.3, 1.5)], SPEAKING
    )
    assert decoder_odds(weak) == LEAST_LOG_ODDS
    assert decoder_odds(strong) == 1.5


def test_of_neighbouring_steps_of_the_decoder_the_surest_counts() -> None:
    steps = [DecoderOdds(2.0, 2.1, -3.0), DecoderOdds(2.1, 2.3, 2.0), DecoderOdds(2.3, 2.3, -5.0)]
    (only,) = gather_evidence([], [candidate(2.1, 2.3)], steps, SPEAKING)
    assert decoder_odds(only) == 2.0


def test_a_place_where_the_decoder_nearly_wrote_one_is_an_event_of_its_own() -> None:
    (only,) = gather_evidence([], [], [DecoderOdds(2.0, 2.0, 0.5), DecoderOdds(5.0, 5.0, -4.0)], SPEAKING)
    assert (only.text, decoder_odds(only)) == (None, 0.5)
    assert only.start < 2.0 < only.end
    assert feature(only, "not_heard") == 1


def test_a_written_one_is_at_the_step_that_wrote_it() -> None:
    (only,) = gather_evidence([word("uh", 4.0, 4.2)], [], [DecoderOdds(4.0, 4.2, 3.0)], SPEAKING)
    assert (only.text, decoder_odds(only)) == ("uh", 3.0)
