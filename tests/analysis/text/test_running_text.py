"""Words, fillers, pauses and gaps in the order in which they are read."""

from dataclasses import replace

from analysis.report import Filler, Pause, RecordingDescription, Span, Transcript
from analysis.text.running_text import Piece, paragraphs, pieces
from tests.analysis.cli.example_reports import filler_of, usual_report, words_of


def report_of(text: str, *fillers: Filler, pauses: tuple[Pause, ...] = (), gaps: tuple[Span, ...] = ()):  # type: ignore[no-untyped-def]
    """Words one second apart, each 0.3 s long, from 0.5 s."""
    return replace(
        usual_report(),
        recording=RecordingDescription(60.0, 60.0, "opus", 48_000, 1, gaps),
        transcript=Transcript("en", words_of(text, step=1.0), ()),
        fillers=fillers,
        pauses=pauses,
    )


def read(report) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    return [(piece.kind, piece.text) for piece in pieces(report)]


def heard(text: str, start: float, **changes: object) -> Filler:
    filler = Filler(text, start, start + 0.2, "filled_pause", "heard", "filler", 0.9)
    return replace(filler, **changes)  # type: ignore[arg-type]


def test_filled_pauses_heard_in_the_sound_are_between_the_words() -> None:
    assert read(report_of("I like it", heard("um", 0.95))) == [
        ("word", "I"),
        ("filler", "um"),
        ("word", "like"),
        ("word", "it"),
    ]


def test_a_filler_added_by_the_person_is_included_once() -> None:
    added = heard("uh", 1.9, source="person")
    assert read(report_of("I like it", added)) == [
        ("word", "I"),
        ("word", "like"),
        ("filler", "uh"),
        ("word", "it"),
    ]
    written = heard("um", 0.5, source="person")
    assert read(report_of("Um, I like it", written))[0] == ("filler", "Um,")
    assert len(pieces(report_of("Um, I like it", written))) == 4


def test_a_filler_of_two_words_is_one_piece() -> None:
    words = words_of("It was, you know, fine", step=1.0)
    marker = filler_of(words, 2, 2, kind="discourse_marker")
    assert read(report_of("It was, you know, fine", marker)) == [
        ("word", "It"),
        ("word", "was,"),
        ("filler", "you know,"),
        ("word", "fine"),
    ]


def test_a_rejected_filler_is_a_word() -> None:
    words = words_of("I like it", step=1.0)
    marker = filler_of(words, 1, kind="discourse_marker", state="not_filler")
    assert [kind for kind, _ in read(report_of("I like it", marker))] == ["word"] * 3
    assert [kind for kind, _ in read(report_of("I like it", heard("um", 0.95, state="not_filler")))] == [
        "word"
    ] * 3


def test_pauses_and_gaps_are_in_order_of_time() -> None:
    report = report_of("I like it", pauses=(Pause(0.8, 1.5, "within"),), gaps=(Span(1.85, 2.4),))
    assert [kind for kind, _ in read(report)] == ["word", "pause", "word", "gap", "word"]


def _spoken(start: float, text: str) -> Piece:
    return Piece("word", start, start + 0.3, text)


def test_a_paragraph_ends_with_a_sentence_or_where_it_gets_too_long() -> None:
    ended = [_spoken(0.0, "One."), _spoken(14.0, "two."), _spoken(16.0, "Three"), _spoken(40.0, "four")]
    assert [len(part) for part in paragraphs(ended)] == [2, 2]
    endless = [_spoken(5.0 * number, "and") for number in range(12)]
    assert [len(part) for part in paragraphs(endless)] == [9, 3]


def test_a_paragraph_begins_with_something_spoken() -> None:
    running = [_spoken(0.0, "One."), Piece("pause", 20.0, 22.0), _spoken(23.0, "Two.")]
    assert [[piece.kind for piece in part] for part in paragraphs(running)] == [["word", "pause"], ["word"]]
