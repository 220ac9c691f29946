"""Which institutions and units are there in the demonstration? Fictitious names, real places."""

from dataclasses import dataclass

from sqlalchemy import select

from assessor.access.actor import SYSTEM
from assessor.auditees.models import Agency, Auditee, AuditeeKind, Entity
from assessor.auditees.registering import (
    NewSite,
    NewUnit,
    Offered,
    register_entity,
    register_site,
    register_unit,
)
from assessor.demo.stage import Stage
from assessor.organization.models import Territory, TerritoryKind

INPATIENT = "rawat-inap"
OUTPATIENT = "rawat-jalan"
AFTERCARE = "pascarehabilitasi"


@dataclass(frozen=True, kw_only=True)
class Site:
    """A site of the demonstration. `runs` is the key of the BNN office that runs it."""

    key: str
    name: str
    entity: str
    form: str
    regency: str
    agency: Agency
    tags: tuple[str, ...]
    services: tuple[Offered, ...]
    runs: str | None = None


SITES = (
    Site(
        key="serayu",
        name="Rumah Pulih Cahaya Serayu",
        entity="Yayasan Cahaya Serayu",
        form="Yayasan",
        regency="33.02",
        agency=Agency.foundation,
        tags=("sosial", "tc", "ipwl", "melayani-perempuan"),
        services=(Offered(INPATIENT, 24), Offered(OUTPATIENT)),
    ),
    Site(
        key="teluk",
        name="Rumah Singgah Teluk Harapan",
        entity="Yayasan Teluk Harapan Baru",
        form="Yayasan",
        regency="64.71",
        agency=Agency.foundation,
        tags=("sosial", "peserta-ikr"),
        services=(Offered(OUTPATIENT), Offered(AFTERCARE, 10)),
    ),
    Site(
        key="klinik-cilacap",
        name="Klinik Pratama Segara Anakan",
        entity="BNNK Cilacap",
        form="Instansi pemerintah",
        regency="33.01",
        agency=Agency.bnn,
        tags=("medis", "ipwl", "peserta-ikr"),
        services=(Offered(OUTPATIENT),),
        runs="cilacap",
    ),
    Site(
        key="pesantren",
        name="Pesantren Pemulihan Nurul Hikmah",
        entity="Yayasan Nurul Hikmah Menoreh",
        form="Yayasan",
        regency="33.08",
        agency=Agency.foundation,
        tags=("sosial", "metode-tradisional"),
        services=(Offered(INPATIENT, 15),),
    ),
    Site(
        key="loka",
        name="Loka Rehabilitasi Pantai Losari",
        entity="BNNP Sulawesi Selatan",
        form="Instansi pemerintah",
        regency="73.71",
        agency=Agency.bnn,
        tags=("medis", "sosial", "tc", "detoksifikasi", "peserta-ikr"),
        services=(Offered(INPATIENT, 60), Offered("detoksifikasi", 8)),
        runs="73",
    ),
    Site(
        key="sentani",
        name="Rumah Pemulihan Danau Sentani",
        entity="Yayasan Kasih Danau Sentani",
        form="Yayasan",
        regency="91.03",
        agency=Agency.foundation,
        tags=("sosial",),
        services=(Offered(OUTPATIENT), Offered(AFTERCARE, 6)),
    ),
    Site(
        key="rsud",
        name="RSUD Taman Sanur, Poli Napza",
        entity="RSUD Taman Sanur",
        form="Badan layanan umum daerah",
        regency="51.71",
        agency=Agency.local_government,
        tags=("medis", "ipwl", "detoksifikasi"),
        services=(Offered(OUTPATIENT), Offered("detoksifikasi", 4)),
    ),
    Site(
        key="puskesmas",
        name="Puskesmas Kalasan Timur",
        entity="Dinas Kesehatan Kabupaten Sleman",
        form="Unit pelaksana teknis daerah",
        regency="34.04",
        agency=Agency.local_government,
        tags=("medis", "ipwl", "melayani-anak"),
        services=(Offered(OUTPATIENT),),
    ),
    Site(
        key="sentra",
        name="Sentra Kemensos Lembah Galuga",
        entity="Kementerian Sosial",
        form="Unit pelaksana teknis",
        regency="32.01",
        agency=Agency.kemensos,
        tags=("sosial", "ipwl", "melayani-anak", "melayani-perempuan"),
        services=(Offered(INPATIENT, 80),),
    ),
    Site(
        key="lapas",
        name="Lapas Narkotika Bukit Kencana",
        entity="Direktorat Jenderal Pemasyarakatan",
        form="Unit pelaksana teknis",
        regency="12.07",
        agency=Agency.ditjenpas,
        tags=("lapas-rutan", "sosial", "tc"),
        services=(Offered(INPATIENT, 120),),
    ),
    Site(
        key="klinik-bogor",
        name="Klinik Pratama Kebun Raya",
        entity="BNNK Bogor",
        form="Instansi pemerintah",
        regency="32.71",
        agency=Agency.bnn,
        tags=("medis",),
        services=(Offered(OUTPATIENT),),
        runs="bogor",
    ),
    Site(
        key="tidore",
        name="Rumah Pulih Kie Matubu",
        entity="Yayasan Kie Matubu",
        form="Yayasan",
        regency="82.72",
        agency=Agency.foundation,
        tags=("sosial",),
        services=(Offered(OUTPATIENT),),
    ),
    Site(
        key="toraja",
        name="Rumah Pemulihan Pintu Angin",
        entity="Yayasan Pintu Angin",
        form="Yayasan",
        regency="73.18",
        agency=Agency.foundation,
        tags=("sosial",),
        services=(Offered(INPATIENT, 12),),
    ),
    Site(
        key="malang",
        name="Griya Sehat Kanjuruhan",
        entity="Perkumpulan Griya Sehat Kanjuruhan",
        form="Perkumpulan",
        regency="35.07",
        agency=Agency.foundation,
        tags=("sosial", "melayani-perempuan"),
        services=(Offered(OUTPATIENT), Offered(AFTERCARE, 8)),
    ),
    Site(
        key="kupang",
        name="Rumah Pulih Timor Lestari",
        entity="Yayasan Timor Lestari",
        form="Yayasan",
        regency="53.71",
        agency=Agency.foundation,
        tags=("sosial",),
        services=(Offered(OUTPATIENT),),
    ),
)

