"""Which texts for people stand in tables, without a mark around each of them?

Babel finds what stands in `_("…")`. A module whose tables go from a code to its sentence is read
here instead: every text that is a value of such a table, or a constant used as one, is taken for
the catalogue. The modules read this way are named in `extraction.cfg`.
"""

import ast
from collections.abc import Iterator
from typing import Any, BinaryIO

Found = tuple[int, str, str, list[str]]


def _texts(tree: ast.Module) -> Iterator[ast.Constant]:
    for statement in tree.body:
        value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        stated = value.values if isinstance(value, ast.Dict) else [value]
        for each in stated:
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                yield each


def sentences_of_tables(
    fileobj: BinaryIO,
    keywords: Any,  # noqa: ARG001  # what Babel hands to every extraction
    comment_tags: Any,  # noqa: ARG001
    options: Any,  # noqa: ARG001
) -> Iterator[Found]:
    """The texts of a module's tables, as Babel wants to be told of them."""
    for text in _texts(ast.parse(fileobj.read())):
        yield text.lineno, "gettext", str(text.value), []
