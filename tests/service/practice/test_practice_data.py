"""Validation of questions and formats: errors are reported with their location."""

import re
import textwrap
from pathlib import Path

import pytest

from service.practice.checked_file import LARGEST_FILE, DataError
from service.practice.follow_ups import FILE as FOLLOW_UPS_FILE
from service.practice.formats import BUILT_IN_FILE, Format, built_in_formats, own_formats
from service.practice.questions import (
    BANK_FILE,
    SETS_FOLDER,
    Bank,
    BankQuestion,
    QuestionSet,
    bank,
    load_bank,
)

GOOD_BANK = """
kinds = [{ id = "about", name = "About" }]
structures = [{ id = "star", name = "Star", steps = [{ name = "Situation", hint = "Where." }] }]
groups = [{ id = "any", name = "Any" }]
sets = [{ id = "first", name = "First", group = "any", applying_to = "residency", specialty = "neurology" }]
"""

GOOD_SET = """
[[questions]]
id = "who-are-you"
text = "Who are you?"
kind = "about"
structure = "star"
aim = [60, 120]
listens_for = "A direction."
follow_ups = ["example", "outcome"]
"""

GOOD_FORMAT = '[[formats]]\nid = "quick"\nname = "Quick"\nsummary = "Short."\nanswer = 45\n'


def read_bank(folder: Path, sets: str = GOOD_SET, described: str = GOOD_BANK) -> Bank:
    (folder / SETS_FOLDER).mkdir(exist_ok=True)
    (folder / "questions.toml").write_text(described)
    (folder / SETS_FOLDER / "first.toml").write_text(sets)
    return load_bank(folder / "questions.toml", known_follow_ups=("example", "outcome", "more"))


def wrong_bank(folder: Path, old: str, new: str) -> str:
    assert (old in GOOD_SET) != (old in GOOD_BANK)
    with pytest.raises(DataError) as caught:
        read_bank(folder, GOOD_SET.replace(old, new), GOOD_BANK.replace(old, new))
    return caught.value.text


def own(folder: Path, text: str) -> tuple[list[str], str | None]:
    (folder / "formats.toml").write_text(text, encoding="utf-8")
    found = own_formats(folder)
    return [each.id for each in found.formats], found.problem


def test_the_bank_covers_every_kind_of_question() -> None:
    assert len(bank().questions) >= 64
    for kind in bank().kinds:
        assert sum(1 for question in bank().questions if question.kind == kind.id) >= 4, kind.id
    behaviour = [question for question in bank().questions if question.structure == "star"]
    assert all(re.search(r"^(Tell|Describe|What|Was|Some)", question.text) for question in behaviour)
    first = bank().find("tell-me-about-yourself")
    assert first is not None and first.structure == "summary_past_future"
    assert len({question.text for question in bank().questions}) == len(bank().questions)


