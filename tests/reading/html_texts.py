"""The texts in a piece of HTML that a person may read."""

import re
from html.parser import HTMLParser

from tests.reading.python_texts import IN_PLACE_OF_A_VALUE

_ATTRIBUTES_WITH_TEXT = {"aria-label", "alt", "placeholder", "title"}
_INLINE = {"a", "abbr", "b", "bdi", "code", "em", "i", "kbd", "mark", "q", "small", "span", "strong", "time"}
_NOT_SHOWN = {"script", "style"}
_JINJA_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_JINJA_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def texts_of_html(markup: str) -> list[str]:
    """The text of each block of a piece of HTML, and the attributes that are read out or shown.

    What a Jinja template puts in is one word; its statements and remarks are left out.
    """
    reader = _Blocks()
    reader.feed(_JINJA_VALUE.sub(IN_PLACE_OF_A_VALUE, _JINJA_STATEMENT.sub("", markup)))
    reader.close()
    reader.end_block()
    return reader.found


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._current: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in _ATTRIBUTES_WITH_TEXT and value]
        self._hidden += tag in _NOT_SHOWN
        if tag not in _INLINE:
            self.end_block()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._hidden -= tag in _NOT_SHOWN

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _NOT_SHOWN
        if tag not in _INLINE:
            self.end_block()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._current.append(data)

    def end_block(self) -> None:
        text = " ".join("".join(self._current).split())
        self._current.clear()
        if text:
            self.found.append(text)
