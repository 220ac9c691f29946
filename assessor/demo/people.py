"""Who takes part in the demonstration? Fictitious persons, one account a role and a few more.

All have the same public password. It is hashed once and the hash used for all: these accounts
exist in demonstration mode only, and a start should not take a minute.
"""

import secrets
from dataclasses import dataclass

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.pages import DEMO_PASSWORD
from assessor.accounts.passwords import Hashing
from assessor.accounts.services import create_person, give_position
from assessor.demo.stage import Stage
from assessor.organization.models import TimeZone


@dataclass(frozen=True)
class Cast:
    """Somebody: name before the @, name, role, and the key of the office or the auditee."""

    account: str
    name: str
    role: Role
    place: str
    zone: TimeZone = TimeZone.wib


OFFICERS = (
    Cast("direktorat", "Ratna Dewanti", Role.directorate, "centre"),
    Cast("direktorat2", "Bagus Prasetyo", Role.directorate, "centre"),
    Cast("privasi", "Laras Widyaningrum", Role.privacy, "centre"),
    Cast("pengamat", "Hendra Saputro", Role.observer, "centre"),
    Cast("admin", "Dimas Wicaksono", Role.administrator, "centre"),
    Cast("admin-kab", "Lilis Suryani", Role.administrator, "banyumas"),
    Cast("asesor", "Sekar Ayuningtyas", Role.assessor, "33"),
    Cast("pemeriksa", "Teguh Wiratmo", Role.checker, "33"),
    Cast("pembina", "Nurul Khasanah", Role.coach, "33"),
    Cast("pembina-kab", "Agus Riyanto", Role.coach, "banyumas"),
    Cast("pemeriksa-pusat", "Endah Wulandari", Role.checker, "centre"),
    Cast("asesor-pindah", "Intan Permatasari", Role.assessor, "33"),
    Cast("asesor-baru", "Galih Prakoso", Role.assessor, "33"),
    Cast("asesor2", "Made Suardana", Role.assessor, "64", TimeZone.wita),
    Cast("pembina-kaltim", "Siti Rahmadani", Role.coach, "64", TimeZone.wita),
)
MEMBERS = (
    Cast("lembaga", "Yusuf Hartanto", Role.institution, "serayu"),
    Cast("lembaga2", "Maria Lestari", Role.institution, "teluk", TimeZone.wita),
    Cast("pengurus-klinik", "Dewi Kurniasih", Role.institution, "klinik-cilacap"),
    Cast("pengurus-pesantren", "Ahmad Fauzan", Role.institution, "pesantren"),
    Cast("pengurus-sulsel", "Andi Batari", Role.institution, "loka", TimeZone.wita),
    Cast("pengurus-papua", "Yosef Kambu", Role.institution, "sentani", TimeZone.wit),
    Cast("unit", "Suparmi", Role.unit, "unit-01"),
    Cast("unit-2", "Wahyudi", Role.unit, "unit-02"),
)


@dataclass(frozen=True)
class OneHash(Hashing):
    """Gives the one hash of the public password, whatever it is asked to hash."""

    kept: str = ""

    def hash(self, password: str) -> str:
        """The same for everybody."""
        del password
        return self.kept


def one_hash(memory_kib: int) -> OneHash:
    """Hash the public password once."""
    return OneHash(memory_kib, Hashing(memory_kib).hash(DEMO_PASSWORD))


def admit(stage: Stage, cast: tuple[Cast, ...], hashing: OneHash) -> None:
    """Accounts and positions of these people, unless they have them."""
    for each in cast:
        found = stage.find_person(each.account)
        stage.people[each.account] = found or _create(stage, each, hashing)
        if not stage.actor(each.account).held:
            _place(stage, each)


def _create(stage: Stage, each: Cast, hashing: OneHash) -> str:
    person = create_person(
        stage.session,
        SYSTEM,
        stage.clock,
        user_name=stage.user_name(each.account),
        name=each.name,
        password=secrets.token_urlsafe(24),  # the rules refuse the public one, as they should
        hashing=hashing,
        time_zone=each.zone,
    )
    return person.id


def _place(stage: Stage, each: Cast) -> None:
    at_auditee = each.role in {Role.institution, Role.unit}
    give_position(
        stage.session,
        SYSTEM,
        stage.clock,
        person_id=stage.people[each.account],
        role=each.role,
        office_id=None if at_auditee else stage.offices[each.place],
        auditee_id=stage.auditees[each.place] if at_auditee else None,
    )
