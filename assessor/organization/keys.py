"""Under which key is a name found, and in which order does it stand?

Both keys hold only a–z and 0–9, so that SQLite and PostgreSQL search and sort them alike,
whatever collation the database was made with. They are kept in columns beside the name.
"""

import re
import unicodedata

# letters that are written for each other in names: Surabaya/Surabaia, Alif/Aliv, Taqwa/Takwa
_ALIKE = str.maketrans({"y": "i", "v": "f", "q": "k"})
_DOUBLED = re.compile(r"([a-z])\1+")
_OUTSIDE = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"[0-9]+")


def _plain(text: str) -> str:
    """Lower case without marks. Compatibility forms (ﬁ, ①) become their plain letters."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def search_key(text: str) -> str:
    """What stands for a name in a search: "Karang Tengah" and "karangtengah" are the same.

    A part of a name gives a part of its key, so a search for a part finds the whole.
    """
    letters = _OUTSIDE.sub("", _plain(text)).translate(_ALIKE)
    return _DOUBLED.sub(r"\1", letters)


def search_words(text: str) -> tuple[str, ...]:
    """The keys of the words somebody typed; each must be found, in whichever order."""
    return tuple(key for word in text.split() if (key := search_key(word)))


def _placed(number: re.Match[str]) -> str:
    """A number so that 2 stands before 10: its length in two digits, then itself."""
    digits = number.group().lstrip("0") or "0"
    return f"{len(digits):02d}{digits}"


def sort_key(text: str) -> str:
    """Where a name stands in a list: word by word, numbers by their value."""
    words = _OUTSIDE.sub(" ", _NUMBER.sub(_placed, _plain(text))).split()
    return "0".join(words)
