"""Which letters do accounts send, and what do they say?

Each in the reader's language. A letter with a link makes the link when it is sent. None says more
than that something happened: no name of an institution, nothing of an assessment.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM
from assessor.accounts.factor_codes import RECOVERY_USED
from assessor.accounts.handing import link_address
from assessor.accounts.inviting import LINK, mail_of, make_link
from assessor.accounts.mail_changing import CHANGED, CONFIRM, NOT_WANTED, make_mail_link
from assessor.accounts.models import LinkPurpose, LinkWay, MailChange, Person
from assessor.accounts.second_factor import RESET, SWITCHED_OFF, SWITCHED_ON
from assessor.accounts.services import PASSWORD_CHANGED
from assessor.jobs.queue import NotNeeded
from assessor.mail.letters import Compose, Letter, Reader, Writing, know_letter, know_readers
from assessor.sentences import Sentence
from assessor.ui.formats import Zone, moment

Said = Callable[[], str]


class People:
    """Who knows people: those with an account that is not disabled."""

    def find(self, session: Session, person_id: str) -> Reader | None:
        """One reader."""
        person = session.get(Person, person_id)
        if person is None or person.disabled_at is not None:
            return None
        return Reader(person.id, person.name, mail_of(person), person.language)

    def names(self, session: Session, people: Collection[str]) -> Mapping[str, str]:
        """What people are called."""
        rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
        return {row.id: row.name for row in rows}


def _end() -> str:
    return str(
        _(
            "Surel ini dikirim oleh sistem Asesor 8807 dan tidak dapat dibalas. Kami tidak pernah "
            "meminta kata sandi Anda."
        )
    )


def _zone(writing: Writing) -> Zone:
    person = writing.session.get_one(Person, writing.reader.id)
    return Zone(person.time_zone.value)


def _link(writing: Writing) -> Letter:
    """A link to choose a password with, made now."""
    reader, zone = writing.reader, _zone(writing)
    made = make_link(writing.session, SYSTEM, writing.clock, person_id=reader.id, way=LinkWay.mail)
    with force_locale(reader.language):
        if made.purpose is LinkPurpose.invitation:
            subject = _("Undangan ke Asesor 8807")
            what = _("Anda mendapat akun di Asesor 8807. Buat kata sandi Anda lewat tautan ini:")
        else:
            subject = _("Kata sandi baru untuk Asesor 8807")
            what = _("Buat kata sandi baru Anda lewat tautan ini:")
        text = "\n\n".join(
            (
                _("Halo %(name)s,", name=reader.name),
                what,
                link_address(made.secret, base_url=writing.base_url),
                _(
                    "Tautan berlaku satu kali, sampai %(until)s.",
                    until=moment(made.expires_at, zone, reader.language),
                ),
                _("Bila Anda tidak memintanya, abaikan surel ini; tidak ada yang berubah."),
                _end(),
            )
        )
        return Letter(subject, text + "\n")


def _password_changed(writing: Writing) -> Letter:
    """Somebody who may not have been the owner changed the password."""
    with force_locale(writing.reader.language):
        text = "\n\n".join(
            (
                _("Halo %(name)s,", name=writing.reader.name),
                _("Kata sandi akun Anda di Asesor 8807 baru saja diganti."),
                _(
                    "Bila bukan Anda yang menggantinya, segera hubungi administrator di kantor BNN "
                    "yang membina Anda."
                ),
                _end(),
            )
        )
        return Letter(_("Kata sandi Anda diganti"), text + "\n")


def _told(subject: Said, what: Said, otherwise: Said) -> Compose:
    """A letter that only tells, and says what to do if it was somebody else."""

    def compose(writing: Writing) -> Letter:
        with force_locale(writing.reader.language):
            text = "\n\n".join(
                (_("Halo %(name)s,", name=writing.reader.name), what(), otherwise(), _end())
            )
            return Letter(subject(), text + "\n")

    return compose


def _not_you() -> str:
    return str(
        _(
            "Bila bukan Anda yang melakukannya, segera ganti kata sandi Anda dan hubungi "
            "administrator di kantor BNN yang membina Anda."
        )
    )


def _second_step() -> None:
    """The letters about the second step."""
    told = (
        (
            SWITCHED_ON,
            Sentence("Pemberitahuan masuk dua langkah dinyalakan"),
            lambda: _("Masuk dua langkah dinyalakan"),
            lambda: _("Akun Anda di Asesor 8807 sejak sekarang meminta kode saat masuk."),
        ),
        (
            SWITCHED_OFF,
            Sentence("Pemberitahuan masuk dua langkah dimatikan"),
            lambda: _("Masuk dua langkah dimatikan"),
            lambda: _("Akun Anda di Asesor 8807 tidak lagi meminta kode saat masuk."),
        ),
        (
            RESET,
            Sentence("Pemberitahuan masuk dua langkah disetel ulang"),
            lambda: _("Masuk dua langkah disetel ulang"),
            lambda: _(
                "Administrator menyetel ulang masuk dua langkah akun Anda di Asesor 8807. Masuk "
                "dengan kata sandi, lalu nyalakan lagi di halaman profil."
            ),
        ),
        (
            RECOVERY_USED,
            Sentence("Pemberitahuan kode pemulihan dipakai"),
            lambda: _("Kode pemulihan Anda dipakai"),
            lambda: _("Satu kode pemulihan akun Anda di Asesor 8807 baru saja dipakai."),
        ),
    )
    for name, title, subject, what in told:
        know_letter(name, title=title, compose=_told(subject, what, _not_you), notice=True)


def _address(session: Session, values: Mapping[str, Any]) -> str | None:
    return session.get_one(MailChange, values["change"]).address


def _previous(session: Session, values: Mapping[str, Any]) -> str | None:
    return session.get_one(MailChange, values["change"]).previous


def _confirm_mail(writing: Writing) -> Letter:
    """A link that confirms an address, made now. It names nobody: the address may be mistyped."""
    zone, language = _zone(writing), writing.reader.language
    made = make_mail_link(writing.session, writing.clock, change_id=writing.values["change"])
    if made is None:
        raise NotNeeded(NOT_WANTED)
    with force_locale(language):
        text = "\n\n".join(
            (
                _("Alamat surel ini ditulis di sebuah akun Asesor 8807."),
                _("Bila itu akun Anda, buka tautan ini dan masuk seperti biasa:"),
                f"{writing.base_url}/profile/mail-link/{made.secret}",
                _(
                    "Tautan berlaku satu kali, sampai %(until)s.",
                    until=moment(made.expires_at, zone, language),
                ),
                _("Bila Anda tidak memintanya, abaikan surel ini; tidak ada yang berubah."),
                _end(),
            )
        )
        return Letter(_("Pastikan alamat surel Anda untuk Asesor 8807"), text + "\n")


def connect() -> None:
    """Bring the letters, and say who knows people."""
    know_readers(People())
    know_letter(LINK, title=Sentence("Tautan kata sandi"), compose=_link)
    know_letter(
        CONFIRM,
        title=Sentence("Tautan untuk alamat surel baru"),
        compose=_confirm_mail,
        address_of=_address,
    )
    know_letter(
        CHANGED,
        title=Sentence("Pemberitahuan alamat surel diganti"),
        compose=_told(
            lambda: _("Alamat surel Anda diganti"),
            lambda: _("Akun Anda di Asesor 8807 sejak sekarang memakai alamat surel yang lain."),
            _not_you,
        ),
        notice=True,
        address_of=_previous,
    )
    know_letter(
        PASSWORD_CHANGED,
        title=Sentence("Pemberitahuan kata sandi diganti"),
        compose=_password_changed,
        notice=True,
    )
    _second_step()
