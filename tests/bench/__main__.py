"""`make bench`: print the table."""

import argparse
import platform
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bench import browsing, drafting, inside, saving, storing
from tests.bench.figures import Line, table
from tests.bench.world import World, make_world, score_all

# in this order: the audit is worked in, then sealed
PARTS: dict[str, Callable[[World], Iterator[Line]]] = {
    "starting": inside.starting,
    "saving": saving.measure,
    "storing": storing.measure,
    "pages": inside.pages,
    "browsing": browsing.measure,
    "sealing": inside.sealing,
    "report": inside.report,
    "verifying": inside.verifying,
    "drafting": drafting.measure,
}


def measured(folder: Path, wanted: Sequence[str], *, items: int = 120) -> Iterator[Line]:
    """Every line of the wanted parts, over one audit that is worked in and then sealed."""
    world = make_world(folder, items=items)
    for name, part in PARTS.items():
        if name not in wanted:
            continue
        if name == "sealing":
            score_all(world)
        yield from part(world)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these")
    wanted = parser.parse_args().parts or list(PARTS)
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="assessor-bench-") as folder:
        for line in measured(Path(folder), wanted):
            lines.append(line)
            print(".", end="", flush=True)
    print("\n" + table(lines))


if __name__ == "__main__":
    main()
