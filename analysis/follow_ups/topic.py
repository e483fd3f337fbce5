"""The word of theirs that a question may take up: 'Tell me more about the clinic.'

Only listed nouns are taken up, so that no name, no illness and nothing personal is; and only where the
recogniser is sure of them, because a word that was never said would be worse than none.
"""

from collections import Counter

from analysis.follow_ups.rules import Rules
from analysis.follow_ups.running_words import RunningWords
from analysis.text.common_words import is_common
from analysis.text.sentences import ends_clause

_NEAR = 2
"""Words before a topic in which a 'no' or 'hate' belongs to it."""


def find_topic(said: RunningWords, rules: Rules) -> tuple[str, int] | None:
    """The topic as it is to be asked for, and the index of its word; None if there is none.

    The one that was said most often, and of these the last one.
    """
    found = {
        index: topic
        for index, word in enumerate(said.bare)
        if word in rules.topics and (topic := _topic_at(said, index, rules))
    }
    if not found:
        return None
    often = Counter(said.bare[index] for index in found)
    index = max(found, key=lambda place: (often[said.bare[place]], place))
    return found[index], index


def _topic_at(said: RunningWords, index: int, rules: Rules) -> str:
    """The topic that ends with a listed noun, with its article; empty if it cannot be taken up.

    A noun before or after it makes a compound ('the fire service', 'project documents'), which is taken up
    only where both are listed ('my research project').
    """
    if not _closes(said, index):
        return ""
    first = index - 1 if index > 0 and said.bare[index - 1] in rules.topics else index
    words = said.words[first : index + 1]
    if any(word.probability <= rules.thresholds.word_probability for word in words):
        return ""
    previous = said.bare[first - 1] if first > 0 else ""
    known = previous in rules.articles or previous in rules.before_a_topic
    if not known or not rules.no_topic_after.isdisjoint(said.before(first, _NEAR)):
        return ""
    return " ".join(filter(None, [rules.articles.get(previous, ""), *said.bare[first : index + 1]]))


def _closes(said: RunningWords, index: int) -> bool:
    """Whether no further noun can follow a word as a part of the same compound."""
    if index + 1 == len(said.words) or ends_clause(said.words[index].text):
        return True
    return is_common(said.bare[index + 1])