def test_the_bank_neither_judges_nor_promises() -> None:
    files = [BANK_FILE, BUILT_IN_FILE, FOLLOW_UPS_FILE, *(BANK_FILE.parent / SETS_FOLDER).glob("*.toml")]
    assert len(files) > 10
    words = "".join(path.read_text(encoding="utf-8") for path in files)
    for unkind in ("failed", "failure", "nervous", "poor", "weak ", "foreign", "guarantee", "be accepted"):
        assert unkind not in words.lower(), unkind


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "about"\n', 'kind = "abuot"\n', "kind 'abuot' is not one of the kinds"),
        ('structure = "star"\n', 'structure = "moon"\n', "structure 'moon' is not one of the structures"),
        ("aim = [60, 120]", "aim = [120, 60]", "aim high must not be less than low"),
        ("aim = [60, 120]", "aim = [60]", "aim should be two numbers of seconds: [least, most]"),
        ("aim = [60, 120]", "", "aim is missing"),
        ("aim = [60, 120]", "aim = [60, 120]\nlength = 3", "length is not a known field"),
        ('"A direction."', '""', "listens_for"),
        ('"Who are you?"', "7", "text should be a valid string"),
        ('"outcome"]', '"outcom"]', "follow-up 'outcom' is not one of the follow-ups"),
        ('"outcome"]', '"example"]', "follow_ups names one id twice"),
        (', "outcome"]', "]", "follow_ups should have two to four ids, or be left out"),
        ('"outcome"]', '"outcome", "more", "a", "b"]', "follow_ups"),
        (
            "aim = [60, 120]",
            "aim = [60, 120]\nspecialty = 'dentistry'",
            "specialty should be 'internal_medicine'",
        ),
        ("aim = [60, 120]", "aim = [60, 120]\nscenario = ''", "scenario"),
        ("aim = [60, 120]", "aim = [60, 120]\ndifficult = 1", "difficult should be a valid boolean"),
    ],
)
def test_an_error_names_the_question_and_the_field(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = wrong_bank(tmp_path, old, new)
    assert text.startswith("first.toml, question 1 ('who-are-you'): ")
    assert said in text and text.endswith(".")


def test_invalid_and_repeated_ids_are_refused(tmp_path: Path) -> None:
    assert "question 1 ('Who are you'): id should be small letters" in wrong_bank(
        tmp_path, "who-are-you", "Who are you"
    )
    assert "question 1 ('who'): id" in wrong_bank(tmp_path, "who-are-you", "who")
    assert wrong_bank(tmp_path, "[[questions]]", GOOD_SET + "[[questions]]") == (
        "question_sets: the id 'who-are-you' occurs twice."
    )


def test_a_set_names_its_file_and_its_group(tmp_path: Path) -> None:
    assert wrong_bank(tmp_path, 'group = "any"', 'group = "some"') == (
        "questions.toml, set 'first': group 'some' is not one of the groups."
    )
    assert wrong_bank(tmp_path, "aim = [60, 120]", "aim = [60, 120]\nset = 'first'") == (
        "first.toml, question 1: set is the name of the file, so leave it out."
    )
    (tmp_path / SETS_FOLDER / "second.toml").write_text(GOOD_SET)
    with pytest.raises(DataError, match=r"^question_sets: 'second' is not one of the sets\.$"):
        read_bank(tmp_path)
    (tmp_path / SETS_FOLDER / "second.toml").unlink()
    another = ' { id = "third", name = "Third", group = "any" }]'
    with pytest.raises(DataError, match=r"^question_sets: 'third' has no file\.$"):
        read_bank(tmp_path, described=GOOD_BANK.replace('"neurology" }]', '"neurology" },' + another))


def test_a_valid_bank_is_read(tmp_path: Path) -> None:
    (question,) = read_bank(tmp_path).questions
    assert (question.aim.high, question.set, question.follow_ups) == (120, "first", ("example", "outcome"))
    assert (question.applying_to, question.specialty) == ("residency", "neurology")
    own = GOOD_SET + "applying_to = 'medical_school'\n"
    assert read_bank(tmp_path, own).questions[0].applying_to == "medical_school"


def test_questions_of_another_specialty_are_asked_of_nobody_else(tmp_path: Path) -> None:
    loaded = read_bank(tmp_path)
    assert loaded.asked_of(None, None) == ()
    assert loaded.asked_of("residency", "surgery") == ()
    assert loaded.asked_of("medical_school", "neurology") == ()
    for applying_to in (None, "residency"):
        assert len(loaded.asked_of(applying_to, "neurology")) == 1
    on_request = GOOD_BANK.replace('"neurology" }', '"neurology", on_request = true }')
    assert read_bank(tmp_path, described=on_request).asked_of("residency", "neurology") == ()


def test_the_file_of_the_bank_describes_every_field() -> None:
    comments = [
        line for line in BANK_FILE.read_text(encoding="utf-8").splitlines() if line.startswith("#   ")
    ]
    described = {line.split()[1] for line in comments}
    # The file's name says the set.
    assert (set(BankQuestion.model_fields) | set(QuestionSet.model_fields)) - {"set"} <= described


def test_the_built_in_formats_have_their_documented_times() -> None:
    given = {each.id: each for each in built_in_formats()}

    def times(identifier: str) -> tuple[float | None, float | None]:
        return given[identifier].preparation, given[identifier].answer

    assert times("free") == (None, None)
    assert times("video-interview") == (60, 180)
    assert times("one-minute") == (None, 60) and not given["one-minute"].retake
    assert times("think-then-talk") == (30, 180)
    assert times("mmi") == (120, 480) and given["mmi"].preparation_kind == "read"
    assert times("mock-interview") == (30, 180)
    assert (given["mock-interview"].questions, given["mock-interview"].pause) == (5, 30)


def test_no_built_in_format_contradicts_the_aim_of_an_answer_in_it() -> None:
    longest = max(question.aim.high for question in bank().questions)
    for each in built_in_formats():
        assert each.answer is None or (each.aim.high if each.aim else longest) <= each.answer, each.id
    (mmi,) = (each for each in built_in_formats() if each.id == "mmi")
    assert mmi.aim is not None and (mmi.aim.low, mmi.aim.high) == (240, 480)


@pytest.mark.parametrize(
    ("field", "aim"),
    [
        ("answer = 45", (22.5, 45)),
        ("answer = 170", (85, 170)),
        ("answer = 180", None),
        ("answer = 300", None),
        ("answer = 420", (210, 420)),
        ("answer = 420\naim = [60, 90]", (60, 90)),
        ("preparation = 10", None),
    ],
)
def test_a_format_whose_time_does_not_fit_the_question_gets_an_aim_of_its_own(
    tmp_path: Path, field: str, aim: tuple[float, float] | None
) -> None:
    (tmp_path / "formats.toml").write_text(GOOD_FORMAT.replace("answer = 45", field), encoding="utf-8")
    (found,) = own_formats(tmp_path).formats
    assert (None if found.aim is None else (found.aim.low, found.aim.high)) == aim


def test_the_file_describes_every_field_of_a_format() -> None:
    comments = [line for line in BUILT_IN_FILE.read_text().splitlines() if line.startswith("#   ")]
    described = {line.split()[1] for line in comments}
    assert set(Format.model_fields) <= described


def test_own_formats_are_read_on_every_request(tmp_path: Path) -> None:
    assert own_formats(tmp_path).formats == () and own_formats(tmp_path).problem is None
    assert own(tmp_path, GOOD_FORMAT) == (["quick"], None)
    assert own(tmp_path, GOOD_FORMAT.replace("quick", "quicker")) == (["quicker"], None)
    # With the byte order mark and line ends of an editor on Windows.
    assert own(tmp_path, "\ufeff" + GOOD_FORMAT.replace("\n", "\r\n")) == (["quick"], None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("answer = -5", "format 2 ('slow'): answer should be greater than 0."),
        ("answer = 99999", "format 2 ('slow'): answer should be less than or equal to 3600."),
        ('answer = "60"', "format 2 ('slow'): answer should be a valid number."),
        ("answer = nan", "format 2 ('slow'): answer should be a finite number."),
        ("pause = 10", "format 2 ('slow'): pause is only for more than one question."),
        ("aim = [60, 90]\nanswer = 30", "format 2 ('slow'): aim begins after the answer has ended."),
        ("questions = 0", "format 2 ('slow'): questions should be greater than or equal to 1."),
        ("minutes = 3", "format 2 ('slow'): minutes is not a known field."),
        ('preparation_kind = "think"', "format 2 ('slow'): preparation_kind should be 'prepare' or 'read'."),
    ],
)
def test_an_invalid_format_is_reported_and_the_others_are_listed(
    tmp_path: Path, text: str, said: str
) -> None:
    wrong = f'{GOOD_FORMAT}[[formats]]\nid = "slow"\nname = "Slow"\nsummary = "Long."\n{text}\n'
    third = GOOD_FORMAT.replace("quick", "third")
    assert own(tmp_path, wrong + third) == (["quick", "third"], f"formats.toml, {said}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[formats]]\nid = quick\n", "formats.toml is not written as TOML: "),
        ("formats = 3\n", "formats.toml: write each entry below a line of its own, [[formats]]."),
        ("[[format]]\nid = 'a'\n", "formats.toml: 'format' is not known here."),
        (GOOD_FORMAT.replace("quick", "mmi"), "formats.toml, format 1 ('mmi'): id is taken already."),
        (GOOD_FORMAT + GOOD_FORMAT, "formats.toml, format 2 ('quick'): id is taken already."),
        ("formats = [3]", "formats.toml, format 1: should be a table of fields."),
        ("# " + "x" * LARGEST_FILE, "formats.toml is larger than 1 MB."),
    ],
)
def test_an_invalid_formats_file_is_reported(tmp_path: Path, text: str, said: str) -> None:
    _, problem = own(tmp_path, text)
    assert problem is not None and problem.startswith(said)


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    _, problem = own(tmp_path, GOOD_FORMAT + "answer 45\n")
    assert problem is not None and "line 6" in problem


def test_another_encoding_is_reported(tmp_path: Path) -> None:
    (tmp_path / "formats.toml").write_bytes(GOOD_FORMAT.replace("Short", "Kürzer").encode("latin-1"))
    assert own_formats(tmp_path).problem == "formats.toml is not written in UTF-8."


def test_the_readme_matches_the_formats_and_the_bank(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"(?:^    .*\n)*^    \[\[formats\]\]\n(?:^    .*\n)+", readme, re.MULTILINE)
    assert shown is not None
    assert own(tmp_path, textwrap.dedent(shown.group())) == (["panel"], None)
    assert f"Greenroom comes with {len(bank().questions)} questions" in readme
