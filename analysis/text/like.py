"""Whether a 'like' is a filler or carries meaning, from the words around it.

'Like' is a verb ('I like the puzzle'), compares ('it felt like home') and gives examples ('teams, like
ours'); D'Arcy (2007), "Like and language ideology", American Speech 82, describes its other uses. As a filler
it may stand almost anywhere, so what follows decides: 'like really', 'like five', 'like we had' are fillers,
'like the', 'like working' mostly mean something. Quotative 'like' ('I was like no way') can be read either
way and is unsure.
"""

from dataclasses import replace

from analysis.text import word_classes as kinds
from analysis.text.marker_context import Context

_FILLS, _LIKELY_FILLS, _EITHER, _LIKELY_MEANT, _MEANT = 0.9, 0.75, 0.5, 0.25, 0.05
"""Probabilities of a filler; between 0.4 and 0.6 is unsure."""

_PAUSES_ADD = 0.05
"""Added for a 'like' that stands alone between two pauses."""

_WISHING = kinds.listed("would i'd we'd you'd they'd he'd she'd who'd wouldn't should")
_COMPARING = kinds.listed(
    """
    feel feels felt feeling look looks looked looking sound sounds sounded sounding seem seems seemed
    taste tastes tasted smell smells smelled act acts acted acting behave behaves behaved treat treats
    treated treating something nothing anything things stuff someone somebody exactly more much lot
    unlike rather
    """
)
"""Before 'like' as a comparison: 'it felt like', 'something like'."""
_ASKING = kinds.listed("what how whatever anything everything whoever")
_AFTER_QUESTION = kinds.listed("to in when at for on now there and without")
"""After the 'like' of 'what it is like'."""
_VERB_SUBJECTS = kinds.listed(
    """
    i you we they who people patients students residents doctors nurses kids children everyone nobody
    both i've we've
    """
)
"""Subjects of the verb 'like'; 'he' and 'she' take 'likes'."""
_HAVING = kinds.listed(
    """
    have has had got get gets need needs take takes took cost costs there's wait waited saw see met read
    spent learned learn knew know makes made
    """
)
"""Verbs whose object is seldom compared, so that 'like' before an amount is a filler."""
_SUPERLATIVES = kinds.listed("most only best worst first whole main favorite favourite")
_THINKING = kinds.listed("think thought guess know say said says suppose believe mean")
_SAYING = kinds.listed("said say says mentioned told explained")


def like(c: Context) -> float:
    """Probability that a 'like' is a filler."""
    probability = _by_context(c)
    if c.halt_before and c.halt_after and probability > _MEANT:
        return min(0.95, probability + _PAUSES_ADD)
    return probability


def _by_context(c: Context) -> float:
    previous, following = c.back(), c.ahead()
    if c.comma_before and c.comma_after:
        return _alone(c)
    if following in {"i", "you", "we", "he", "she", "they"} and c.ahead(2) in _SAYING and not c.set_off_after:
        return _MEANT  # 'like I said'
    if previous in _COMPARING and not c.comma_before:
        return _comparing(c)
    if following == "like" or previous == "like":
        return _LIKELY_FILLS
    if previous == "the" or _closes_question(c):
        return _MEANT
    if c.opens:
        return _opening(c)
    if previous in _WISHING or (previous in kinds.DEGREE and c.back(2) in _WISHING):
        return _MEANT
    if _joined(previous, c):
        return _after_connector(c)
    if not c.comma_before:
        if previous == "of" and c.back(2) in {"kind", "sort"}:
            return _comparing(c)
        if following == "to":
            return 0.3 if c.halt_before and c.halt_after else _MEANT
        return _inside(c)
    return _after_comma(c)


def _alone(c: Context) -> float:
    """Between two commas; the recogniser sets some around a comparison too ('it is, like, putty')."""
    if c.back() in _WISHING:
        return 0.6
    if c.back() not in kinds.COPULAS or c.halt_before or c.halt_after or c.ahead() in kinds.DETERMINERS:
        return 0.95
    return _EITHER if _after_copula(replace(c, comma_after=False)) < _EITHER else 0.95


