"""Where are settings read, and the ones that can be changed in the browser changed?"""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.actor import Role
from assessor.access.guard import Loaded, requires, the_actor
from assessor.access.permissions import Permission
from assessor.accounts.factor_queries import Share, factor_shares
from assessor.accounts.pages import role_name
from assessor.administration.forms import ChoicesForm, SettingForm
from assessor.administration.setting_words import FROM_OUTSIDE
from assessor.database.extension import db
from assessor.installation.settings import KNOWN, Name, all_settings, change_setting, text_of
from assessor.organization.loaders import the_whole_house
from assessor.sentences import Sentence
from assessor.ui.attempts import attempt
from assessor.ui.choices import offer
from assessor.ui.current import say, the_clock, the_language, the_settings, the_zone
from assessor.ui.form_page import Asked, FormPage, show_form
from assessor.ui.formats import day_in, number
from assessor.ui.parts import Fact, Link

blueprint = Blueprint("settings", __name__, template_folder="templates")


@dataclass(frozen=True)
class OutsideLine:
    """A setting from the environment."""

    name: str
    meaning: str
    value: str


@dataclass(frozen=True)
class SettingsPage:
    """Every setting: what can be changed here, and what comes from the environment."""

    kept: tuple[Fact, ...]
    outside: tuple[OutsideLine, ...]


def _choices(name: Name) -> dict[str, str]:
    """The choices of a setting with their names: roles, so far."""
    return {each: role_name(Role(each)) for each in KNOWN[name].choices}


def _offered(name: Name) -> dict[str, str]:
    """The same with what the choice would mean today."""
    shares = factor_shares(db.session(), today=day_in(the_clock()(), the_zone()))
    offered = {}
    for role, words in _choices(name).items():
        share = shares.get(Role(role), Share(0, 0))
        offered[role] = _(
            "%(role)s (%(on)s dari %(people)s orang sudah menyalakannya)",
            role=words,
            on=number(share.on, the_language()),
            people=number(share.people, the_language()),
        )
    return offered


def _shown(name: Name, value: str) -> str:
    if not KNOWN[name].choices:
        return value or _("belum diisi")
    words = _choices(name)
    return ", ".join(words[each] for each in value.split()) or _("tidak ada")


def _form(name: Name, value: str | None = None) -> SettingForm | ChoicesForm:
    """The form as it was sent, or with what holds now."""
    if KNOWN[name].choices:
        form: SettingForm | ChoicesForm = (
            ChoicesForm(request.form)
            if value is None
            else ChoicesForm(data={"value": value.split(), "seen": value})
        )
        offer(form.value, _offered(name))
        return form
    if value is None:
        return SettingForm(request.form)
    return SettingForm(data={"value": value, "seen": value})


def _typed(form: SettingForm | ChoicesForm) -> str:
    value = form.value.data
    return " ".join(value) if isinstance(value, list) else value or ""


def _kept(name: Name, value: str) -> Fact:
    known = KNOWN[name]
    return Fact(
        say(known.label),
        _shown(name, value),
        note=say(known.meaning),
        act=Link(_("Ubah"), url_for("settings.edit", name=name.value)),
    )


def _outside() -> tuple[OutsideLine, ...]:
    lines = []
    for name, each in FROM_OUTSIDE.items():
        value = each.value(the_settings())
        words = say(value) if isinstance(value, Sentence) else value
        lines.append(OutsideLine(name, say(each.meaning), words))
    return tuple(lines)


@blueprint.get("/settings")
@requires(Permission.keep_installation, the_whole_house)
def index(loaded: None) -> str:
    """Every setting with its meaning and what holds now."""
    del loaded
    values = all_settings(db.session())
    page = SettingsPage(tuple(_kept(*each) for each in values.items()), _outside())
    return render_template("administration/settings.html", page=page)


def _loaded_setting(name: str) -> Loaded | None:
    house = the_whole_house()
    if name not in set(Name):
        return None
    return Loaded(Name(name), house.subject, house.seen_with)


def _edit_page(name: Name, form: SettingForm | ChoicesForm) -> FormPage:
    known = KNOWN[name]
    return FormPage(
        title=say(known.label),
        lead=say(known.meaning),
        back=Link(_("Pengaturan"), url_for("settings.index")),
        action=url_for("settings.change", name=name.value),
        form=form,
        fields=(
            Asked(
                "value",
                _("Antara %(least)s dan %(most)s.", least=known.least, most=known.most)
                if known.is_number
                else "",
                "short" if known.is_number else "long",
            ),
            Asked("sure"),
        ),
        button=_("Simpan pengaturan"),
        notes=(_("Berlaku seketika bagi semua kantor, dan tercatat di jurnal."),),
    )


@blueprint.get("/settings/<name>")
@requires(Permission.keep_installation, _loaded_setting)
def edit(loaded: Name) -> tuple[str, int]:
    """The form with what holds now."""
    value = text_of(db.session(), loaded)
    return show_form(_edit_page(loaded, _form(loaded, value)))


@blueprint.post("/settings/<name>")
@requires(Permission.keep_installation, _loaded_setting)
def change(loaded: Name) -> Response | tuple[str, int]:
    """Let another value hold."""
    form = _form(loaded)
    page = _edit_page(loaded, form)
    if form.validate():
        done = attempt(
            form,
            lambda: change_setting(
                db.session(),
                the_actor(),
                the_clock(),
                name=loaded,
                value=_typed(form),
                seen=form.seen.data or "",
            ),
        )
        if done is not None:
            flash(_("Pengaturan sudah disimpan."), "ok")
            return redirect(url_for("settings.index"), 303)
    return show_form(page, 400)
