"""Which offices are there in the demonstration, and where do they serve?

Real levels and real territories: the centre, a BNNP for each of the 38 provinces, some BNNK.
One of them is a joint office for two areas; regencies without one are served by their BNNP.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from assessor.access.actor import SYSTEM
from assessor.demo.stage import Stage
from assessor.organization.models import Office, OfficeKind, ServiceArea, TerritoryKind, TimeZone
from assessor.organization.queries import list_territories
from assessor.organization.services import NewOffice, open_office, serve_area
from assessor.organization.territory_files import NATION
from assessor.ui.formats import zone_of


@dataclass(frozen=True)
class District:
    """A BNNK: its name, the regencies it serves, the first of them its seat."""

    key: str
    name: str
    regencies: tuple[str, ...]


DISTRICTS = (
    District("banyumas", "BNNK Banyumas", ("33.02",)),
    District("cilacap", "BNNK Cilacap", ("33.01",)),
    District("purbalingga", "BNNK Purbalingga", ("33.03",)),
    District("bogor", "BNNK Bogor", ("32.01", "32.71")),  # one office for kabupaten and kota
    District("sleman", "BNNK Sleman", ("34.04",)),
    District("malang", "BNNK Malang", ("35.07",)),
    District("deliserdang", "BNNK Deli Serdang", ("12.07",)),
    District("denpasar", "BNNK Denpasar", ("51.71",)),
    District("balikpapan", "BNNK Balikpapan", ("64.71",)),
    District("toraja", "BNNK Tana Toraja", ("73.18",)),
    District("tidore", "BNNK Tidore", ("82.72",)),
    District("jayapura", "BNNK Jayapura", ("91.03",)),
)
CENTRE_NAME = "Badan Narkotika Nasional, Direktorat PLRKM"
BEGIN = 480  # days ago


def _letterhead(*lines: str) -> tuple[str, ...]:
    return ("BADAN NARKOTIKA NASIONAL REPUBLIK INDONESIA", *lines, "DATA CONTOH")


def _open(stage: Stage, new: NewOffice, *areas: str) -> str:
    """The office and its areas, unless they are there."""
    found = stage.session.scalars(select(Office.id).where(Office.name == new.name)).first()
    office_id = found or open_office(stage.session, SYSTEM, stage.clock, new=new).id
    begun = date(stage.clock().year, stage.clock().month, 1)
    served = set(
        stage.session.scalars(
            select(ServiceArea.territory_code).where(ServiceArea.office_id == office_id)
        )
    )
    for area in areas:
        if area not in served:
            serve_area(
                stage.session,
                SYSTEM,
                stage.clock,
                office_id=office_id,
                territory_code=area,
                valid_from=begun,
            )
    return office_id


def open_offices(stage: Stage) -> None:
    """The whole tree, from the centre down."""
    centre = _open(
        stage,
        NewOffice(
            kind=OfficeKind.centre,
            name=CENTRE_NAME,
            short_name="BNN Pusat",
            time_zone=TimeZone.wib,
            letterhead=_letterhead("Direktorat Penguatan Lembaga Rehabilitasi Komponen Masyarakat"),
        ),
        NATION,
    )
    stage.offices["centre"] = centre
    provinces = stage.session.execute(list_territories(TerritoryKind.province)).scalars().all()
    for code, name in [(each.code, each.name) for each in provinces]:
        called = name.replace("Daerah Khusus Ibukota", "DKI").replace("Daerah Istimewa", "DI")
        stage.offices[code] = _open(
            stage,
            NewOffice(
                kind=OfficeKind.bnnp,
                name=f"BNNP {called}",
                short_name=f"BNNP {called}",
                time_zone=TimeZone(zone_of(code).value),
                parent_id=centre,
                territory_code=code,
                letterhead=_letterhead(f"Badan Narkotika Nasional Provinsi {called}"),
            ),
            code,
        )
    for district in DISTRICTS:
        seat = district.regencies[0]
        stage.offices[district.key] = _open(
            stage,
            NewOffice(
                kind=OfficeKind.bnnk,
                name=district.name,
                short_name=district.name,
                time_zone=TimeZone(zone_of(seat).value),
                parent_id=stage.offices[seat[:2]],
                territory_code=seat,
                letterhead=_letterhead(district.name.replace("BNNK", "BNN Kabupaten/Kota")),
            ),
            *district.regencies,
        )
