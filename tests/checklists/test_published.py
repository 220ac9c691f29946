"""What was once published never changes: an edition with other content has another edition number."""

from pathlib import Path

from checklists.library import load_all

PUBLISHED = Path(__file__).with_name("published.txt")


def test_every_packaged_edition_still_has_the_content_it_was_published_with() -> None:
    library, _ = load_all()
    now = {
        f"{each.id} {each.edition}": each.fingerprint
        for each in (*library.standards.values(), *library.checklists.values())
    }
    for line in PUBLISHED.read_text(encoding="utf-8").splitlines():
        name, fingerprint = line.rsplit(" ", 1)
        assert now.get(name, fingerprint) == fingerprint, name


def test_every_packaged_edition_is_on_the_list() -> None:
    library, _ = load_all()
    listed = {line.rsplit(" ", 1)[0] for line in PUBLISHED.read_text(encoding="utf-8").splitlines()}
    for each in (*library.standards.values(), *library.checklists.values()):
        assert f"{each.id} {each.edition}" in listed
