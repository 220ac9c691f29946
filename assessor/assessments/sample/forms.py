"""What does the sheet of files send, and which boxes did somebody change?

The plain form carries, for each item, what its boxes showed; only what is different now was said
by this person. A box takes a mark and nothing else, so that no name or number gets in.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from assessor.assessments.sample.services import Marking
from assessor.assessments.sample_models import Mark
from assessor.sentences import Refused, Sentence
from checklists.drawing import LARGEST_REGISTER
from checklists.strata import Stratum

# as it is shown in a box, and as it is carried along
SIGNS: Mapping[Mark | None, str] = {
    Mark.met: "✓",
    Mark.unmet: "✗",
    Mark.not_applicable: "–",
    None: "",
}
CODES: Mapping[Mark | None, str] = {
    Mark.met: "1",
    Mark.unmet: "0",
    Mark.not_applicable: "-",
    None: ".",
}
_MARKS: Mapping[str, Mark | None] = {
    **dict.fromkeys(("1", "✓", "v", "V"), Mark.met),
    **dict.fromkeys(("0", "✗", "x", "X"), Mark.unmet),
    **dict.fromkeys(("-", "–", "—"), Mark.not_applicable),
    **dict.fromkeys(("", "."), None),
}
MOST_AT_ONCE = 4_000

ONLY_MARKS = Sentence(
    "Isi kotak hanya dengan 1 (sesuai), 0 (tidak sesuai), atau - (tidak berlaku). Jangan menulis "
    "nama, NIK, atau nomor rekam medis."
)
ONLY_LENGTHS = Sentence(
    "Isi jumlah berkas pada daftar dengan angka, 0 sampai %(most)s. Jangan menulis nama, NIK, atau "
    "nomor rekam medis.",
    {"most": LARGEST_REGISTER},
)
_BROKEN = Sentence("Kiriman ini rusak. Muat ulang halaman, lalu coba lagi.")


def read_mark(text: str) -> Mark | None:
    """The mark that a box holds. Raises Refused for anything else."""
    text = text.strip()
    if text not in _MARKS:
        raise Refused(ONLY_MARKS)
    return _MARKS[text]


def packed(marks: Mapping[tuple[str, int], Mark], item: str, files: int) -> str:
    """The marks of an item as one word, a letter a file."""
    return "".join(CODES[marks.get((item, file))] for file in range(1, files + 1))


def box_name(item: str, file: int) -> str:
    """How a box is called in the form."""
    return f"m.{item}.{file}"


def changed_boxes(
    form: Mapping[str, str], items: Collection[str], files: int
) -> Iterator[tuple[str, int, str, str]]:
    """Item, file, what was typed, what was shown: of every box that is different now."""
    for item in items:
        shown = form.get(f"s.{item}", "")
        for file in range(1, files + 1):
            typed = form.get(box_name(item, file))
            if typed is None:
                continue
            before = shown[file - 1 : file] or "."
            typed = typed.strip()
            if typed not in _MARKS or _MARKS[typed] is not _MARKS.get(before):
                yield item, file, typed, before


def read_form(
    form: Mapping[str, str], items: Collection[str], files: int
) -> tuple[list[Marking], dict[tuple[str, int], str]]:
    """The boxes that were changed, and those that hold no mark, with what they hold."""
    markings, wrong = [], {}
    for item, file, typed, before in changed_boxes(form, items, files):
        try:
            mark = read_mark(typed)
        except Refused:
            wrong[item, file] = typed
        else:
            markings.append(Marking(item, file, mark, _MARKS.get(before)))
    return markings, wrong


def read_sent(sent: Any) -> tuple[int, list[Marking]]:
    """What the script sends: the number of the draw and the boxes. Raises Refused."""
    number = sent.get("number") if isinstance(sent, dict) else None
    boxes = sent.get("boxes") if isinstance(sent, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        raise Refused(_BROKEN)
    if not isinstance(boxes, list) or len(boxes) > MOST_AT_ONCE:
        raise Refused(_BROKEN)
    return number, [_sent_box(each) for each in boxes]


def _sent_box(each: Any) -> Marking:
    if not isinstance(each, dict):
        raise Refused(_BROKEN)
    item, file = each.get("item"), each.get("file")
    mark, seen = each.get("mark"), each.get("seen")
    if not isinstance(item, str) or not isinstance(file, int) or isinstance(file, bool):
        raise Refused(_BROKEN)
    if not isinstance(mark, str) or not isinstance(seen, str):
        raise Refused(_BROKEN)
    return Marking(item, file, read_mark(mark), read_mark(seen))


def read_lengths(
    form: Mapping[str, str], strata: Sequence[Stratum]
) -> tuple[dict[str, int], frozenset[str]]:
    """The lengths of the lists; and the lists whose length is none."""
    lengths, wrong = {}, set()
    for stratum in strata:
        typed = form.get(f"count-{stratum.code}", "").strip().replace(".", "")
        if not typed:
            lengths[stratum.code] = 0
        elif typed.isdecimal() and len(typed) < 10 and int(typed) <= LARGEST_REGISTER:
            lengths[stratum.code] = int(typed)
        else:
            wrong.add(stratum.code)
    return lengths, frozenset(wrong)
