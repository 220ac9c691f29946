"""What is an edition to be called, and what does it say about itself?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.instruments.draft_forms import AboutForm
from assessor.instruments.draft_models import DraftOrigin
from assessor.instruments.draft_pages import draft_href
from assessor.instruments.draft_reading import Drafted
from assessor.instruments.drafting import Change, save_parts
from assessor.instruments.merging import digests, merge
from assessor.instruments.trouble_words import Told, field_names
from assessor.journal.work import Clock
from assessor.ui.parts import Link
from checklists.checking import CHECKLIST, STANDARD

# field → part, key in it
_FIELDS: Mapping[str, tuple[str, str]] = {
    "title": (CHECKLIST, "title"),
    "note": (CHECKLIST, "note"),
    "about": (STANDARD, "about"),
}


@dataclass(frozen=True)
class AboutPage:
    """The form, and what somebody else wrote meanwhile."""

    kicker: str
    back: Link
    action: str
    open: bool
    form: AboutForm
    names_standard: bool
    clash: tuple[tuple[str, str], ...]
    loose: tuple[str, ...]


def _values(drafted: Drafted) -> dict[str, str]:
    values = {"edition": drafted.draft.edition}
    for field, (part, key) in _FIELDS.items():
        head = drafted.material.standard if part == STANDARD else drafted.material.checklist
        text = head.get(key)
        for language in ("id", "en"):
            held = text if isinstance(text, Mapping) else {}
            values[f"{field}_{language}"] = str(held.get(language, ""))
    if drafted.draft.origin is DraftOrigin.imported:
        values["standard_edition"] = str(drafted.material.standard.get("edition", ""))
    return values


def about_form(drafted: Drafted, typed: AboutForm | None = None) -> AboutForm:
    """The form with what stands now, or with what was typed; it carries along what stands."""
    now = _values(drafted)
    said = {name: typed[name].data for name in now} if typed is not None else now
    return AboutForm(data={**said, "was": digests(now)})


def keep_about(
    session: Session, actor: Actor, clock: Clock, drafted: Drafted, form: AboutForm
) -> tuple[str, ...]:
    """Keep what the form says; the fields that somebody else changed, too, come back and nothing
    is written. Raises Refused."""
    now = _values(drafted)
    sent = {name: (form[name].data or "").replace("\r\n", "\n").strip() for name in now}
    merged = merge(sent, now, form.was.data or "")
    if merged.clashes:
        return merged.clashes
    save_parts(
        session,
        actor,
        clock,
        draft_id=drafted.draft.id,
        changes=_changes(drafted, merged.values),
        edition=Change(merged.values["edition"], now["edition"]),
    )
    return ()


def _changes(drafted: Drafted, values: Mapping[str, Any]) -> dict[str, Change]:
    heads = {STANDARD: dict(drafted.material.standard), CHECKLIST: dict(drafted.material.checklist)}
    before = {part: dict(head) for part, head in heads.items()}
    for field, (part, key) in _FIELDS.items():
        heads[part][key] = {"id": values[f"{field}_id"], "en": values[f"{field}_en"]}
    if "standard_edition" in values:
        heads[STANDARD]["edition"] = values["standard_edition"]
    return {
        part: Change(head, drafted.version(part))
        for part, head in heads.items()
        if head != before[part]
    }


def about_page(
    drafted: Drafted, form: AboutForm, told: Sequence[Told], *, clashes: Sequence[str] = ()
) -> AboutPage:
    """The page in the reader's language, with each problem at its field."""
    loose = []
    for each in told:
        if each.item:
            continue
        if each.field in form.data:
            form[each.field].errors = [*form[each.field].errors, each.sentence]
        else:
            loose.append(each.sentence)
    labels, now = field_names(), _values(drafted)
    return AboutPage(
        kicker=_("Rancangan edisi %(edition)s", edition=drafted.draft.edition),
        back=Link(_("Rancangan ini"), draft_href(drafted.draft.id)),
        action=url_for("drafts.save_about", draft_id=drafted.draft.id),
        open=drafted.open,
        form=form,
        names_standard=drafted.draft.origin is DraftOrigin.imported,
        clash=tuple((labels[name], now[name]) for name in clashes),
        loose=tuple(loose),
    )
