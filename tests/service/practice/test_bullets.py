"""What is a note to glance at and what is a sentence to read out, in the English that learners write too."""

import pytest

from service.practice.bullets import BulletIsSentence, BulletTooLong, check_bullets, fault_of

BULLETS = (
    "Night shift, alone",
    "Mrs B: chest pain",
    "Asked for help at 3 a.m.",
    "Visa, family, exam etc.",
    "Two attempts – what changed",
    "Step 1: 215 → Step 2: 248",
    "We, not I",
    "I as team leader",
    "I and my tutor",
    "It helped",
    "I led",
    "IT support at my clinic",
    "US rotation: 12 weeks",
    "What was hard",
    "What I learned from it",
    "Why this school, not another",
    "How we decided",
    "Nothing I could do",
    "Things that were hard",
    "Exam failed, was ill",
    "Listen first, then explain plan",
    "Learned to ask early",
    "Ask one question, wait for answer",
    "Mistake in dose, told the senior",
    "Patient angry, family far away",
    "Skills I have",
    "Good will of the nurses",
    "Since May at the clinic",
    "Must have: own example",
    "Should have called earlier",
    "Could have asked before",
    "End: thank you, why here",
    "“Can you help me” – my mother",
    "Calm voice…",
    "And then...",
    "夜班，一个人",
    "Turno de noche, sola",
    "a + b + c + d + e + f + g + h",
)

SENTENCES = (
    "I was alone on the night shift.",
    "I was alone on the night shift",
    "We moved to another country",
    "I've learned to ask for help",
    "I’m calm under pressure",
    "It's not your fault",
    "Night shift.",
    "Why medicine?",
    "Never again!",
    "They said “stop.”",
    "The patient was angry",
    "My mother is a doctor",
    "Patient was very angry at me",
    "The other nurses were busy",
    "He don't listen to me",
    "I am agree with the team",
    "I very want to be doctor",
    "Mother has diabetes since 2010",
    "In hospital is many patients",
    "There was no doctor",
    "She tell me the problem",
    "Exam didn't go well",
    "我一个人上夜班。",
)

TOO_LONG = (
    "one two three four five six seven eight nine",
    "Night shift alone, many patients, one nurse, no senior doctor there",
)


@pytest.mark.parametrize("bullet", BULLETS)
def test_a_few_words_are_a_bullet(bullet: str) -> None:
    assert fault_of(bullet) is None


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_none(sentence: str) -> None:
    assert fault_of(sentence) == "bullet_is_sentence"


@pytest.mark.parametrize("bullet", TOO_LONG)
def test_more_than_eight_words_are_too_many(bullet: str) -> None:
    assert fault_of(bullet) == "bullet_too_long"


def test_eight_words_are_enough_for_a_bullet() -> None:
    assert fault_of("one two three four five six seven eight") is None


def test_all_that_are_refused_are_named_with_their_place() -> None:
    with pytest.raises(BulletIsSentence) as refusal:
        check_bullets(["Night shift", SENTENCES[0], TOO_LONG[0]])
    assert [(each["bullet"], each["code"]) for each in refusal.value.members["refused"]] == [  # type: ignore[attr-defined]
        (1, "bullet_is_sentence"),
        (2, "bullet_too_long"),
    ]
    assert "full sentence" in refusal.value.detail
    with pytest.raises(BulletTooLong) as refusal_of_words:
        check_bullets([TOO_LONG[0]])
    assert "9 words" in refusal_of_words.value.detail
