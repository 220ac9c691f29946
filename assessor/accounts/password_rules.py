"""Is a password hard enough to guess? Length, and nothing that everybody would try first.

No rule asks for digits or signs: three or four plain words are better and easier to keep.
What is common is looked for in the password as a whole and in its parts: a password that
consists of common words, words of this field, the person's own names, years and rows of keys
only is refused, however it is spelt.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from assessor.sentences import Refused, Sentence

SHORTEST = 12
LONGEST = 256
MEANINGFUL_REST = 5  # what must remain once everything easy is taken away
_FILE = Path(__file__).with_name("common_passwords.txt")
_LEET = str.maketrans("013457@$!", "oieastasi")
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "01234567890",
    "!@#$%^&*()",
)


class WeakPassword(Refused):
    """The password would be guessed; the sentence says what to do."""


@lru_cache
def common_words() -> tuple[str, ...]:
    """The packaged list, longest first: common passwords and the words they are made of."""
    lines = _FILE.read_text("utf-8").splitlines()
    words = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def check_password(password: str, *, about: Iterable[str] = ()) -> None:
    """Raise WeakPassword unless the password will do. `about`: the person's own names."""
    if len(password) < SHORTEST:
        raise WeakPassword(
            Sentence(
                "Pakai paling sedikit %(least)s huruf. Tiga atau empat kata yang tidak berkaitan "
                "mudah diingat dan sulit ditebak.",
                {"least": SHORTEST},
            )
        )
    if len(password) > LONGEST:
        raise WeakPassword(Sentence("Pakai paling banyak %(most)s huruf.", {"most": LONGEST}))
    own = [word for text in about for word in re.split(r"[\W_]+", _fold(text)) if len(word) > 2]
    if _is_easy(password, own):
        raise WeakPassword(
            Sentence(
                "Kata sandi ini terlalu mudah ditebak: isinya kata yang umum, nama Anda, kata dari "
                "bidang ini, atau urutan tombol. Tambahkan kata lain yang hanya Anda yang tahu."
            )
        )


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _is_easy(password: str, own: list[str]) -> bool:
    folded = _fold(password)
    return min(_rest(form, own) for form in (folded, folded.translate(_LEET))) < MEANINGFUL_REST


def _rest(text: str, own: list[str]) -> int:
    """How much remains when all that is easy is taken away: its different letters, and its
    different digits and signs at a third, since years and dates are nearly all there is."""
    for row in _ROWS:
        text = _without_runs(_without_runs(text, row), row[::-1])
    for word in (*own, *common_words()):
        text = text.replace(word, " ")
    text = re.sub(r"(.{1,4})\1{2,}", " ", text)  # aaaa, ababab
    letters = {character for character in text if character.isalpha()}
    others = {character for character in text if not character.isspace()} - letters
    return len(letters) + len(others) // 3


def _without_runs(text: str, row: str) -> str:
    """Cut out what runs along a row of keys or the alphabet for four or more characters."""
    start = 0
    while start + 4 <= len(text):
        end = start + 4
        if text[start:end] in row:
            while end < len(text) and text[start : end + 1] in row:
                end += 1
            text = text[:start] + " " + text[end:]
        start += 1
    return text
