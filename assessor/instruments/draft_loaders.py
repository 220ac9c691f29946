"""Which draft does an address mean, and which item or section of it? For the guard.

Whoever may not draft does not learn that there is a draft.
"""

from dataclasses import dataclass

from assessor.access.decide import ANYTHING
from assessor.access.guard import Loaded
from assessor.access.permissions import Permission
from assessor.database.extension import db
from assessor.instruments.draft_item_pages import Behind, behind
from assessor.instruments.draft_models import Draft
from assessor.instruments.draft_reading import Drafted, read_draft


@dataclass(frozen=True)
class OfSection:
    """A draft and one of its sections."""

    drafted: Drafted
    section: str


@dataclass(frozen=True)
class OfItem:
    """A draft and one of its items."""

    drafted: Drafted
    found: Behind


@dataclass(frozen=True)
class Named:
    """A draft and the name of an item that it has or had."""

    draft_id: str
    item: str


def loaded_draft(draft_id: str) -> Loaded | None:
    """The draft of an address, with everything in it."""
    draft = db.session.get(Draft, draft_id)
    if draft is None:
        return None
    drafted = read_draft(db.session(), draft)
    return Loaded(drafted, ANYTHING, seen_with=Permission.draft_edition)


def loaded_section(draft_id: str, section: str) -> Loaded | None:
    """A section of a draft."""
    loaded = loaded_draft(draft_id)
    if loaded is None or section not in loaded.thing.material.sections():
        return None
    return Loaded(OfSection(loaded.thing, section), ANYTHING, loaded.seen_with)


def loaded_item(draft_id: str, item: str) -> Loaded | None:
    """An item of a draft that stands."""
    loaded = loaded_draft(draft_id)
    found = behind(loaded.thing, item) if loaded is not None else None
    if loaded is None or found is None:
        return None
    return Loaded(OfItem(loaded.thing, found), ANYTHING, loaded.seen_with)


def loaded_named(draft_id: str, item: str) -> Loaded | None:
    """An item of a draft, also a retired one."""
    loaded = loaded_draft(draft_id)
    if loaded is None or item not in loaded.thing.used:
        return None
    return Loaded(Named(draft_id, item), ANYTHING, loaded.seen_with)
