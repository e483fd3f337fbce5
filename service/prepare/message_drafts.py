"""Drafts of a thank-you, a question or an update, made of set sentences and what the person says.

What was talked about, what is asked and what is new always comes from the person. Where they gave nothing,
the draft has a gap that is marked, and it does not count as ready until the gap is gone.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

MessageKind = Literal["thank_you", "question", "update"]

MOST_SPECIFICS = 2
"""One or two: a note with more is no longer short."""

_GAP_BEGINS = "[Write "
_GAP = re.compile(r"\[write\b[^\]]*\]?", re.IGNORECASE)
_GAPS: dict[MessageKind, str] = {
    "thank_you": "[Write one thing that you talked about]",
    "question": "[Write your question]",
    "update": "[Write what is new]",
}
_NAME_GAP = "[Write your name]"

_OPENINGS = (
    "Thank you for talking with me on {date}. I was glad to meet you and to hear more about {programme}.",
    "I am writing to say thank you for our interview at {programme} on {date}.",
    "It was a pleasure to speak with you on {date}. Many thanks for the time that you gave me.",
    "Meeting you during my interview day on {date} meant a lot to me, and I want to thank you.",
)
_MIDDLES = (
    ("Our conversation about {first} stayed with me.", "I also thought again about {second}."),
    ("I valued what you told me about {first}.", "What you said about {second} was helpful too."),
    (
        "I often think back to what we said about {first}.",
        "Hearing about {second} made the day clearer for me.",
    ),
    ("What you said about {first} gave me much to think about.", "The same is true of {second}."),
)
_CLOSINGS = (
    "I would be happy to learn and work with your team.",
    "Please also pass on my thanks to everyone who planned the day.",
    "It helped me to see what training at {programme} would be like.",
    "With this in mind, I look forward to the next steps.",
)
_SCHOOL_CLOSINGS = (
    "I would be happy to study at your school.",
    _CLOSINGS[1],
    "It helped me to see what studying at {programme} would be like.",
    _CLOSINGS[3],
)
VARIANTS = len(_OPENINGS)
"""Number of thank-you notes whose sentences all differ, so that as many people get different words."""


@dataclass(frozen=True)
class DraftOf:
    """What a draft is made of.

    Attributes:
        programme: name of the school or the programme.
        applying_to: `medical_school` or `residency`.
        date: of the interview.
        recipient: name; None if it is not known.
        specifics: what was talked about, is asked or is new, as the person wrote it.
        signature: the person's name; None leaves a gap.
        identifier: AAMC or ERAS ID; only in the text, never stored beside it.
        variant: which sentences a thank-you has, counted from 0 and starting again after `VARIANTS`.
    """

    programme: str
    applying_to: str
    date: dt.date
    recipient: str | None
    specifics: Sequence[str] = ()
    signature: str | None = None
    identifier: str | None = None
    variant: int = 0


def draft(kind: MessageKind, of: DraftOf) -> str:
    """The text of a message, with a marked gap for whatever the person did not say."""
    paragraphs = {"thank_you": _thank_you, "question": _question, "update": _update}[kind](of)
    signature = ["Kind regards,", of.signature or _NAME_GAP]
    if of.identifier:
        name = "AAMC ID" if of.applying_to == "medical_school" else "AAMC/ERAS ID"
        signature.append(f"{name}: {of.identifier}")
    greeting = f"Dear {of.recipient}," if of.recipient else "Dear [Write the name],"
    return "\n\n".join([greeting, *paragraphs, "\n".join(signature)])


def subject_of(kind: MessageKind, programme: str, date: dt.date) -> str:
    """The subject line of a message."""
    beginning = {"thank_you": "Thank you for", "question": "A question after", "update": "An update since"}[
        kind
    ]
    return f"{beginning} the interview on {_day(date)} – {programme}"


def is_ready(text: str) -> bool:
    """Whether a text has words and no gap left, so that it can be sent."""
    return bool(text.strip()) and _GAP.search(text) is None


def _thank_you(of: DraftOf) -> list[str]:
    variant = of.variant % VARIANTS
    names = {"programme": of.programme, "date": _day(of.date)}
    closings = _SCHOOL_CLOSINGS if of.applying_to == "medical_school" else _CLOSINGS
    first, *rest = _specifics(of, "thank_you")
    middle = _MIDDLES[variant][0].format(first=_within(first))
    if rest:
        middle += " " + _MIDDLES[variant][1].format(second=_within(rest[0]))
    return [_OPENINGS[variant].format(**names), middle, closings[variant].format(**names)]


def _question(of: DraftOf) -> list[str]:
    questions = [_as_question(text) for text in _specifics(of, "question")]
    count = "one question" if len(questions) == 1 else "two questions"
    return [
        f"Thank you again for the interview at {of.programme} on {_day(of.date)}. "
        f"When I read my notes, {count} came up that I did not ask.",
        "\n".join(questions),
        "A short answer would help me, when you have time. If someone else is the right person to ask, "
        "please tell me.",
    ]


def _update(of: DraftOf) -> list[str]:
    return [
        f"Since my interview at {of.programme} on {_day(of.date)}, there is something new in my application:",
        "\n".join(_as_sentence(text) for text in _specifics(of, "update")),
        "I hope that this is useful for my file. No answer is needed. Thank you for your time.",
    ]


def _specifics(of: DraftOf, kind: MessageKind) -> list[str]:
    return list(of.specifics[:MOST_SPECIFICS]) or [_GAPS[kind]]


def _within(text: str) -> str:
    """What was talked about, as it stands within a sentence: without a full stop of its own."""
    return text.strip().rstrip(".!?;, ")


def _as_question(text: str) -> str:
    return text if text.startswith(_GAP_BEGINS) else f"{_capital(text.strip().rstrip('?.! '))}?"


def _as_sentence(text: str) -> str:
    bare = _capital(text.strip())
    if text.startswith(_GAP_BEGINS) or bare.endswith((".", "!", "?")):
        return bare
    return f"{bare}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _day(date: dt.date) -> str:
    return f"{date:%A}, {date.day} {date:%B}"
