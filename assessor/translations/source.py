"""Where in the code stands a text for people?

Babel's own reader of Python passes over a call inside an f-string, and knows nothing of texts that
stand in tables. This one reads the syntax tree: every call of a marking function with a constant
text, wherever it stands; and in the modules that `extraction.cfg` names for it, every text that is
a value of a table or a constant of the module.
"""

import ast
from collections.abc import Collection, Iterator
from typing import Any, BinaryIO

Found = tuple[int, str, tuple[str | None, ...], list[str]]


def _constant(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def marked(
    fileobj: BinaryIO,
    keywords: Collection[str],
    comment_tags: Any,  # noqa: ARG001  # what Babel hands to every extraction
    options: Any,  # noqa: ARG001
) -> Iterator[Found]:
    """Every text inside a call of one of the keywords."""
    for node in ast.walk(ast.parse(fileobj.read())):
        if isinstance(node, ast.Call) and _name(node.func) in keywords:
            texts = tuple(_constant(each) for each in node.args)
            if any(texts):
                yield node.lineno, _name(node.func), texts, []


def tabled(
    fileobj: BinaryIO,
    keywords: Any,  # noqa: ARG001
    comment_tags: Any,  # noqa: ARG001
    options: Any,  # noqa: ARG001
) -> Iterator[Found]:
    """Every text of a module's tables and constants, marked or not."""
    for statement in ast.parse(fileobj.read()).body:
        value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        for each in value.values if isinstance(value, ast.Dict) else [value]:
            text = _constant(each)
            if text is not None:
                yield statement.lineno, "gettext", (text,), []
