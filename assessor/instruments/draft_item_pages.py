"""What stands on the page of one item of a draft, and what does its form say when it is sent?

The form has a field for everything that the parts behind it say: the requirement, the item, and
the words of the checklists based on this one. What a field cannot hold stays as it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from assessor.instruments import words
from assessor.instruments.draft_forms import ItemForm
from assessor.instruments.draft_pages import item_href, said, section_href
from assessor.instruments.draft_reading import Drafted
from assessor.instruments.drafting import Change
from assessor.instruments.merging import digests
from assessor.instruments.trouble_words import Told
from assessor.ui.choices import offer
from assessor.ui.parts import Link
from checklists.checking import item_part, requirement_part, words_part
from checklists.derivation import Wording
from checklists.drafted import part_of, required_by
from checklists.item import Citation, Critical, Method
from checklists.material import Values
from standards import applicability
from standards.applicability_text import from_text, to_text
from standards.model import Origin

_TEXTS = ("text", "good", "how")
_DIGITS = 9  # more are no weight, whatever they are


@dataclass(frozen=True)
class Behind:
    """The parts behind the page of an item; `item` is None for what no item judges."""

    name: str
    requirement_name: str
    requirement: Values
    item: Values | None
    own_words: tuple[tuple[str, str], ...]  # checklist, its title
    shared: tuple[str, ...]  # other items that judge the same requirement

    def parts(self) -> tuple[str, ...]:
        """The names of the parts."""
        names = [requirement_part(self.requirement_name)]
        if self.item is not None:
            names.append(item_part(self.name))
            names += [words_part(checklist, self.name) for checklist, _title in self.own_words]
        return tuple(names)


@dataclass(frozen=True)
class WordsBlock:
    """The own words of one checklist."""

    title: str
    form: Any


@dataclass(frozen=True)
class ItemPage:
    """An item of a draft with its form."""

    title: str
    kicker: str
    back: Link
    action: str
    open: bool
    form: ItemForm
    judged: bool
    shared: str
    labels: str
    blocks: tuple[WordsBlock, ...]
    hints: Mapping[str, str]
    clash: tuple[tuple[str, str], ...]
    before: Link | None
    after: Link | None


def behind(drafted: Drafted, name: str) -> Behind | None:
    """What the page of an item is about; None if the draft has none of that name."""
    material = drafted.material
    item = part_of(material, item_part(name))
    requirement_name = required_by(item) if item is not None else name
    requirement = part_of(material, requirement_part(requirement_name))
    if requirement is None:
        return None
    own = [
        (each.name, said(each.head.get("title")))
        for each in material.based
        if each.head.get("wording") == Wording.auditee
        or part_of(material, words_part(each.name, name)) is not None
    ]
    shared = [
        str(each["item"])
        for each in material.items
        if required_by(each) == requirement_name and each["item"] != name
    ]
    return Behind(name, requirement_name, requirement, item, tuple(own), tuple(shared))


# ---- the form ----


def filled_form(drafted: Drafted, found: Behind) -> ItemForm:
    """The form with what the parts say now."""
    return form_of(values_now(drafted, found), drafted, found)


def form_of(values: Mapping[str, Any], drafted: Drafted, found: Behind) -> ItemForm:
    """The form with these values; it carries along what stands now."""
    data = dict(values)
    data["own_words"] = [
        {
            "checklist": checklist,
            "id": values.get(f"own_words-{at}-id", ""),
            "en": values.get(f"own_words-{at}-en", ""),
        }
        for at, (checklist, _title) in enumerate(found.own_words)
    ]
    data["was"] = digests(values_now(drafted, found))
    return with_choices(ItemForm(data=data), drafted)


def _pair(content: Values, key: str) -> tuple[str, str]:
    value = content.get(key)
    if isinstance(value, Mapping):
        return str(value.get("id", "")), str(value.get("en", ""))
    return ("", "") if value is None else (str(value), "")


def values_now(drafted: Drafted, found: Behind) -> dict[str, Any]:
    """What the fields hold for what the parts say now, by name."""
    requirement, item = found.requirement, found.item or {}
    values: dict[str, Any] = {}
    for key in _TEXTS:
        values[f"{key}_id"], values[f"{key}_en"] = _pair(requirement, key)
    values["ask_id"], values["ask_en"] = _pair(item, "ask")
    evidence = requirement.get("evidence")
    values["evidence"] = [
        dict(zip(("id", "en"), _pair({"each": each}, "each"), strict=True))
        for each in (evidence if isinstance(evidence, list) else [])
    ]
    values["applies"] = applies_text(requirement.get("applies"))
    for key in ("section", "origin", "clause"):
        values[key] = str(requirement.get(key, ""))
    values["sources"] = _texts(requirement.get("sources"))
    values["methods"] = _texts(item.get("methods"))
    for key in ("citation", "critical", "weight", "effort"):
        values[key] = str(item.get(key, ""))
    for at, (checklist, _title) in enumerate(found.own_words):
        own = part_of(drafted.material, words_part(checklist, found.name)) or {}
        values[f"own_words-{at}-id"], values[f"own_words-{at}-en"] = _pair(own, "ask")
    return values


def values_sent(form: ItemForm) -> dict[str, Any]:
    """What the fields hold as they were sent, by name."""
    values: dict[str, Any] = {
        name: _plain(form[name].data)
        for name in (
            *(f"{key}_{language}" for key in (*_TEXTS, "ask") for language in ("id", "en")),
            *("section", "origin", "clause", "applies"),
            *("citation", "critical", "weight", "effort"),
        )
    }
    examples = [
        {"id": _plain(entry.form["id"].data), "en": _plain(entry.form["en"].data)}
        for entry in form.evidence
    ]
    values["evidence"] = [each for each in examples if any(each.values())]
    values["sources"] = _texts(form.sources.data)
    values["methods"] = _texts(form.methods.data)
    for at, entry in enumerate(form.own_words):
        values[f"own_words-{at}-id"] = _plain(entry.form["id"].data)
        values[f"own_words-{at}-en"] = _plain(entry.form["en"].data)
    return values


def _texts(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def applies_text(value: Any) -> str:
    """An applicability as a person writes it; what could not be read stands as it was typed."""
    if isinstance(value, Mapping) and set(value) == {"typed"}:
        return str(value["typed"])
    try:
        return to_text(applicability.parse(value))
    except ValueError:
        return str(value)


def with_choices(form: ItemForm, drafted: Drafted) -> ItemForm:
    """The form with what its lists offer; what is there and in no list is offered, too."""
    material = drafted.material
    sections = {
        str(each.get("section", "")): f"{each.get('section', '')}. {said(each.get('title'))}"
        for each in material.standard.get("sections", [])
    }
    sources = material.standard.get("sources")
    titles = {
        name: f"{name}: {said(source.get('title'))}"
        for name, source in (sources if isinstance(sources, Mapping) else {}).items()
    }
    _offer(form.section, sections)
    _offer(form.origin, {each.value: words.origins()[each] for each in Origin})
    _offer(form.sources, titles)
    _offer(form.methods, {each.value: f"{each.value} · {words.methods()[each]}" for each in Method})
    _offer(form.citation, {each.value: words.citations()[each] for each in Citation})
    _offer(
        form.critical,
        {each.value: words.criticals()[each] or _("Bukan butir kritis") for each in Critical},
    )
    return form


def _offer(field: Any, offered: Mapping[str, str]) -> None:
    data = field.data if isinstance(field.data, list) else [field.data]
    strange = {str(each): str(each) for each in data if each and each not in offered}
    offer(field, {**offered, **strange})


# ---- what the form says ----


def changes_of(values: Mapping[str, Any], drafted: Drafted, found: Behind) -> dict[str, Change]:
    """What the parts are to say for these values of the fields."""
    wanted: dict[str, Any] = {
        requirement_part(found.requirement_name): _requirement(values, found.requirement)
    }
    if found.item is not None:
        wanted[item_part(found.name)] = _item(values, found.item)
        for at, (checklist, _title) in enumerate(found.own_words):
            part = words_part(checklist, found.name)
            before = part_of(drafted.material, part)
            ask = _words(values, f"own_words-{at}-")
            content = {**(before or {"item": found.name}), "ask": ask}
            wanted[part] = content if any(ask.values()) else None
    return {
        part: Change(content, drafted.version(part))
        for part, content in wanted.items()
        if content != part_of(drafted.material, part)
    }


def _plain(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _words(values: Mapping[str, Any], prefix: str) -> dict[str, str]:
    return {"id": values[f"{prefix}id"], "en": values[f"{prefix}en"]}


def _requirement(values: Mapping[str, Any], before: Values) -> dict[str, Any]:
    made = dict(before)
    for key in _TEXTS:
        made[key] = _words(values, f"{key}_")
    for key in ("evidence", "section", "origin"):
        made[key] = values[key]
    _set_loose(made, before, "sources", _kept_order(values["sources"], before.get("sources")))
    _set_loose(made, before, "clause", values["clause"])
    typed = values["applies"]
    if typed != applies_text(before.get("applies")):
        made.pop("applies", None)
        if typed:
            made["applies"] = _applies(typed)
    return made


def _applies(typed: str) -> Any:
    try:
        return from_text(typed)
    except ValueError:
        return {"typed": typed}  # kept as it is; the loader says that it cannot be read


def _item(values: Mapping[str, Any], before: Values) -> dict[str, Any]:
    made = dict(before)
    made["methods"] = _kept_order(values["methods"], before.get("methods"))
    made["citation"] = values["citation"]
    made["critical"] = values["critical"]
    for key in ("weight", "effort"):
        typed = values[key]
        if typed != str(before.get(key, "")):
            made[key] = int(typed) if typed.isdecimal() and len(typed) < _DIGITS else typed
    ask = _words(values, "ask_")
    if any(ask.values()):
        made["ask"] = ask
    else:
        made.pop("ask", None)
    return made


def _set_loose(made: dict[str, Any], before: Values, key: str, value: Any) -> None:
    """What may be left out stays out while there is nothing."""
    if value or key in before:
        made[key] = value


def _kept_order(chosen: Sequence[str] | None, before: Any) -> list[str]:
    """What stays keeps its place; what is new comes after it."""
    wanted = [str(each) for each in chosen or ()]
    stays = [each for each in _texts(before) if each in wanted]
    return [*stays, *(each for each in wanted if each not in stays)]


# ---- the page ----


def put_troubles(form: ItemForm, told: Sequence[Told], found: Behind) -> None:
    """Say at each field what is wrong with what it holds."""
    own = {checklist: at for at, (checklist, _title) in enumerate(found.own_words)}
    for each in told:
        if each.item != found.name:
            continue
        field = _field(form, each.field, own)
        if field is not None:
            field.errors = [*field.errors, each.sentence]
    typed = found.requirement.get("applies")
    if isinstance(typed, Mapping) and set(typed) == {"typed"}:
        try:
            from_text(str(typed["typed"]))
        except ValueError as error:
            form.applies.errors = [_because(error)]


def _because(error: ValueError) -> str:
    what = error.args[0]
    translated = what.translated(_) if hasattr(what, "translated") else str(what)
    return f"{translated[:1].upper()}{translated[1:]}."


def _field(form: ItemForm, name: str, own: Mapping[str, int]) -> Any:
    if name.startswith("evidence-"):
        _kind, at, language = name.split("-")
        entries = form.evidence.entries
        return entries[min(int(at), len(entries) - 1)].form[language] if entries else None
    if name.startswith("own_words-"):
        checklist, language = name.removeprefix("own_words-").rsplit("-", 1)
        place = own.get(checklist)
        return form.own_words.entries[place].form[language] if place is not None else None
    return form._fields.get(name)


def item_page(
    drafted: Drafted,
    found: Behind,
    form: ItemForm,
    *,
    clash: Sequence[tuple[str, str]] = (),
) -> ItemPage:
    """The page in the reader's language."""
    draft = drafted.draft
    section = str(found.requirement.get("section", ""))
    beside = {
        str(each.get("requirement", ""))
        for each in drafted.material.requirements
        if each.get("section") == section
    }
    order = [str(each["item"]) for each in drafted.material.items if required_by(each) in beside]
    at = order.index(found.name) if found.name in order else -1

    def link(rank: int) -> Link | None:
        return (
            Link(order[rank], item_href(draft.id, order[rank]))
            if at >= 0 and 0 <= rank < len(order)
            else None
        )

    known = section in drafted.material.sections()
    tags = drafted.material.standard.get("tags")
    return ItemPage(
        title=_("Butir %(item)s", item=found.name),
        kicker=_("Rancangan edisi %(edition)s", edition=draft.edition),
        back=Link(
            _("Bagian %(section)s", section=section) if known else _("Rancangan ini"),
            section_href(draft.id, section) if known else url_for("drafts.page", draft_id=draft.id),
        ),
        action=url_for("drafts.save_item", draft_id=draft.id, item=found.name),
        open=drafted.open,
        form=form,
        judged=found.item is not None,
        shared=", ".join(found.shared),
        labels=", ".join(
            str(each.get("tag", "")) for each in (tags if isinstance(tags, list) else [])
        ),
        blocks=tuple(
            WordsBlock(title, entry.form)
            for (_checklist, title), entry in zip(found.own_words, form.own_words, strict=False)
        ),
        hints=_hints(drafted, found),
        clash=tuple(clash),
        before=link(at - 1),
        after=link(at + 1),
    )


def _hints(drafted: Drafted, found: Behind) -> dict[str, str]:
    """How a changed text was in the edition that the draft began with."""
    hints = {}
    before = part_of(drafted.source, requirement_part(found.requirement_name)) or {}
    for key in _TEXTS:
        now, was = _pair(found.requirement, key), _pair(before, key)
        for language, new, old in zip(("id", "en"), now, was, strict=True):
            if old and new != old:
                hints[f"{key}_{language}"] = _("Semula: %(words)s", words=old)
    return hints
