"""Could somebody guess a key?"""

from itertools import pairwise

SHORTEST = 32
MAKE_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
_FEWEST_CHARACTERS = 8  # a random key of hexadecimal digits has about fourteen different ones
_PIECE = 3
# what stands in examples, and what lies side by side on a keyboard
_KNOWN = (
    "secret",
    "password",
    "changeme",
    "change-me",
    "change_me",
    "example",
    "default",
    "insecure",
    "rahasia",
    "kata-sandi",
    "katasandi",
    "contoh",
    "assessor",
    "asesor",
    "qwerty",
    "asdfgh",
    "zxcvbn",
)


def weakness(key: str, *, strictly: bool = True) -> str | None:
    """What makes a key easy to guess, as the end of a sentence; None when nothing does. Without
    `strictly` only its length counts."""
    if not key:
        return "must be set"
    if len(key) < SHORTEST:
        return f"is shorter than {SHORTEST} characters"
    return _pattern(key) if strictly else None


def _pattern(key: str) -> str | None:
    if len(set(key)) < _FEWEST_CHARACTERS:
        return f"has fewer than {_FEWEST_CHARACTERS} different characters"
    if _repeats(key):
        return "repeats itself"
    if _runs(key):
        return "counts or follows the alphabet"
    known = next((word for word in _KNOWN if word in key.casefold()), None)
    return f"contains {known!r}, as examples do" if known else None


def _repeats(key: str) -> bool:
    """Whether a third of its pieces were there before."""
    pieces = [key[at : at + _PIECE] for at in range(len(key) - _PIECE + 1)]
    return 3 * len(set(pieces)) < 2 * len(pieces)


def _runs(key: str) -> bool:
    """Whether most characters stand beside their neighbour in the alphabet."""
    steps = [ord(right) - ord(left) for left, right in pairwise(key)]
    return 2 * sum(abs(step) == 1 for step in steps) > len(steps)
