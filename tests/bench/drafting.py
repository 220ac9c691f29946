"""What do loading instruments, checking a large draft, its pages and comparing editions cost?"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from assessor.access.actor import SYSTEM, Role
from assessor.database.extension import db
from assessor.instruments.drafting import start_from_edition
from assessor.instruments.services import publish
from checklists.checking import KnownNodes, check, item_part
from checklists.comparing import compare
from checklists.drafted import compose, part_of
from checklists.formats.yaml_files import material_files
from checklists.library import Library, load_all
from checklists.library import packaged as checklist_folders
from checklists.material import material_of
from checklists.model import Checklist
from standards.canonical import canonical_json
from standards.library import packaged as standard_folders
from tests import builders
from tests.bench.figures import Line, compared, timed
from tests.bench.inside import bare_page
from tests.bench.world import World, clock
from tests.instrument_fixture import make_checklist

ITEMS = 2_000


def _bare_load(texts: list[bytes]) -> None:
    for text in texts:
        yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: TID251  # the yardstick itself


def _shipped() -> list[bytes]:
    folders: list[Path] = [*standard_folders().values(), *checklist_folders().values()]
    return [path.read_bytes() for folder in folders for path in sorted(folder.glob("*.yaml"))]


def measure(world: World) -> Iterator[Line]:
    """The shipped library, then a draft of many items."""
    shipped = _shipped()
    yield compared(
        "load and check the shipped library (yardstick: the bare C loader, same bytes)",
        timed(load_all, runs=5),
        timed(lambda: _bare_load(shipped), runs=5),
    )
    large = replace(make_checklist(ITEMS), id="instrumen-besar")
    large = replace(large, standard=replace(large.standard, id="standar-besar"))
    yield from _checking(large)
    yield from _pages(world, large)


def _checking(large: Checklist) -> Iterator[Line]:
    material = material_of(large)
    texts = [
        text.encode() for files in material_files(material).values() for text in files.values()
    ]
    bare = timed(lambda: _bare_load(texts), runs=3)
    what = f"check a draft of {len(large.items)} items"
    yield compared(
        f"{what} (yardstick: the bare C loader, same content)",
        timed(lambda: check(material), runs=5),
        bare,
        aim="under 2 s",
    )
    known, first = KnownNodes(), item_part(large.items[0].id)
    check(material, known)
    weights = iter(range(2, 1_000))

    def after_a_change() -> None:
        own = part_of(material, first) or {}
        changes = {first: {**own, "weight": next(weights)}}
        check(compose(material, changes, edition="2", follows=True), known)

    yield compared(f"{what} again, one changed", timed(after_a_change, runs=5), bare)
    later = replace(
        large,
        edition="2",
        items=tuple(replace(each, weight=each.weight + 1) for each in large.items),
    )
    documents = large.document(), later.document()
    yield compared(
        f"compare two editions of {len(large.items)} items (yardstick: their canonical bytes)",
        timed(lambda: compare(large, later), runs=5),
        timed(lambda: [canonical_json(each) for each in documents], runs=5),
        aim="under 1 s",
    )


def _pages(world: World, large: Checklist) -> Iterator[Line]:
    bare = timed(bare_page(), runs=30)
    client = world.app.test_client()
    with world.app.app_context():
        session = db.session()
        library = Library({large.standard.id: large.standard}, {large.id: large})
        publish(session, SYSTEM, clock, library=library)
        person = builders.make_person(session, clock, role=Role.directorate)
        actor = builders.actor_for(session, clock, person)
        draft = start_from_edition(session, actor, clock, fingerprint=large.fingerprint)
        draft_id, secret = draft.id, builders.open_sign_in(session, clock, person=person).secret
        db.session.remove()
    client.set_cookie("sid", secret)
    section, item = large.items[0].section.id, large.items[0].id
    for name, path in (("section", f"sections/{section}"), ("item", f"items/{item}")):
        address = f"/drafts/{draft_id}/{path}"
        answer = client.get(address)
        if answer.status_code != 200:
            yield Line(f"page {name} of a draft", f"answered {answer.status_code}")
            continue
        yield compared(
            f"page {name} of a draft of {len(large.items)} items (yardstick: a bare page)",
            timed(lambda: client.get(address), runs=10),  # noqa: B023  # used at once
            bare,
            aim="under 100 ms",
        )
