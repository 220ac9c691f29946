"""Which settings are changed while the installation runs, what do they mean, what holds now?

What an installation must know before it can start comes from the environment instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor, Role
from assessor.installation.events import SettingChanged
from assessor.installation.models import KeptSetting
from assessor.journal.work import Clock, write
from assessor.organization.reach import ensure_arranges
from assessor.sentences import Refused, Sentence, Stale


class Name(StrEnum):
    """The settings there are."""

    organization = "organization"
    public_contact = "public_contact"
    backup_days = "backup_days"
    checkpoint_days = "checkpoint_days"
    verification_days = "verification_days"
    free_space_gb = "free_space_gb"
    evidence_quota_gb = "evidence_quota_gb"
    second_factor_roles = "second_factor_roles"


@dataclass(frozen=True, kw_only=True)
class Known:
    """What a setting is. A text has a longest length, a number its bounds; of choices any may
    hold, and the value names them with spaces between."""

    label: Sentence
    meaning: Sentence
    default: str
    longest: int = 200
    least: int | None = None
    most: int | None = None
    required: bool = True
    choices: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether it is a number within bounds."""
        return self.least is not None


KNOWN: Mapping[Name, Known] = {
    Name.organization: Known(
        label=Sentence("Nama lembaga pada kop"),
        meaning=Sentence("Baris pertama kop bagi kantor yang belum menulis kopnya sendiri."),
        default="BADAN NARKOTIKA NASIONAL REPUBLIK INDONESIA",
    ),
    Name.public_contact: Known(
        label=Sentence("Kontak untuk umum"),
        meaning=Sentence(
            "Tampil pada halaman awal dan halaman periksa laporan: ke mana orang bertanya."
        ),
        default="",
        required=False,
    ),
    Name.backup_days: Known(
        label=Sentence("Umur cadangan paling lama, dalam hari"),
        meaning=Sentence("Cadangan yang lebih tua dari ini disebut terlalu lama."),
        default="2",
        least=1,
        most=90,
    ),
    Name.checkpoint_days: Known(
        label=Sentence("Umur titik periksa paling lama, dalam hari"),
        meaning=Sentence("Titik periksa jurnal yang lebih tua dari ini disebut terlalu lama."),
        default="7",
        least=1,
        most=90,
    ),
    Name.verification_days: Known(
        label=Sentence("Jarak antara dua pemeriksaan jurnal, dalam hari"),
        meaning=Sentence("Lebih dari ini jurnal disebut sudah lama tidak diperiksa."),
        default="30",
        least=1,
        most=365,
    ),
    Name.free_space_gb: Known(
        label=Sentence("Ruang kosong paling sedikit, dalam GB"),
        meaning=Sentence("Bila ruang kosong di tempat bukti kurang dari ini, ada peringatan."),
        default="5",
        least=1,
        most=10_000,
    ),
    Name.evidence_quota_gb: Known(
        label=Sentence("Bukti paling banyak tiap lembaga atau unit, dalam GB"),
        meaning=Sentence("Yang melewati ini tidak diterima; yang sudah ada tetap tersimpan."),
        default="20",
        least=1,
        most=10_000,
    ),
    Name.second_factor_roles: Known(
        label=Sentence("Peran yang wajib masuk dua langkah"),
        meaning=Sentence(
            "Orang dengan peran ini masuk dengan kata sandi dan kode dari ponsel. Yang belum "
            "menyalakannya diminta menyalakannya dulu, dan belum dapat melakukan hal lain."
        ),
        default="",
        choices=tuple(role.value for role in Role),
    ),
}

_CHANGED_MEANWHILE = Sentence(
    "Pengaturan ini baru saja diubah orang lain. Muat ulang halaman untuk melihat isinya sekarang."
)


def all_settings(session: Session) -> Mapping[Name, str]:
    """Every setting with the value that holds: one query."""
    kept = dict(session.execute(select(KeptSetting.name, KeptSetting.value)).all())
    return {name: kept.get(name.value, known.default) for name, known in KNOWN.items()}


def text_of(session: Session, name: Name) -> str:
    """The value of one setting."""
    value = session.scalars(select(KeptSetting.value).where(KeptSetting.name == name.value)).first()
    return KNOWN[name].default if value is None else value


def number_of(session: Session, name: Name) -> int:
    """The value of one setting that is a number."""
    return int(text_of(session, name))


def checked_value(name: Name, value: str) -> str:
    """A value as it is kept. Raises Refused with what it must be."""
    known, value = KNOWN[name], " ".join(value.split())
    if known.least is not None and known.most is not None:
        if not (value.isascii() and value.isdecimal() and len(value) < 9):
            raise Refused(Sentence("Isi dengan angka bulat."))
        if not known.least <= int(value) <= known.most:
            raise Refused(
                Sentence(
                    "Isi angka antara %(least)s dan %(most)s.",
                    {"least": known.least, "most": known.most},
                )
            )
        return str(int(value))
    if known.choices:
        chosen = set(value.split())
        if not chosen <= set(known.choices):
            raise Refused(Sentence("Pilih dari yang ditawarkan."))
        return " ".join(each for each in known.choices if each in chosen)
    if len(value) > known.longest:
        raise Refused(Sentence("Isian paling panjang %(most)s huruf.", {"most": known.longest}))
    if known.required and not value:
        raise Refused(Sentence("Isian ini tidak boleh kosong."))
    return value


def change_setting(
    session: Session, actor: Actor, clock: Clock, *, name: Name, value: str, seen: str
) -> str:
    """Let another value hold from now on, everywhere. `seen` is the value the person had before
    them. Raises NotPermitted, Refused and Stale."""
    value = checked_value(name, value)
    with write(session, actor, clock) as work:
        ensure_arranges(session, actor)
        work.lock()
        if text_of(session, name) != seen:
            raise Stale(_CHANGED_MEANWHILE)
        if value != seen:
            row = session.get(KeptSetting, name.value)
            if row is None:
                row = KeptSetting(name=name.value, value=value, changed_at=work.now)
                session.add(row)
            else:
                row.value, row.changed_at = value, work.now
            work.record(SettingChanged(subject=name.value))
    return value
