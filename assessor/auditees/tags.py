"""Which tags can an auditee carry, what are they called, and which follow from its facts?

The tags are those of the packaged standards (a test compares them): they decide which
requirements apply. What follows from who operates an auditee, or from its village, is not asked.
"""

from collections.abc import Iterable, Mapping

from assessor.auditees.models import Agency, AuditeeKind
from assessor.sentences import Refused, Sentence

SITE_TAGS: Mapping[str, Sentence] = {
    "ip": Sentence("Instansi pemerintah"),
    "km": Sentence("Komponen masyarakat"),
    "bnn": Sentence("Dikelola BNN"),
    "lapas-rutan": Sentence("Di dalam lapas, rutan, atau LPKA"),
    "rawat-jalan": Sentence("Rawat jalan"),
    "rawat-inap": Sentence("Rawat inap"),
    "medis": Sentence("Rehabilitasi medis"),
    "sosial": Sentence("Rehabilitasi sosial"),
    "pascarehabilitasi": Sentence("Pascarehabilitasi"),
    "tc": Sentence("Komunitas terapeutik (TC)"),
    "detoksifikasi": Sentence("Memberikan detoksifikasi"),
    "metode-tradisional": Sentence("Memakai metode tradisional atau keagamaan"),
    "ipwl": Sentence("Institusi penerima wajib lapor (IPWL)"),
    "melayani-anak": Sentence("Melayani anak"),
    "melayani-perempuan": Sentence("Melayani perempuan"),
    "peserta-ikr": Sentence("Peserta pengukuran IKR"),
}
UNIT_TAGS: Mapping[str, Sentence] = {
    "unit-baru": Sentence("Unit baru"),
    "unit-berkelanjutan": Sentence("Unit berkelanjutan"),
    "desa": Sentence("Di desa"),
    "kelurahan": Sentence("Di kelurahan"),
}
TAGS: Mapping[AuditeeKind, Mapping[str, Sentence]] = {
    AuditeeKind.site: SITE_TAGS,
    AuditeeKind.unit: UNIT_TAGS,
}
# what a site can offer as a service of its own, with a capacity
SERVICE_TAGS = frozenset({"rawat-jalan", "rawat-inap", "pascarehabilitasi", "detoksifikasi"})

AGENCY_NAMES: Mapping[Agency, Sentence] = {
    Agency.bnn: Sentence("BNN"),
    Agency.kemensos: Sentence("Kementerian Sosial"),
    Agency.kemenkes: Sentence("Kementerian Kesehatan"),
    Agency.ditjenpas: Sentence("Direktorat Jenderal Pemasyarakatan"),
    Agency.polri: Sentence("Polri"),
    Agency.local_government: Sentence("Pemerintah daerah"),
    Agency.foundation: Sentence("Yayasan atau komponen masyarakat"),
    Agency.village: Sentence("Pemerintah desa atau kelurahan"),
    Agency.other: Sentence("Pengelola lain"),
}

_GOVERNMENT = frozenset(
    {
        Agency.bnn,
        Agency.kemensos,
        Agency.kemenkes,
        Agency.ditjenpas,
        Agency.polri,
        Agency.local_government,
    }
)
# what follows from who operates an auditee, and from the kind of its village
OF_AGENCIES = frozenset({"ip", "km", "bnn"})
OF_VILLAGES = frozenset({"desa", "kelurahan"})
_EXCLUDING = (("ip", "km"), ("unit-baru", "unit-berkelanjutan"), ("desa", "kelurahan"))


def _of_agency(agency: Agency) -> frozenset[str]:
    if agency is Agency.bnn:
        return frozenset({"ip", "bnn"})
    if agency in _GOVERNMENT:
        return frozenset({"ip"})
    return frozenset({"km"}) if agency is Agency.foundation else frozenset()


def _of_village(code: str) -> frozenset[str]:
    """The first digit of a village's own number: 1 kelurahan, 2 desa, 3 desa adat."""
    number = code.rpartition(".")[2]
    return frozenset({"kelurahan"} if number.startswith("1") else {"desa"})


def derived_tags(kind: AuditeeKind, agency: Agency, village_code: str | None) -> frozenset[str]:
    """What follows from who operates an auditee, or from its village."""
    if kind is AuditeeKind.site:
        return _of_agency(agency)
    return _of_village(village_code) if village_code else frozenset()


def settle_tags(
    kind: AuditeeKind,
    chosen: Iterable[str],
    *,
    agency: Agency,
    village_code: str | None = None,
) -> list[str]:
    """The chosen tags with those that follow from the facts, sorted. Raises Refused."""
    given = frozenset(chosen)
    unknown = sorted(given - set(TAGS[kind]))
    if unknown:
        raise Refused(
            Sentence(
                "Tanda %(tags)s tidak dikenal. Pilih dari daftar tanda.",
                {"tags": ", ".join(unknown)},
            )
        )
    tags = given | derived_tags(kind, agency, village_code)
    for one, other in _EXCLUDING:
        if {one, other} <= tags:
            words = TAGS[kind]
            raise Refused(
                Sentence(
                    "Tanda “%(one)s” dan “%(other)s” tidak dapat berlaku bersama. Pilih satu.",
                    {"one": str(words[one]), "other": str(words[other])},
                )
            )
    if "bnn" in tags and agency is not Agency.bnn:
        raise Refused(Sentence("Tanda “Dikelola BNN” hanya untuk lembaga yang dijalankan BNN."))
    return sorted(tags)
