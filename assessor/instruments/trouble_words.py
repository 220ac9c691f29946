"""How is a problem of a draft told to somebody who sees forms, not files?

The loader speaks of keys and files. Here each path has the name of its field, and what names a
file or a key is said as what to do on the page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from checklists.checking import Trouble
from checklists.drafted import required_by
from checklists.material import Material
from standards.sentence import Sentence, sentence

# what the loader says → what is said here; the values of the pattern stay the same
_SAID: Mapping[str, Sentence] = {
    "kunci “%(key)s” belum ada": sentence("belum diisi"),
    "tambahkan %(key)s: di bagian ini": sentence("isi bagian ini"),
    "daftar baru berisi %(count)s": sentence("isinya belum cukup"),
    "di sini harus ada daftar kunci dan isi": sentence("belum diisi"),
    "daftarkan di %(where)s dalam standard.yaml": sentence(
        "pilih dari yang sudah ada dalam standar ini"
    ),
    "tulis sebuah label, atau satu dari all: […], any: […], not: …": sentence(
        "tulis label yang ada, dengan kata dan, atau, bukan, dan tanda kurung"
    ),
    "tulis ask: dalam kedua bahasa pada berkas butir": sentence(
        "tulis pertanyaannya dalam kedua bahasa pada butir ini"
    ),
    "isi sources, atau pakai asal derived atau proposed": sentence(
        "pilih sumbernya, atau ubah asalnya menjadi diturunkan atau usulan"
    ),
    "ganti kodenya; yang pertama ada di %(file)s baris %(line)s": sentence(
        "hapus atau ganti salah satunya"
    ),
}

# fields that are groups: their first control is where a link leads
_GROUPS = frozenset({"methods", "sources", "critical"})


@dataclass(frozen=True)
class Told:
    """A problem in words: of which item (empty: the whole edition), at which field, what to do."""

    item: str
    field: str
    name: str
    what: str
    remedy: str

    @property
    def sentence(self) -> str:
        """`Bunyi persyaratan (Indonesia): teks masih kosong. Isi dengan teks.`"""
        parts = (self.what, self.remedy)
        return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts)

    @property
    def anchor(self) -> str:
        """Where on the page the field stands."""
        if self.field.startswith("own_words-"):
            return "kata-sendiri"
        return f"{self.field}-0" if self.field in _GROUPS else self.field


def _say(said: str) -> str:
    if not isinstance(said, Sentence):
        return said
    other = _SAID.get(said.pattern)
    return str((other or said).translated(_))


def tell(troubles: Iterable[Trouble], material: Material) -> tuple[Told, ...]:
    """Every problem in the reader's language, at the item on whose page it is mended."""
    by_requirement: dict[str, str] = {}
    for each in material.items:
        by_requirement.setdefault(required_by(each), str(each.get("item", "")))
    names = field_names()
    told = []
    for trouble in troubles:
        item, field = _place(trouble, by_requirement)
        name = names.get(_generic(field), "")
        told.append(Told(item, field, name, _say(trouble.what), _say(trouble.remedy)))
    return tuple(dict.fromkeys(told))


def _place(trouble: Trouble, by_requirement: Mapping[str, str]) -> tuple[str, str]:
    kind, _sep, rest = trouble.part.partition(":")
    match kind:
        case "requirement":
            return by_requirement.get(rest, rest), _field("requirement", trouble.path)
        case "item":
            return rest, _field("item", trouble.path)
        case "words":
            checklist, _sep, item = rest.partition(":")
            return item, f"own_words-{checklist}-{'en' if trouble.path.endswith('/en') else 'id'}"
    return "", _head_field(kind, trouble.path)


_BOTH = frozenset({"text", "good", "how", "ask"})


def _field(kind: str, path: str) -> str:
    first, *more = path.split("/")
    if first in _BOTH:
        return f"{first}_{more[0] if more and more[0] in {'id', 'en'} else 'id'}"
    if first == "evidence":
        number = more[0] if more and more[0].isdigit() else "0"
        language = more[1] if len(more) > 1 and more[1] in {"id", "en"} else "id"
        return f"evidence-{number}-{language}"
    if first in {"applies", "origin", "sources", "clause", "section"} and kind == "requirement":
        return first
    if first in {"methods", "citation", "critical", "weight", "effort"} and kind == "item":
        return first
    return "text_id" if kind == "requirement" else "weight"


def _head_field(kind: str, path: str) -> str:
    first, *more = path.split("/")
    language = more[0] if more and more[0] in {"id", "en"} else "id"
    if first == "edition":
        return "standard_edition" if kind == "standard" else "edition"
    if (kind, first) in {("checklist", "title"), ("checklist", "note"), ("standard", "about")}:
        return f"{first}_{language}"
    return ""


def _generic(field: str) -> str:
    """Fields that come several times have one name."""
    if field.startswith("evidence-"):
        return f"evidence_{field[-2:]}"
    return f"own_words_{field[-2:]}" if field.startswith("own_words-") else field


def field_names() -> Mapping[str, str]:
    """What the fields of the pages are called."""
    return {
        "text_id": _("Bunyi persyaratan (Indonesia)"),
        "text_en": _("Bunyi persyaratan (Inggris)"),
        "good_id": _("Yang baik terlihat seperti apa (Indonesia)"),
        "good_en": _("Yang baik terlihat seperti apa (Inggris)"),
        "how_id": _("Cara memeriksa (Indonesia)"),
        "how_en": _("Cara memeriksa (Inggris)"),
        "evidence_id": _("Contoh bukti (Indonesia)"),
        "evidence_en": _("Contoh bukti (Inggris)"),
        "section": _("Bagian"),
        "applies": _("Berlaku untuk"),
        "origin": _("Asal persyaratan"),
        "sources": _("Sumber"),
        "clause": _("Pasal resmi"),
        "methods": _("Diperiksa dengan"),
        "citation": _("Tautan bukti"),
        "critical": _("Butir kritis"),
        "weight": _("Bobot"),
        "effort": _("Upaya"),
        "ask_id": _("Pertanyaan bagi yang dinilai (Indonesia)"),
        "ask_en": _("Pertanyaan bagi yang dinilai (Inggris)"),
        "own_words_id": _("Pertanyaan (Indonesia)"),
        "own_words_en": _("Pertanyaan (Inggris)"),
        "edition": _("Nama edisi"),
        "standard_edition": _("Nama edisi standarnya"),
        "title_id": _("Judul instrumen (Indonesia)"),
        "title_en": _("Judul instrumen (Inggris)"),
        "note_id": _("Keterangan instrumen (Indonesia)"),
        "note_en": _("Keterangan instrumen (Inggris)"),
        "about_id": _("Tentang standarnya (Indonesia)"),
        "about_en": _("Tentang standarnya (Inggris)"),
    }
