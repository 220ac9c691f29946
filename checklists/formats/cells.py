"""Is a text safe in the cell of a spreadsheet?

A program that opens a spreadsheet takes what begins with certain characters for a formula. Such a
text gets an apostrophe in front, which these programs do not show. This is done in typed workbooks
too: somebody may save one as CSV later.
"""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """Give the text, with an apostrophe in front if it could be taken for a formula."""
    first = text.lstrip(" \u00a0")
    risky = text.startswith(_FORMULA) or first.startswith(_FORMULA)
    return f"'{text}" if risky else text
