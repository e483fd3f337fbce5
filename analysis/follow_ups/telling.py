"""What a transcript tells: acts and when they happened, who acted, what came of it, and what is claimed."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.follow_ups.rules import Rules
from analysis.follow_ups.running_words import Found, RunningWords
from analysis.text.word_classes import is_past

_REACH = 3
"""Most words between a subject and its verb ('I then also immediately called')."""

_BEFORE_A_PAST = frozenset({"and", "then", "it"})
"""Besides subjects, and adverbs between a subject and its verb."""

_PAST_HELPERS = frozenset({"had", "did", "didn't", "decided", "started", "began"})
"""Among words between a subject and its verb, those that put it into the past."""

_NEAR = 2
"""Words before a phrase in which a 'had', 'would' or 'not' belongs to it."""


@dataclass(frozen=True)
class Telling:
    """What was found in an answer, each in order.

    Attributes:
        words: number of spoken words.
        acts: that somebody did something, once.
        past: verbs in a past form, those of states ('was', 'had') as well.
        anchors: that it happened at a moment.
        settings: that it happened in a time of which there may be habits to tell as well.
        general: what always holds, or would.
        we, i: clauses of 'we' and of 'I'.
        we_in_the_past: of the first, those with a verb in a past form.
        own_acts: acts of the person, and other phrases that tell of their part.
        outcomes: what came of it.
        open_ends: phrases with which a telling breaks off.
        claims: about the person.
        shown: examples that are announced.
        supposed: what would be done.
    """

    words: int
    acts: tuple[Found, ...]
    past: tuple[Found, ...]
    anchors: tuple[Found, ...]
    settings: tuple[Found, ...]
    general: tuple[Found, ...]
    we: tuple[Found, ...]
    we_in_the_past: tuple[Found, ...]
    i: tuple[Found, ...]
    own_acts: tuple[Found, ...]
    outcomes: tuple[Found, ...]
    open_ends: tuple[Found, ...]
    claims: tuple[Found, ...]
    shown: tuple[Found, ...]
    supposed: tuple[Found, ...]

    @property
    def acts_per_100_words(self) -> float:
        """How dense the telling is."""
        return 100 * len(self.acts) / max(1, self.words)

    @property
    def past_per_100_words(self) -> float:
        """How much of it is told in the past."""
        return 100 * len(self.past) / max(1, self.words)


def read_telling(said: RunningWords, rules: Rules) -> Telling:
    """Searches an answer for everything that the rules know."""
    anchors = tuple(said.find(rules.anchors))
    end = int(len(said.words) * rules.thresholds.end_begins)
    outcomes: list[Found] = [
        found
        for found in (*said.find(rules.outcomes), *said.find(rules.outcomes_at_the_end, after=end))
        if rules.no_outcome_after.isdisjoint(said.before(found.first, _NEAR))
    ]
    outcomes += _coda(said, rules, after=len(said.words) - rules.thresholds.last_words)
    return Telling(
        words=len(said.words),
        acts=tuple(_acts(said, rules, narrated=bool(anchors))),
        past=tuple(_past(said, rules)),
        anchors=anchors,
        settings=tuple(said.find(rules.settings)),
        general=tuple(said.find(rules.general)),
        we=said.places(rules.we),
        we_in_the_past=tuple(_we_in_the_past(said, rules)),
        i=said.places(rules.i),
        own_acts=(*_own_acts(said, rules), *said.find(rules.own_part_told)),
        outcomes=tuple(outcomes),
        open_ends=tuple(said.find(rules.open_ends)),
        claims=tuple(said.find(rules.claims)),
        shown=tuple(said.find(rules.shown)),
        supposed=tuple(said.find(rules.supposed)),
    )


def _acts(said: RunningWords, rules: Rules, *, narrated: bool) -> Iterator[Found]:
    for index, word in enumerate(said.bare):
        if word in rules.past_acts:
            if rules.no_act_after.isdisjoint(said.before(index, 1)):
                yield Found(index, index, word)
        elif narrated and word in rules.present_acts and _has_doer(said, index, rules):
            yield Found(index, index, word)


def _past(said: RunningWords, rules: Rules) -> Iterator[Found]:
    """Verbs in a past form. A form in -ed can describe as well ('tired'), so it needs a subject before it."""
    for index, word in enumerate(said.bare):
        if not is_past(word) or not rules.no_act_after.isdisjoint(said.before(index, 1)):
            continue
        if not word.endswith("ed") or not _BEFORE_A_PAST.union(rules.doers, rules.between).isdisjoint(
            said.before(index, 1)
        ):
            yield Found(index, index, word)


def _we_in_the_past(said: RunningWords, rules: Rules) -> Iterator[Found]:
    for found in said.places(rules.we):
        following = said.bare[found.last + 1 : found.last + 2 + _REACH]
        verb = next((word for word in following if word not in rules.between), "")
        if is_past(verb) or verb in rules.past_acts or not _PAST_HELPERS.isdisjoint(following):
            yield found


def _has_doer(said: RunningWords, index: int, rules: Rules) -> bool:
    """Whether the subject of a verb stands right before it ('he then come'), not of something general."""
    for back in range(1, _REACH + 2):
        place = index - back
        if place < 0:
            return False
        if said.bare[place] in rules.doers:
            return rules.no_act_after.isdisjoint(said.before(place, 1))
        if said.bare[place] not in rules.between or said.bare[place] == "to":
            return False
    return False


def _coda(said: RunningWords, rules: Rules, *, after: int) -> Iterator[Found]:
    """Where the end of a telling comes back to the present."""
    for index in range(max(0, after), len(said.bare)):
        if not said.begins_clause(index):
            continue
        subject, *verb = said.bare[index : index + 2]
        if subject in rules.coda_contracted:
            yield Found(index, index, subject)
        elif verb and subject in rules.coda_subjects and verb[0] in rules.coda_verbs:
            yield Found(index, index + 1, f"{subject} {verb[0]}")


def _own_acts(said: RunningWords, rules: Rules) -> Iterator[Found]:
    """Clauses of 'I' with a verb that tells of an act."""
    for index, word in enumerate(said.bare):
        if word != "i":
            continue
        for place in range(index + 1, min(index + 2 + _REACH, len(said.bare))):
            if said.bare[place] in rules.between:
                continue
            if said.bare[place] not in rules.no_own_act:
                yield Found(index, place, f"i {said.bare[place]}")
            break
