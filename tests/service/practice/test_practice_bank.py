"""The questions themselves: enough of each set, plain, and no two alike."""

from itertools import combinations

import pytest

from service.practice.questions import BankQuestion, bank
from tests.reading.readability import faults_of
from tests.service.practice.similar import similarity

MOST_ALIKE = 0.6
"""Of `similarity`. With one of ten words replaced, a question has 0.8 of its words in common with itself."""

SPECIALTIES = (
    "internal_medicine",
    "family_medicine",
    "paediatrics",
    "psychiatry",
    "surgery",
    "obstetrics_gynaecology",
    "emergency_medicine",
    "neurology",
)


def questions_of(identifier: str) -> list[BankQuestion]:
    return [question for question in bank().questions if question.set == identifier]


@pytest.mark.parametrize("specialty", SPECIALTIES)
def test_every_specialty_has_questions_of_several_kinds(specialty: str) -> None:
    found = questions_of(specialty)
    assert len(found) >= 12
    assert {question.specialty for question in found} == {specialty}
    assert {"this_specialty", "clinical", "teamwork"} <= {question.kind for question in found}
    assert sum(1 for question in found if question.asks_for_event) >= 3
    assert sum(1 for question in found if question.structure == "safe_ask_plan_share") >= 2


@pytest.mark.parametrize("identifier", [each.id for each in bank().sets])
def test_a_set_is_plain_to_read(identifier: str) -> None:
    found = questions_of(identifier)
    assert len(found) >= 5
    asked = [question.text for question in found]
    scenarios = [question.scenario for question in found if question.scenario]
    assert faults_of([*asked, *scenarios]) == []
    assert faults_of(f"What they listen for: {question.listens_for}" for question in found) == []
    assert all(len(text.split()) <= 90 for text in scenarios)
    assert all(len(text.split()) <= 32 and text[-1] in ".?" for text in asked)


def test_no_two_questions_are_alike() -> None:
    alike = [
        (one.id, other.id)
        for one, other in combinations(bank().questions, 2)
        if similarity(one.text, other.text) >= MOST_ALIKE
    ]
    assert alike == []


def test_two_questions_that_differ_in_a_word_are_alike() -> None:
    one = "Tell me about a patient who had several illnesses at once."
    other = "Tell me about a patient who had several complaints at once."
    assert similarity(one, other) >= MOST_ALIKE
    assert similarity(one, "Tell me about a patient who was hard to reach.") < MOST_ALIKE


def test_a_home_system_is_explained_in_a_minute() -> None:
    found = questions_of("home_system")
    assert len(found) >= 6
    assert {question.aim.high for question in found} == {60}
    for about in ("grades", "rotations", "hands"):
        assert any(about in question.text for question in found), about


def test_what_is_hard_to_talk_about_is_marked() -> None:
    marked = {question.id for question in bank().questions if question.difficult}
    assert {question.id for question in questions_of("difficult")} == marked
    for needed in (
        "score-below-the-others",
        "gap-in-your-cv",
        "exam-more-than-once",
        "no-patients-for-two-years",
        "why-a-graduate-from-abroad",
    ):
        assert needed in marked


@pytest.mark.parametrize("identifier", ["motivation", "mmi_ethics", "policy"])
def test_medical_school_has_its_sets(identifier: str) -> None:
    found = questions_of(identifier)
    assert len(found) >= 12
    assert {question.applying_to for question in found} == {"medical_school"}


def test_what_drives_a_person_has_reasons_obstacles_and_growth() -> None:
    found = questions_of("why")
    assert len(found) >= 6
    assert {"why_medicine", "challenges", "strengths"} <= {question.kind for question in found}


def test_a_station_and_a_situation_have_something_to_read_first() -> None:
    for identifier, most in (("mmi_ethics", 90), ("situations", 50)):
        for question in questions_of(identifier):
            assert question.scenario is not None, question.id
            assert 25 <= len(question.scenario.split()) <= most, question.id
            assert "\n" not in question.scenario and "  " not in question.scenario, question.id
    assert len(questions_of("situations")) >= 8


@pytest.mark.parametrize(("identifier", "longest"), [("group_session", 30), ("situations", 60)])
def test_questions_for_one_form_of_interview_fit_its_time(identifier: str, longest: float) -> None:
    assert {question.aim.high for question in questions_of(identifier)} == {longest}


def test_questions_for_one_form_of_interview_are_not_drawn_elsewhere() -> None:
    special = {question.id for each in bank().sets if each.on_request for question in questions_of(each.id)}
    assert len(special) >= 20
    for specialty in (None, "surgery"):
        asked = {question.id for question in bank().asked_of("residency", specialty)}
        assert not special & asked
        assert len(asked) >= 60


def test_a_set_without_a_specialty_has_no_question_of_one() -> None:
    for each in bank().sets:
        assert {question.specialty for question in questions_of(each.id)} == {each.specialty}, each.id
