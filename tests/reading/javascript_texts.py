"""The texts in a module of JavaScript that a person may read: its strings, and the text in its templates."""

import re
from pathlib import Path

from tests.reading.html_texts import texts_of_html
from tests.reading.python_texts import IN_PLACE_OF_A_VALUE, read_as_text

_TOKEN = re.compile(
    r"""
      (?P<comment> //[^\n]* | /\*.*?\*/ )
    | (?P<string> "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' )
    | (?P<regex> (?<=[(,=:\[!&|?{};]) \s* /(?![*/]) (?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+ /[a-z]* )
    | (?P<template> ` )
    | (?P<open> \{ ) | (?P<close> \} )
    """,
    re.VERBOSE | re.DOTALL,
)


def texts_of_module(path: Path) -> list[str]:
    """Strings and texts of templates of two words and more; what a template puts in is one word."""
    found = _Module(path.read_text(encoding="utf-8")).texts()
    return [text for text in found if read_as_text(text)]


class _Module:
    def __init__(self, source: str) -> None:
        self._source = source
        self._found: list[str] = []

    def texts(self) -> list[str]:
        self._code(0)
        return self._found

    def _code(self, start: int) -> int:
        """Reads code up to the brace that closes it; returns where it goes on after that."""
        depth, at = 0, start
        while (token := _TOKEN.search(self._source, at)) is not None:
            at = token.end()
            if token["string"]:
                self._found.append(_unescaped(token["string"][1:-1]))
            elif token["template"]:
                at = self._template(at)
            elif token["open"]:
                depth += 1
            elif token["close"]:
                if depth == 0:
                    return at
                depth -= 1
        return len(self._source)

    def _template(self, start: int) -> int:
        """Reads a template from after its first backtick; returns where the code goes on."""
        is_html = self._source[: start - 1].endswith(("html", "svg"))
        text, at = "", start
        while (character := self._source[at]) != "`":
            if character == "\\":
                text, at = text + _unescaped(self._source[at : at + 2]), at + 2
            elif self._source.startswith("${", at):
                text, at = text + IN_PLACE_OF_A_VALUE, self._code(at + 2)
            else:
                text, at = text + character, at + 1
        self._found += texts_of_html(text) if is_html else [text]
        return at + 1


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda escape: {"n": "\n"}.get(escape[1], escape[1]), text)
