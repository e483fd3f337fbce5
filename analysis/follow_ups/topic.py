"""The word of theirs that a question may take up: 'Tell me more about the clinic.'

Only listed nouns are taken up, so that no name, no illness and nothing personal is; and only where the
recogniser is sure of them, because a word that was never said would be worse than none.
"""

from collections import Counter

from analysis.follow_ups.rules import Rules
from analysis.follow_ups.running_words import RunningWords

_NEAR = 2


def _stands_alone(said: RunningWords, index: int, rules: Rules) -> bool:
    """Whether a noun has an article, or follows a word after which it is no half of a compound."""
    return index > 0 and (
        said.bare[index - 1] in rules.articles or said.bare[index - 1] in rules.before_a_topic
    )


def find_topic(said: RunningWords, rules: Rules) -> tuple[str, int] | None:
    """The topic as it is to be asked for, and the index of its word; None if there is none.

    The one that was said most often, and of these the last one.
    """
    places = [
        index
        for index, word in enumerate(said.bare)
        if word in rules.topics
        and said.words[index].probability > rules.thresholds.word_probability
        and _stands_alone(said, index, rules)
        and rules.no_topic_after.isdisjoint(said.before(index, _NEAR))
    ]
    if not places:
        return None
    often = Counter(said.bare[index] for index in places)
    index = max(places, key=lambda place: (often[said.bare[place]], place))
    article = rules.articles.get(said.bare[index - 1], "")
    return f"{article} {said.bare[index]}".strip(), index
