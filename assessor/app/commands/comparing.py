"""Which two editions does `assessor standards diff` compare, and how does it print differences?"""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from assessor.app.commands.speaking import Failed
from assessor.instruments.difference_words import EDITION, EFFECTS, EMPTY, SUMMARIES, WHATS
from assessor.instruments.reading import Instrument, Published, list_published, read_instruments
from checklists.differences import Difference, heaviest
from checklists.library import load_all

_LANGUAGE = "id"


def chosen_edition(published: Sequence[Published], name: str, edition: str | None) -> Published:
    """The newest edition of a name, or the one asked for. Raises Failed."""
    named = [each for each in published if each.name == name]
    found = [each for each in named if edition in {None, each.edition}]
    if found:
        return found[0]
    if named:
        editions = ", ".join(sorted({each.edition for each in named}))
        raise Failed(f"{name} tidak punya edisi {edition}; yang ada: {editions}.")
    names = ", ".join(sorted({each.name for each in published}))
    raise Failed(
        f"{name} belum diterbitkan; yang ada: {names}."
        if names
        else "Belum ada edisi yang diterbitkan; jalankan: assessor standards publish"
    )


def published_instrument(session: Session, name: str, edition: str | None) -> Instrument:
    """A published edition. Raises Failed."""
    found = chosen_edition(list_published(session), name, edition)
    return read_instruments(session, [found.fingerprint])[found.fingerprint]


def packaged_instrument(name: str) -> Instrument:
    """What the product brings along under a name. Raises Failed."""
    library, problems = load_all()
    found: Instrument | None = library.standards.get(name) or library.checklists.get(name)
    if found is None:
        reason = f" ({problems[0]})" if problems else ""
        raise Failed(f"{name} tidak ada di antara isi yang terpasang{reason}.")
    return found


def difference_lines(differences: Sequence[Difference]) -> Iterator[str]:
    """Each difference on a line of its own, then what all of them mean."""
    for each in differences:
        subject = each.subject or EDITION.in_(_LANGUAGE)
        effect = EFFECTS[each.effect].in_(_LANGUAGE)
        yield f"{subject}: {WHATS[each.what].in_(_LANGUAGE)} [{effect}]"
        yield f"  - {each.before.in_(_LANGUAGE) or EMPTY.in_(_LANGUAGE)}"
        yield f"  + {each.after.in_(_LANGUAGE) or EMPTY.in_(_LANGUAGE)}"
    if differences:
        summary = SUMMARIES[heaviest(differences)].in_(_LANGUAGE)
        yield f"{len(differences)} perbedaan. {summary}"
    else:
        yield "Tidak ada perbedaan."