def _joined(previous: str, c: Context) -> bool:
    return previous in kinds.CONNECTORS or (previous in {"know", "mean"} and c.back(2) in {"you", "i"})


def _closes_question(c: Context) -> bool:
    """'What it was like.', 'what residency is like', 'as you like'."""
    asked = any(word in _ASKING for word in c.before[-6:])
    ends = c.comma_after or c.ahead() in _AFTER_QUESTION
    if asked and ends and not c.comma_before:
        return True
    return c.comma_after and not c.comma_before and c.back() in {"you", "if", "as", "i", "we", "they", "not"}


def _opening(c: Context) -> float:
    """'Like, nobody', 'Like we did', and the comparison 'Like my mother, I talk'."""
    following = c.ahead()
    if c.comma_after:
        return _FILLS
    compared = c.clause < len(c.after) and c.ahead(c.clause + 1) in kinds.SUBJECTS | kinds.DETERMINERS
    if following in kinds.SUBJECTS | kinds.INDEFINITE | kinds.DEGREE | kinds.CONNECTORS:
        return _FILLS
    if compared or following in {"most", "many", "any", "every", "all", "father", "mother"}:
        return _MEANT
    return _LIKELY_FILLS if any(word in kinds.FINITE for word in c.after[1:5]) or c.halt_after else _EITHER


def _after_connector(c: Context) -> float:
    """'And like we had'; but 'and like to cook', 'so like most students, I'."""
    following = c.ahead()
    if following == "to":
        return _LIKELY_FILLS if c.set_off_before else _MEANT
    if c.set_off_after or following in kinds.SUBJECTS | kinds.INDEFINITE | kinds.DEGREE | kinds.CONNECTORS:
        return _FILLS
    if c.clause < len(c.after) and c.ahead(c.clause + 1) in kinds.SUBJECTS:
        return _LIKELY_MEANT
    if following in {"most", "many", "any", "every"}:
        return _LIKELY_MEANT
    return _LIKELY_FILLS


def _comparing(c: Context) -> float:
    """'It felt like', 'something like', 'kind of like': a comparison, unless a verb or a degree follows."""
    following = c.ahead()
    if c.back() == "of" and (
        kinds.is_past(following) or following in kinds.DEGREE or kinds.is_adjective(following)
    ):
        return _LIKELY_FILLS
    if c.back() in {"things", "stuff"} and following in kinds.SUBJECTS:
        return _EITHER
    return _MEANT


def _inside(c: Context) -> float:
    """'Like' without a comma before it, after a word that does not decide by itself."""
    previous, following = c.back(), c.ahead()
    if previous in kinds.COPULAS:
        return _after_copula(c)
    if previous in {"just", "always", "never", "really", "also", "almost", "even", "actually"}:
        return _after_adverb(c)
    if previous in _VERB_SUBJECTS or previous in {"he", "she", "it"}:
        return _after_subject(c)
    if previous in kinds.MODALS:
        return (
            _LIKELY_FILLS if following in kinds.BASE_VERBS and previous not in {"don't", "didn't"} else _MEANT
        )
    if previous == "to":
        counted = kinds.is_number(following, c.ahead(2))
        return _LIKELY_FILLS if counted or following in kinds.BASE_VERBS else _LIKELY_MEANT
    if previous in kinds.PREPOSITIONS or previous in {"that", "than"}:
        return _LIKELY_FILLS if following not in {"that", "manner"} else _MEANT
    if kinds.is_number(following, c.ahead(2)) or following in kinds.DEGREE:
        return _LIKELY_FILLS
    if following in {"so", "all", "every"} and c.ahead(2) not in {"many", "much", "of", "the", "single"}:
        return _LIKELY_MEANT
    if previous in _THINKING and (following in kinds.SUBJECTS or following in {"the", "my", "our", "it"}):
        return _LIKELY_FILLS
    if previous in _HAVING:
        return _LIKELY_FILLS if following not in kinds.OBJECTS or c.ahead(2) == "huge" else _LIKELY_MEANT
    if c.set_off_after:
        return _EITHER
    if c.halt_before and following in kinds.SUBJECTS:
        return _LIKELY_FILLS
    return _EITHER if c.halt_before else _LIKELY_MEANT


