"""Does a text look as if it named a client?

Counts and codes are welcome everywhere, people are not: a NIK, a telephone number or a record
number in a text is refused with one sentence. A name cannot be told from other words, so pages
ask for none.
"""

import re
from enum import StrEnum

from assessor.sentences import Refused, Sentence


class Looks(StrEnum):
    """What a stretch of a text looks like."""

    nik = "nik"
    telephone = "telephone"
    record = "record"


# Days and times are full of digits and mean nobody. They are taken out before anything is asked.
_DAY = re.compile(
    r"(?<![\d.+-])(?:"
    r"(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|1[0-2])[-/.](?:(?:19|20)\d\d|\d\d)"
    r"|(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r")(?![-/.]?\d)"
)
_CLOCK = r"(?:[01]?\d|2[0-3])[.:][0-5]\d"
_TIME = re.compile(rf"(?<![\d.:+-]){_CLOCK}(?:\s?[-–]\s?{_CLOCK})?(?![.:-]?\d)")
# amounts of money and large counts, grouped by three
_AMOUNT = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?![\d.-])")

_BETWEEN = r"[\s.\-]?"
_TELEPHONE = re.compile(
    rf"(?<![\d])(?:\+{_BETWEEN}6{_BETWEEN}2|6{_BETWEEN}2(?={_BETWEEN}8)|0(?={_BETWEEN}8)|"
    rf"\(?0\d{{2,3}}\)(?=\s?\d))(?:{_BETWEEN}\d){{6,12}}(?!\d)"
)
_LONG_NUMBER = re.compile(rf"(?<!\d)\d(?:{_BETWEEN}\d){{8,}}(?!\d)")
_BARE_NUMBER = re.compile(r"(?<!\d)\d{9,}(?!\d)")
_RECORD = re.compile(
    r"(?<!\w)(?:no(?:mor)?\.?\s*)?(?:rekam\s+medis|rekam\s+medik|register\s+klien|nrm|rm|mr|bpjs)"
    r"(?:\s*(?:no(?:mor)?\.?|[.:#\-]))*\s*\d[\d.\-/]{2,}",
    re.IGNORECASE,
)
_NIK_DIGITS = 16


def looks_like(text: str) -> Looks | None:
    """What in the text looks as if it named a client; None when nothing does."""
    text = _TIME.sub(" ; ", _DAY.sub(" ; ", text))
    if _RECORD.search(text):
        return Looks.record
    if _TELEPHONE.search(text):
        return Looks.telephone
    text = _AMOUNT.sub(" ; ", text)
    for found in _LONG_NUMBER.finditer(text):
        if sum(each.isdigit() for each in found.group()) >= _NIK_DIGITS:
            return Looks.nik
    return Looks.record if _BARE_NUMBER.search(text) else None


_SENTENCES = {
    Looks.nik: Sentence(
        "Tulisan ini memuat deretan angka seperti NIK. Hapus angkanya; tulis jumlah orang atau "
        "kode saja."
    ),
    Looks.telephone: Sentence(
        "Tulisan ini memuat angka seperti nomor telepon. Hapus nomornya; tulis jumlah orang atau "
        "kode saja."
    ),
    Looks.record: Sentence(
        "Tulisan ini memuat angka seperti nomor rekam medis atau nomor kartu. Hapus nomornya; "
        "tulis jumlah orang atau kode saja."
    ),
}


def why_not(text: str) -> Sentence | None:
    """The one sentence for a text that looks as if it named a client."""
    found = looks_like(text)
    return None if found is None else _SENTENCES[found]


def refuse_identity(*texts: str) -> None:
    """Raise Refused if one of the texts looks as if it named a client."""
    for text in texts:
        if (sentence := why_not(text)) is not None:
            raise Refused(sentence)
