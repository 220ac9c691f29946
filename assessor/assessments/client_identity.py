"""Does a text look as if it named a client? Asked wherever somebody could write a number or a
name beside a count.

Names cannot be told from other words by a rule; numbers can: a NIK has 16 digits, and a record
number is mostly called so by who writes it.
"""

import re

from assessor.sentences import Refused, Sentence

_NIK = re.compile(r"\d(?:[ .-]?\d){15}")
_RECORD = re.compile(
    r"\b(?:nik|rm|mr|mrn|no\.? ?rm|rekam[ -]medi[sk]|nomor klien|no\.? klien)\b"
    r"[ .:#-]*(?:no\.?|nomor)?[ .:#-]*[a-z]{0,3}[ .-]?\d[\d .-]{2,}",
    re.IGNORECASE,
)

NO_IDENTITY = Sentence(
    "Ini mirip NIK atau nomor rekam medis. Hapus nomornya; cukup jumlah dan kode, tanpa nama atau "
    "nomor klien."
)


def names_a_client(text: str) -> bool:
    """Whether a text holds what looks like the number of a person or of a client's record."""
    return bool(_NIK.search(text) or _RECORD.search(text))


def refuse_identity(text: str) -> str:
    """The text itself. Raises Refused where it seems to name a client."""
    if names_a_client(text):
        raise Refused(NO_IDENTITY)
    return text
