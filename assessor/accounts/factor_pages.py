"""What do the pages of the second step show?"""

from dataclasses import dataclass
from datetime import datetime

import segno
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.guard import the_request
from assessor.accounts.factor_codes import living_factor, recovery_codes_left
from assessor.accounts.forms import SwitchOnForm
from assessor.accounts.kept import Kept
from assessor.accounts.queries import actor_of, is_asked
from assessor.accounts.second_factor import Offer
from assessor.accounts.totp import address_of, letters_of
from assessor.installation.settings import Name, text_of
from assessor.ui.current import the_language, the_zone
from assessor.ui.formats import moment, number
from assessor.ui.parts import Fact, Link

ISSUER = "Asesor 8807"
FEW = 3  # recovery codes: time to make new ones


@dataclass(frozen=True)
class Qr:
    """A QR code as one path in a square; the quiet zone is part of it."""

    side: int
    path: str


def qr_of(text: str) -> Qr:
    """The QR code of a text."""
    code = segno.make_qr(text, error="m")
    border = 4
    path = "".join(
        f"M{column + border} {row + border}h1v1h-1z"
        for row, cells in enumerate(code.matrix)
        for column, cell in enumerate(cells)
        if cell
    )
    return Qr(len(code.matrix) + 2 * border, path)


@dataclass(frozen=True, kw_only=True)
class SwitchOnPage:
    """The secret for the app, and the form that proves the app has it."""

    form: SwitchOnForm
    required: bool
    qr: Qr
    letters: str
    address: str
    user_name: str
    kept: Kept | None


def switch_on_page(
    form: SwitchOnForm, offer: Offer, *, user_name: str, kept: Kept | None
) -> SwitchOnPage:
    """The page of an offer."""
    form.offer.data = offer.sealed
    address = address_of(offer.secret, account=user_name, issuer=ISSUER)
    letters = letters_of(offer.secret)
    return SwitchOnPage(
        form=form,
        required=the_request().held_back,
        qr=qr_of(address),
        letters=" ".join(letters[at : at + 4] for at in range(0, len(letters), 4)),
        address=address,
        user_name=user_name,
        kept=kept,
    )


@dataclass(frozen=True, kw_only=True)
class FactorPage:
    """The second step as it is now."""

    facts: tuple[Fact, ...]
    few: bool
    required: bool


def factor_page(session: Session, actor: Actor) -> FactorPage | None:
    """The page of somebody who has it on; None for others."""
    person_id = str(actor.person_id)
    factor = living_factor(session, person_id)
    if factor is None or factor.since is None:
        return None
    left = recovery_codes_left(session, person_id)
    language = the_language()
    codes = ngettext("%(count)s kode", "%(count)s kode", left, count=number(left, language))
    return FactorPage(
        facts=(
            Fact(_("Menyala sejak"), moment(factor.since, the_zone(), language)),
            Fact(
                _("Kode pemulihan yang belum dipakai"),
                codes,
                note=_("Untuk masuk bila ponsel Anda hilang; satu kode sekali pakai."),
                act=Link(_("Buat yang baru"), url_for("accounts.codes_form")),
            ),
        ),
        few=left <= FEW,
        required=is_asked(actor.held, text_of(session, Name.second_factor_roles)),
    )


def factor_fact(session: Session, person_id: str) -> Fact:
    """The second step on the owner's profile."""
    factor = living_factor(session, person_id)
    href = url_for("accounts.second_factor")
    if factor is None or factor.since is None:
        return Fact(
            _("Masuk dua langkah"),
            _("Belum menyala"),
            note=_(
                "Bila menyala, orang yang tahu kata sandi Anda tetap tidak dapat masuk tanpa "
                "ponsel Anda."
            ),
            act=Link(_("Nyalakan"), href),
        )
    since = moment(factor.since, the_zone(), the_language())
    return Fact(
        _("Masuk dua langkah"), _("Menyala sejak %(since)s", since=since), act=Link(_("Atur"), href)
    )


def factor_state(session: Session, person_id: str, *, now: datetime) -> Fact:
    """The second step as an administrator sees it."""
    factor = living_factor(session, person_id)
    if factor is not None and factor.since is not None:
        since = moment(factor.since, the_zone(), the_language())
        return Fact(_("Masuk dua langkah"), _("Menyala sejak %(since)s", since=since))
    held = actor_of(session, person_id, now=now).held
    asked = is_asked(held, text_of(session, Name.second_factor_roles))
    note = _("Wajib bagi jabatannya; diminta menyalakannya saat masuk.") if asked else ""
    return Fact(_("Masuk dua langkah"), _("Belum menyala"), note=note)