_FIRST = ("Lentera", "Tunas", "Sahabat", "Mekar", "Cahaya", "Harapan", "Rumpun", "Sinar")
_SECOND = ("Pulih", "Sejati", "Warga", "Bersama", "Mandiri")
COACHED_UNITS = 40
# units elsewhere: key of the name, regency
FAR_UNITS = (
    ("IBM Bukit Barisan Pulih", "12.07"),
    ("IBM Banjar Sehati", "51.71"),
    ("IBM Muara Peduli", "64.71"),
    ("IBM Rumah Kita Toraja", "73.18"),
    ("IBM Gurabati Bangkit", "82.72"),
    ("IBM Honai Pulih", "91.03"),
)


def unit_names() -> tuple[str, ...]:
    """Forty made-up names."""
    return tuple(f"IBM {first} {second}" for first in _FIRST for second in _SECOND)


def _known(stage: Stage, kind: AuditeeKind) -> dict[str, str]:
    rows = stage.session.execute(
        select(Auditee.name, Auditee.id).where(Auditee.kind == kind).order_by(Auditee.reference)
    )
    return {row.name: row.id for row in rows}


def register_sites(stage: Stage) -> None:
    """The institutions with their bodies, unless they are there."""
    known = _known(stage, AuditeeKind.site)
    bodies = {row.name: row.id for row in stage.session.execute(select(Entity.name, Entity.id))}
    for site in SITES:
        if site.entity not in bodies:
            bodies[site.entity] = register_entity(
                stage.session, SYSTEM, stage.clock, name=site.entity, legal_form=site.form
            ).id
        stage.auditees[site.key] = (
            known.get(site.name)
            or register_site(
                stage.session,
                SYSTEM,
                stage.clock,
                new=NewSite(
                    entity_id=bodies[site.entity],
                    name=site.name,
                    regency_code=site.regency,
                    agency=site.agency,
                    tags=site.tags,
                    services=site.services,
                    address="Jalan Contoh Nomor 8807",
                    operating_office_id=stage.offices[site.runs] if site.runs else None,
                ),
            ).id
        )


def _villages(stage: Stage, regency: str, count: int) -> list[str]:
    """So many villages of a regency, spread over it."""
    district = select(Territory.code).where(Territory.parent_code == regency)
    codes = stage.session.scalars(
        select(Territory.code)
        .where(Territory.kind == TerritoryKind.village, Territory.parent_code.in_(district))
        .order_by(Territory.code)
    ).all()
    step = max(len(codes) // count, 1)
    return list(codes[::step][:count])


def register_units(stage: Stage) -> None:
    """The forty units of one BNNK and a few elsewhere, unless they are there."""
    known = _known(stage, AuditeeKind.unit)
    wanted = list(zip(unit_names(), _villages(stage, "33.02", COACHED_UNITS), strict=True))
    wanted += [(name, _villages(stage, regency, 1)[0]) for name, regency in FAR_UNITS]
    for number, (name, village) in enumerate(wanted, start=1):
        stage.auditees[f"unit-{number:02d}"] = (
            known.get(name)
            or register_unit(
                stage.session,
                SYSTEM,
                stage.clock,
                new=NewUnit(
                    name=name,
                    village_code=village,
                    tags=("unit-berkelanjutan",) if number % 3 else ("unit-baru",),
                ),
            ).id
        )
