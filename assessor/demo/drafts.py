"""Which draft of a next edition lies on the directorate's desk?

One of the full checklist with two changes: a weight, and a requirement worded anew whose English
is still missing, so that there is a problem to mend.
"""

from sqlalchemy import select

from assessor.demo.stage import Stage
from assessor.instruments.draft_models import Draft
from assessor.instruments.draft_reading import Drafted, read_draft
from assessor.instruments.drafting import Change, save_parts, start_from_edition
from assessor.instruments.models import Edition, EditionKind
from checklists.checking import item_part, requirement_part
from checklists.drafted import part_of

AUTHOR = "direktorat"
_WORDS = "Semua izin masih berlaku pada hari penilaian, dan aslinya dapat ditunjukkan."


def begin_draft(stage: Stage, name: str) -> None:
    """Begin it, and change two things."""
    session = stage.session
    if session.execute(select(Draft.id).where(Draft.name == name)).first() is not None:
        return
    fingerprint = session.scalars(
        select(Edition.fingerprint)
        .where(Edition.kind == EditionKind.checklist, Edition.name == name)
        .order_by(Edition.published_at.desc())
        .limit(1)
    ).one()
    stage.clock.now = stage.days_ago(9)
    draft_id = start_from_edition(
        session, stage.actor(AUTHOR), stage.clock, fingerprint=fingerprint
    ).id
    stage.clock.now = stage.days_ago(6)
    items = [str(each["item"]) for each in _read(stage, draft_id).material.items]
    _change(stage, draft_id, item_part(items[1]), weight=2)
    stage.clock.now = stage.days_ago(2)
    _change(stage, draft_id, requirement_part(items[5]), text={"id": _WORDS, "en": ""})


def _read(stage: Stage, draft_id: str) -> Drafted:
    return read_draft(stage.session, stage.session.get_one(Draft, draft_id))


def _change(stage: Stage, draft_id: str, part: str, **fields: object) -> None:
    drafted = _read(stage, draft_id)
    content = {**(part_of(drafted.material, part) or {}), **fields}
    save_parts(
        stage.session,
        stage.actor(AUTHOR),
        stage.clock,
        draft_id=draft_id,
        changes={part: Change(content, drafted.version(part))},
    )
