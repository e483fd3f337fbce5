"""Where running text has spaces."""

import pytest

from analysis.text.spacing import running


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("a well -known co -author", "a well-known co-author"),
        ("low -blood pressure", "low-blood pressure"),
        ("COVID -19 in 2020 -21", "COVID-19 in 2020-21"),
        ("20 % of 200 ,000", "20% of 200,000"),
        ("at 10 :30 or 3 .5", "at 10:30 or 3.5"),
        ("about .5 of it", "about .5 of it"),
        ("I do n't and it 's fine", "I don't and it's fine"),
        ("I ’ve seen", "I’ve seen"),
        ("then 'cause he said 'em", "then 'cause he said 'em"),
        ("the U .S . and U.S. -based", "the U.S. and U.S.-based"),
        ("$ 20 and £5", "$20 and £5"),
        ("and /or", "and/or"),
        ("a co- author", "a co-author"),
        ("in my resid- residency", "in my resid- residency"),
        ("we re- re-read it", "we re- re-read it"),
        ("she said “yes ” (once )", "she said “yes” (once)"),
        ("well, - known", "well, - known"),
        ("Wait, -they came", "Wait, -they came"),
        ("um", "um"),
        ("", ""),
    ],
)
def test_words_are_spaced_as_typed_text_is(words: str, text: str) -> None:
    assert running(words.split()) == text
