"""Decides which follow-up an interviewer would ask after an answer.

It says what is missing only where that is clear. Where the recogniser was unsure of the words, and wherever
the rules are in doubt, the answer counts as well told: a question about something that was told already would
show that nobody listened.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.follow_ups.rules import Rules, Thresholds, rules
from analysis.follow_ups.running_words import Found, RunningWords
from analysis.follow_ups.telling import Telling, read_telling
from analysis.follow_ups.topic import find_topic
from analysis.measures.length import LENGTH_GUIDE
from analysis.report import Guide, Word

ReasonCode = Literal["no_example", "own_part", "no_outcome", "short", "reflective", "nothing_heard"]

_MOST_EVIDENCE = 8
"""Entries that are given with a reason."""


@dataclass(frozen=True)
class Evidence:
    """Something that was said, and led to the reason.

    Attributes:
        text: in lower case, without punctuation.
        start, end: seconds.
    """

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class FollowUpReason:
    """Why a follow-up is asked.

    Attributes:
        code: `no_example`: no event is told although one was asked for, or there are only claims. `own_part`:
            'we' far outweighs 'I' in an event that is told. `no_outcome`: it is not told what came of it.
            `short`: under half of the aim, or only a few words. `reflective`: nothing is missing, or nothing
            can be said. `nothing_heard`: no word was spoken, so nothing is asked.
        word: for `short`, what to ask for more of, for example `the clinic`; None for all other reasons, and
            where no suitable word was recognised with certainty.
        evidence: in order of time; empty where the reason is that something was not said.
    """

    code: ReasonCode
    word: str | None = None
    evidence: tuple[Evidence, ...] = ()


def choose_reason(
    words: Sequence[Word], *, length: float, aim: Guide | None, asks_for_event: bool
) -> FollowUpReason:
    """The reason of the follow-up to ask after an answer.

    Args:
        words: of the transcript, fillers included.
        length: the spoken span, seconds.
        aim: how long the answer should be, seconds; None for the usual aim.
        asks_for_event: whether the question asks for a past event.
    """
    known = rules()
    said = RunningWords(words)
    if not said.words:
        return FollowUpReason("nothing_heard")
    limits = known.thresholds
    short = length < limits.short_of_aim * _least(aim)
    if len(said.words) < limits.fewest_words:
        return _short(said, known)
    if _is_unsure(said.words, limits):
        return FollowUpReason("reflective")
    telling = read_telling(said, known)
    told = _is_told(telling, limits)
    if not told and _lacks_example(telling, limits, asks_for_event=asks_for_event, short=short):
        return FollowUpReason("no_example", evidence=_evidence(said, telling.claims or telling.general))
    done_together = len(telling.we_in_the_past) >= limits.least_we_in_the_past
    if (told or done_together) and _lacks_own_part(telling, limits):
        return FollowUpReason("own_part", evidence=_evidence(said, telling.we))
    if told and asks_for_event and not short and _lacks_outcome(telling, limits):
        return FollowUpReason("no_outcome", evidence=_evidence(said, telling.acts))
    if short:
        return _short(said, known)
    return FollowUpReason("reflective", evidence=_evidence(said, telling.outcomes))


def asks_for_event(question: str) -> bool:
    """Whether a question asks for a past event, by its wording ('Tell me about a time when').

    Args:
        question: as it is asked.
    """
    asked = RunningWords([Word(text, 0.0, 0.0, 1.0) for text in question.split()])
    return next(asked.find(rules().event_questions), None) is not None


def _least(aim: Guide | None) -> float:
    low = LENGTH_GUIDE.low if aim is None else aim.low
    return low or 0.0


def _is_unsure(words: Sequence[Word], limits: Thresholds) -> bool:
    unsure = sum(word.language != "en" or word.probability < limits.unsure_probability for word in words)
    return unsure > limits.most_unsure_words * len(words)


def _is_told(telling: Telling, limits: Thresholds) -> bool:
    placed = telling.anchors or telling.settings
    acts = len(telling.acts)
    by_acts = (
        acts >= (limits.acts_with_anchor if placed else limits.acts_without_anchor)
        and telling.acts_per_100_words >= limits.acts_per_100_words
        and (acts >= len(telling.general) or bool(telling.anchors))
    )
    by_tense = (
        bool(placed)
        and acts >= limits.fewest_acts
        and telling.past_per_100_words >= limits.past_of_told_per_100_words
    )
    return by_acts or by_tense


def _lacks_example(telling: Telling, limits: Thresholds, *, asks_for_event: bool, short: bool) -> bool:
    acts = len(telling.acts)
    sparse = telling.acts_per_100_words <= limits.most_acts_per_100_words
    if not asks_for_event:
        claims = len(telling.claims) >= limits.least_claims and len(telling.supposed) < len(telling.claims)
        return sparse and claims and not telling.shown and not telling.anchors and not short
    if short:
        return not telling.acts and not telling.past
    if telling.past_per_100_words <= limits.most_past_per_100_words:
        return sparse and (not telling.anchors or len(telling.general) > acts)
    mostly_general = len(telling.general) > acts and len(
        telling.general
    ) > limits.general_for_each_past * len(telling.past)
    placed = telling.anchors or telling.outcomes
    return acts <= limits.acts_of_no_event and not placed and mostly_general


def _lacks_own_part(telling: Telling, limits: Thresholds) -> bool:
    return (
        len(telling.we) >= limits.least_we
        and len(telling.we) >= limits.we_for_each_i * len(telling.i)
        and len(telling.own_acts) <= limits.most_own_acts
    )


def _lacks_outcome(telling: Telling, limits: Thresholds) -> bool:
    """Whether an event is told up to what the person did, and nothing comes of it.

    Where others act at the end, that is what came of it, whether or not a phrase says so.
    """
    last = max((found.last for found in (*telling.own_acts, *telling.open_ends)), default=0)
    return not telling.outcomes and last >= telling.words - limits.last_words


def _short(said: RunningWords, known: Rules) -> FollowUpReason:
    topic = find_topic(said, known)
    if topic is None:
        return FollowUpReason("short")
    word, index = topic
    return FollowUpReason("short", word, _evidence(said, [Found(index, index, said.bare[index])]))


def _evidence(said: RunningWords, found: Iterable[Found]) -> tuple[Evidence, ...]:
    ordered = sorted(found, key=lambda entry: entry.first)[:_MOST_EVIDENCE]
    return tuple(
        Evidence(entry.text, said.words[entry.first].start, said.words[entry.last].end) for entry in ordered
    )
