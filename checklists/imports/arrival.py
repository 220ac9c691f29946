"""What comes in when a foreign file is imported, and what stands in the way?

An importer is a pure function of bytes. It gives an `Arrival`: either a checklist with its
standard, exactly as the house's own loader makes them, or every problem with its place and its
remedy. What the file says besides and we have no room for is told, never dropped in silence.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checklists.model import Checklist
from standards.sentence import sentence
from standards.yaml_source import Place, Problem, problem_at

# as many as a person reads; a file with more is wrong as a whole
MOST_PROBLEMS = 200


@dataclass(frozen=True)
class Counts:
    """How much is in the file, and how much of it comes in."""

    nodes: int = 0
    assessable: int = 0
    aspects: int = 0
    sections: int = 0
    items: int = 0
    tags: int = 0
    steps: int = 0


@dataclass(frozen=True)
class Note:
    """Something that comes in otherwise than it was, or not at all; how often, and first where."""

    what: str
    count: int
    first: str = ""


@dataclass(frozen=True)
class Arrival:
    """The result of an import; without a checklist there are problems."""

    checklist: Checklist | None
    problems: tuple[Problem, ...]
    counts: Counts = Counts()
    notes: tuple[Note, ...] = ()
    # those that are based on the checklist, where the file brings some along
    based: tuple[Checklist, ...] = ()


class Findings:
    """Problems and notes while a file is read."""

    def __init__(self) -> None:
        """Start without any."""
        self._problems: list[Problem] = []
        self._notes: dict[str, Note] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Give the problems in the order of places."""
        return tuple(sorted(set(self._problems)))[:MOST_PROBLEMS]

    @property
    def notes(self) -> tuple[Note, ...]:
        """Give the notes as they came up."""
        return tuple(self._notes.values())

    def report(self, place: Place, what: str, remedy: str) -> None:
        """Note a problem."""
        self._problems.append(problem_at(place, what, remedy))

    def add(self, problems: Iterable[Problem]) -> None:
        """Note problems found elsewhere."""
        self._problems.extend(problems)

    def note(self, what: str, first: str = "", *, count: int = 1) -> None:
        """Count something that does not come in as it was."""
        known = self._notes.get(what)
        self._notes[what] = Note(
            what, count + (known.count if known else 0), known.first if known else first
        )

    def refused(self, counts: Counts = Counts()) -> Arrival:
        """Give the problems as the result."""
        return Arrival(None, self.problems, counts, self.notes)


def refusal(file: str, what: str, remedy: str) -> Arrival:
    """Refuse a file as a whole."""
    return Arrival(None, (problem_at(Place(file, 1, 1), what, remedy),))


def too_large(file: str, limit: int) -> Arrival:
    """Refuse a file for its size."""
    return refusal(
        file,
        sentence("berkas lebih besar dari %(limit)s MB", limit=limit // 2**20),
        sentence("bagi berkas ini menjadi beberapa berkas"),
    )