def _after_copula(c: Context) -> float:
    """'It was like really hard' fills, 'it was like a test' compares, 'I was like no way' reports."""
    following, second = c.ahead(), c.ahead(2)
    person = c.back(2) in kinds.PEOPLE or c.back() in {"i'm", "you're", "we're", "they're", "he's", "she's"}
    if c.closes:
        return _LIKELY_MEANT  # 'the person you want to be like.'
    if c.comma_after:
        return _EITHER if person else _LIKELY_FILLS
    if following in {"ok", "okay"}:
        return _EITHER
    if kinds.is_number(following, second) or following in kinds.DEGREE:
        return 0.85
    if kinds.is_adjective(following):
        # 'It was like hard to sleep' fills, 'it is like good cooking' compares.
        ends = c.clause == 1 or second in kinds.PREPOSITIONS | kinds.CONNECTORS | {"to", "that", "enough"}
        return 0.85 if ends else _EITHER
    exists = "there" in {c.back(2), c.back().removesuffix("'s")}
    if exists or kinds.is_past(following) or following in {"all", "everywhere"}:
        return _LIKELY_FILLS
    if following in {"the", "my", "our", "a", "an", "this"}:
        if second in _SUPERLATIVES | kinds.DEGREE or second.endswith("est"):
            return _LIKELY_FILLS
        return _EITHER if c.halt_before else _LIKELY_MEANT
    if following in kinds.INDEFINITE and c.ahead(3):
        return _LIKELY_FILLS
    if kinds.is_gerund(following):
        return _LIKELY_FILLS if person or c.back() == "were" else _MEANT
    if following in {"nothing", "something", "when", "that", "this", "it", "him", "her", "them", "me", "us"}:
        return _MEANT
    if following in kinds.SUBJECTS | kinds.CONNECTORS | {
        "what",
        "why",
        "where",
        "are",
        "do",
        "wow",
        "oh",
        "you",
    }:
        return _EITHER if person or c.back() in {"it's", "was"} else _LIKELY_FILLS
    return _EITHER if person or c.halt_before or c.halt_after else _LIKELY_MEANT


def _after_adverb(c: Context) -> float:
    """'I just like sat' fills; 'I really like', 'just like the textbook' mean something."""
    following = c.ahead()
    if kinds.is_past(following) or following in kinds.DEGREE or following in kinds.SUBJECTS:
        return _LIKELY_FILLS
    return _EITHER if c.comma_after else _MEANT


def _after_subject(c: Context) -> float:
    """'I like the puzzle' is the verb; 'I like totally forgot', 'he like grabbed' fill."""
    following, second = c.ahead(), c.ahead(2)
    plain_verb = c.back() in _VERB_SUBJECTS
    if kinds.is_past(following) or following in kinds.MODALS or following in {"are", "have", "never"}:
        return _LIKELY_FILLS
    if following in kinds.DEGREE and (
        kinds.is_past(second) or second in kinds.AUXILIARIES | kinds.BASE_VERBS
    ):
        return _LIKELY_FILLS
    if following in kinds.SUBJECTS and plain_verb:
        return _EITHER if c.ahead() != "it's" else _LIKELY_FILLS
    if plain_verb or c.back() == "it":
        return _MEANT
    return _EITHER if following in kinds.DETERMINERS | kinds.OBJECTS else _LIKELY_FILLS


def _after_comma(c: Context) -> float:
    """'It was hard, like really hard' fills; 'sports, like football' gives an example."""
    following, second = c.ahead(), c.ahead(2)
    if following == "to":
        return _MEANT
    if following in kinds.SUBJECTS | kinds.INDEFINITE | kinds.DEGREE or following in {"you", "if", "when"}:
        return _FILLS
    if kinds.is_number(following, second) or (following in {"a", "an"} and second in kinds.DEGREE):
        return _LIKELY_FILLS
    return _LIKELY_MEANT
