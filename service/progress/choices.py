"""The values by which a person's takes can be filtered, with their numbers of takes."""

from collections import Counter
from collections.abc import Sequence

from service.progress.schemas import (
    Choices,
    KindChoice,
    LanguageChoice,
    NameChoice,
    SessionChoice,
    TagChoice,
)
from service.progress.takes import DEMO_TAG, TakeRow, in_scope, kind_names


def choices(rows: Sequence[TakeRow], tag: str | None) -> Choices:
    """The filter values of takes with a report.

    Args:
        rows: every take of the person.
        tag: the current filter; with the tag of the demo data, its values replace those of samples.
    """
    reported = [row for row in rows if row.facts is not None]
    scope = in_scope(reported, tag)
    kinds = Counter(row.kind for row in scope)
    languages = Counter(row.first_language for row in scope if row.first_language is not None)
    spoken = Counter(row.facts.language for row in scope if row.facts is not None)
    sessions = Counter((row.session, row.session_name) for row in scope)
    return Choices(
        kinds=[
            KindChoice(id=identifier, name=name, takes=kinds[identifier])
            for identifier, name in kind_names().items()
            if kinds[identifier]
        ],
        first_languages=[NameChoice(name=name, takes=languages[name]) for name in sorted(languages)],
        spoken=[LanguageChoice(code=code, takes=spoken[code]) for code in sorted(spoken)],
        sessions=[
            # Latest session first, as in the list of sessions.
            SessionChoice(id=identifier, name=name, takes=takes)
            for (identifier, name), takes in reversed(sessions.items())
            if identifier is not None and name is not None
        ],
        tags=_tags(reported),
    )


def _tags(reported: Sequence[TakeRow]) -> list[TagChoice]:
    own = Counter(folded for row in reported if not row.sample for folded in row.tags)
    typed = {folded: tag for row in reported for folded, tag in row.tags.items()}
    demo_takes = sum(row.sample and DEMO_TAG in row.tags for row in reported)
    if demo_takes:
        own[DEMO_TAG] += demo_takes
    return [TagChoice(tag=typed[folded], takes=own[folded]) for folded in sorted(own)]
