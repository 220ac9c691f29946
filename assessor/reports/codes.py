"""How is a report called by people who hold it on paper?

Twelve letters and digits in groups of four, none of which looks like another.
"""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12


def new_code() -> str:
    """A random code: one of 5 × 10¹⁷."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def grouped(code: str) -> str:
    """`K7QM-4RTX-9WHD`."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def read_code(typed: str) -> str | None:
    """The code that somebody typed, however they wrote it; None if it cannot be one."""
    letters = "".join(each for each in typed[:60].upper() if each.isascii() and each.isalnum())
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return None
    return grouped(letters)
