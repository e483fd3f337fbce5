"""Words that any two answers share, so that they say nothing about what one of them is about."""

from analysis.text.word_classes import (
    ADJECTIVES,
    AUXILIARIES,
    BASE_VERBS,
    CONNECTORS,
    DEGREE,
    DETERMINERS,
    FINITE,
    INDEFINITE,
    MODALS,
    NUMBERS,
    OBJECTS,
    PEOPLE,
    PREPOSITIONS,
    SUBJECTS,
    is_past,
    listed,
)

_CLOSED = listed(
    """
    than as not nor neither either both all every each few several much more most less least such own same
    what which whose whom where why how whether there here now then again once ever never always often
    usually sometimes soon later before after above below up down out off away back along across behind
    between within without against towards toward upon per via else yet though although however therefore
    instead rather quite perhaps maybe also too even only just still already ago together apart else itself
    myself yourself himself herself themselves ourselves mine yours hers ours theirs let us lot lots bit
    kind sort thing things something anything nothing everything way ways part parts point points fact
    example case cases reason reasons time times day days week weeks month months year years hour hours
    minute minutes moment today yesterday tomorrow morning evening night person people man men woman women
    guy guys one ones first second third last next other others another end beginning start side place
    number side top course mind sense matter question answer idea word words story experience situation
    able different important main whole certain sure really actually basically probably certainly
    generally especially exactly finally eventually afterwards immediately suddenly recently currently
    cannot under mean fourth fifth clearest aside somewhere everywhere enough general similar front half
    finish finished tend carry better best worse
    worst easier easiest harder hardest greatest biggest smaller bigger lighter safer fair straight alone home
    mr mrs dr yes yeah okay ok oh um uh please thank thanks sorry hello hi
    """
)
_VERBS = listed(
    """
    become becomes came come coming doing done gone going goes getting got gotten giving given having
    keep keeps kept knowing known knows let lets looking looked looks made makes making means meant
    put puts saying says seeing seen seem seems seemed taking taken telling thinking thinks thought trying
    tried tries turned turning used using uses want wants wanted went working works worked feel feels
    feeling felt find finds found finding happen happens happened help helps helped helping ask asks asked
    asking believe begin begins began begun bring brings brought call called calling change continue
    decide decided explain explained follow followed give gives hear heard hold learn learned learnt
    leave left like liked live lived lost meet met move moved need needed needs pay people play remember
    remembered run said sat saw show showed shown sit speak spoke spoken spend spent stand started stay
    stayed stop stopped talk talked talking tell told understand understood wait waited walk walked watch
    wish wished wonder would write
    """
)

COMMON = (
    _CLOSED
    | _VERBS
    | ADJECTIVES
    | AUXILIARIES
    | BASE_VERBS
    | CONNECTORS
    | DEGREE
    | DETERMINERS
    | FINITE
    | INDEFINITE
    | MODALS
    | NUMBERS
    | OBJECTS
    | PEOPLE
    | PREPOSITIONS
    | SUBJECTS
)


def is_common(word: str) -> bool:
    """Whether a bare word is no content word: of a closed class, a number, or one that fits any topic.

    >>> is_common("however"), is_common("it's"), is_common("14"), is_common("placement")
    (True, True, True, False)
    """
    return (
        word in COMMON
        or not any(character.isalpha() for character in word)
        or "'" in word.removesuffix("'s")
        or (is_past(word) and not word.endswith("ed"))
        or word.endswith("ly")
    )
