"""The texts in a module of Python that a person may read: its string literals of several words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

IN_PLACE_OF_A_VALUE = "5"
"""What a formatted value becomes: one word."""

_NOT_FOR_PEOPLE = {
    "ValueError",
    "TypeError",
    "RuntimeError",
    "AssertionError",
    "NotImplementedError",
    "KeyError",
}
"""Exceptions that speak to whoever writes the program."""
_LOGGING = {"debug", "info", "warning", "error", "exception", "critical"}
_STATEMENTS = {"execute", "exec_driver_sql", "text", "CheckConstraint"}
"""Functions that are given SQL."""

_SENTENCES_PUT_IN = re.compile(rf"(?:(?<=^)|(?<=[.!?] )){IN_PLACE_OF_A_VALUE} (?=[A-Z])")
"""A value between two sentences is sentences itself."""
_APOSTROPHE = re.compile("['’]")
_PUNCTUATION = " .,;:!?…'\"‘’“”()[]"


def texts_of_module(path: Path) -> list[str]:
    """Literals of two words and more; what is formatted into one is a word of it.

    Documentation, log messages, SQL, errors for programmers and lists of words are left out.
    """
    visitor = _Literals()
    visitor.visit(ast.parse(path.read_text(encoding="utf-8")))
    return [text for text in visitor.found if read_as_text(text)]


def read_as_text(text: str) -> bool:
    """Whether a literal can be text for people: two words of at least two letters and nothing else."""
    words = [_APOSTROPHE.sub("", word.strip(_PUNCTUATION)) for word in text.split()]
    return sum(len(word) > 1 and word.isalpha() for word in words) > 1


class _Literals(ast.NodeVisitor):
    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # documentation of what stands above it
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        if not (isinstance(raised, ast.Name) and raised.id in _NOT_FOR_PEOPLE):
            self.generic_visit(node)

    def visit_Assert(self, node: ast.Assert) -> None:
        del node

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        logs = name in _LOGGING and "log" in ast.unparse(node.func).lower()
        word_list = (
            name == "split"
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Constant)
        )
        if not logs and not word_list and name not in _STATEMENTS:
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.found.append(node.value)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        text = _joined(node)
        if text is None:
            self.generic_visit(node)
        else:
            self.found.append(text)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.found.append(_written(node))
        for value in _values(node):
            self.visit(value)


def _joined(node: ast.expr) -> str | None:
    """The text of literals that are added to each other; None where anything else is."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _joined(node.left), _joined(node.right)
        return None if left is None or right is None else left + right
    if isinstance(node, ast.JoinedStr):
        return _written(node)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _written(node: ast.JoinedStr) -> str:
    text = "".join(
        str(part.value) if isinstance(part, ast.Constant) else IN_PLACE_OF_A_VALUE for part in node.values
    )
    return _SENTENCES_PUT_IN.sub(IN_PLACE_OF_A_VALUE + "\n", text)


def _values(node: ast.JoinedStr) -> Iterator[ast.expr]:
    return (part.value for part in node.values if isinstance(part, ast.FormattedValue))
