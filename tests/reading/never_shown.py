"""Words that no page, printout or terminal shows, each with the reason and what to write instead."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class NeverShown:
    """Words that are not shown.

    Attributes:
        pattern: a regular expression for them, in any case of letters; between two ends of words.
        reason: why they are not shown.
        instead: what says the same.
    """

    pattern: str
    reason: str
    instead: str

    def found_in(self, text: str) -> bool:
        """Whether a text has them."""
        return re.search(rf"\b(?:{self.pattern})\b", text, re.IGNORECASE) is not None


_JUDGES = "It judges the speaker, where Greenroom describes what was heard."
_OLD = "It is seldom used today, and a textbook of English does not teach it."
_IDIOM = "An idiom: its single words do not tell a reader who learned English what it means."
_SHORTHAND = "It means something only to whoever wrote it."

NEVER_SHOWN = (
    NeverShown("nervous(?:ly|ness)?", _JUDGES, "what was heard, for example 'many fillers'"),
    NeverShown("weak(?:er|est|ly)?", _JUDGES, "'less often inside the guide'"),
    NeverShown("poor(?:er|est|ly)?", _JUDGES, "'hard to hear' for a recording"),
    NeverShown("bad(?:ly)?", _JUDGES, "the figure and the guide"),
    NeverShown(
        r"(?:you|your \w+|(?:answer|attempt|take)s?) (?:have |has )?fail(?:ed|s)?",
        "A person does not fail at an answer.",
        "what happened, and what to do next",
    ),
    NeverShown("abnormal|disorder|impaired|deficits?", "Greenroom does not diagnose.", "the figure"),
    NeverShown(
        r"hand(?:ed|ing|s)?(?: (?:it|them|that|this|the \w+|your \w+))? in",
        "Homework is handed in; the button and everybody else say 'upload'.",
        "'upload'",
    ),
    NeverShown("hand-in", "The page is called 'Upload'.", "'upload'"),
    NeverShown("stems?", "A term of type design.", "'a dot on a line'"),
    NeverShown("anew", _OLD, "'again'"),
    NeverShown("seldom", _OLD, "'rarely'"),
    NeverShown("lest|whilst|thereof|therein|hitherto|henceforth", _OLD, "a short sentence"),
    NeverShown(
        r"(?<!there )(?:is|are|was|were) no (?:recording|sound|filler|speech|word)s?",
        "Schools teach 'is not a'.",
        "'is not a recording'",
    ),
    NeverShown("follows? by itself", _SHORTHAND, "'updates by itself'"),
    NeverShown("(?:every|all) figures? follows?|the figures follow", _SHORTHAND, "'are updated'"),
    NeverShown("the report follows", _SHORTHAND, "'will appear'"),
    NeverShown("where a filler comes", _SHORTHAND, "'in place of a filler'"),
    NeverShown("next look", _SHORTHAND, "'compared again after 2 more takes'"),
    NeverShown("watch it", "It sounds like a warning.", "'see how far it is'"),
    NeverShown("stands? (?:here|there|under)", "'Stand' is taught of people.", "'is here', 'is under'"),
    NeverShown("go(?:es)? for good", _IDIOM, "'is deleted', 'cannot be brought back'"),
    NeverShown("dealt with", _IDIOM, "the verb for what was done"),
    NeverShown("rid of", _IDIOM, "'without'"),
    NeverShown("goes? out", _IDIOM, "'is sent'"),
    NeverShown("errs", _OLD, "'is wrong more often'"),
)


def never_shown_in(texts: Iterable[str]) -> list[tuple[str, str]]:
    """The texts with words that are not shown, with what to write in their place."""
    return [(text, words.instead) for text in texts for words in NEVER_SHOWN if words.found_in(text)]
