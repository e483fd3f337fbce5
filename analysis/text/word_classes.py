"""Word classes for the rules of 'like', 'you know' and 'I mean': closed classes, and common open ones.

A tagger would need a model and fails on exactly these words, so what follows a marker is looked up here.
Lists of verbs and adjectives have only common ones; a word that is in none of them decides nothing.
"""

import re


def listed(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


PEOPLE = listed(
    """
    i you we they he she people everyone everybody somebody someone i'm you're we're they're he's she's
    who
    """
)
"""Subjects that can speak, feel and act."""

SUBJECTS = listed(
    """
    i we he she they there it's that's i'm we're he's she's they're i've we've i'd there's let's
    """
)
"""Words that open a clause and are not objects."""

INDEFINITE = listed("nobody everybody everyone somebody someone")

CONNECTORS = listed(
    """
    and but so because cause then when if or while since well yeah yes okay ok no um uh
    """
)
"""Words that join clauses, and answers."""

COPULAS = listed(
    """
    is are was were be been being am isn't aren't wasn't weren't it's that's he's she's there's i'm
    you're we're they're what's
    """
)

AUXILIARIES = COPULAS | listed(
    """
    do does did don't doesn't didn't have has had haven't hasn't hadn't can can't could couldn't will
    won't would wouldn't should shouldn't may might must i've we've they've you've i'd i'll we'll
    they'll
    """
)

MODALS = listed(
    """
    can can't could couldn't will should shouldn't must might may didn't did do don't i'll we'll they'll
    """
)
"""Before the bare form of a verb; 'would' is left out: 'would like' is a wish."""

PREPOSITIONS = listed(
    """
    in with for by at on from about of into after around during through until over
    """
)

DETERMINERS = listed(
    """
    a an the this that these those my your his her our their its some any another same each most many
    other
    """
)

OBJECTS = listed("it him her them me us you that this these those")

DEGREE = listed(
    """
    really very so super totally completely pretty literally actually basically just not too always
    never almost maybe probably extremely absolutely quite especially honestly seriously obviously
    definitely constantly kinda sorta suddenly already still barely only way half
    """
)
"""Adverbs that a filler often stands before ('like really hard')."""

NUMBERS = listed(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    million once twice
    """
)

_ROUND = listed(
    """
    hundred thousand million billion couple dozen few lot bunch ton week month year day minute hour
    third
    """
)
_TIMES = listed(
    """
    day night week month year morning evening weekend summer winter time single other hour minute
    """
)
_MONTHS = listed(
    """
    january february march april may june july august september october november december midnight noon
    """
)

ADJECTIVES = listed(
    """
    hard easy good bad great nice kind new old young big small huge tiny long short high low fast slow
    early late ready happy sad angry mad scared afraid nervous tired sick ill well healthy weird strange
    odd crazy funny serious calm quiet loud busy free open close sure wrong right true real important
    different difficult simple clear smart clever strong weak rich poor cold hot warm cool wet dry dark
    bright clean dirty full empty alone lonely shy proud rude polite gentle patient worried excited
    shocked surprised confused lost stuck bored annoyed upset grateful amazing awesome awful terrible
    horrible perfect fine okay ok cheap expensive safe dangerous normal common rare tough rough
    """
)
_ADJECTIVE_ENDING = re.compile(r"\w{2}(?:ful|ous|ive|able|ible|less)$")

_IRREGULAR_PAST = listed(
    """
    was were had did went came said told took made got gave saw knew thought felt found left kept
    brought began ran sat stood lost froze fell broke spoke wrote wore threw grew drew flew held met
    paid sent spent slept taught caught heard led meant read put cut hit hurt quit shut woke chose drove
    ate drank sang swam understood became forgot started stopped realized
    """
)

BASE_VERBS = listed(
    """
    be have do go come say tell take make get give see know think feel find leave keep bring begin run
    sit stand lose fall break speak write hold meet pay send spend sleep teach catch hear lead put cut
    hit quit wake choose drive eat drink understand become forget start stop explain calm help learn
    study try ask talk walk wait call use need want look listen show move live believe happen change
    follow turn watch decide work read remember figure focus deal handle manage deliver die cry push
    pull check examine treat prepare organize convince force prove step
    """
)

FINITE = AUXILIARIES | listed(
    """
    went came said told took made got gave saw knew thought felt found left kept began ran stood rang
    rings goes comes says tells takes makes gets gives needs wants works means helps feels looks seems
    depends deserves call calls
    """
)


def is_number(first: str, second: str = "") -> bool:
    """Whether a number or an amount of time begins here: 'five', '2015', 'a hundred', 'last year'."""
    if first == "one" and second in {"of", ""}:
        return False
    if first in NUMBERS or first in _MONTHS or first[:1].isdigit() or first.startswith("$"):
        return True
    return (first in {"a", "an"} and second in _ROUND) or (
        first in {"every", "last", "next"} and second in _TIMES
    )


def is_past(word: str) -> bool:
    """Whether a word is a verb in its past form."""
    return word in _IRREGULAR_PAST or (len(word) > 4 and word.endswith("ed"))


def is_adjective(word: str) -> bool:
    """Whether a word describes: a common adjective, or one by its ending."""
    return word in ADJECTIVES or bool(_ADJECTIVE_ENDING.search(word))


def is_gerund(word: str) -> bool:
    """Whether a word is an -ing form; 'thing', 'king', 'nothing' and their like are none."""
    return len(word) > 5 and word.endswith("ing") and not word.endswith("thing")
