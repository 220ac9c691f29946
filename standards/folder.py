"""Where do the files of a standard or a checklist lie: on a disk, or already read elsewhere?

The loaders judge both by the same rules. `Gathered` is what a draft or an upload hands them: nodes
with places of their own, so that a problem leads back to what somebody typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from standards.sentence import sentence
from standards.yaml_source import Node, Place, Read, problem_at, read, start_of


@dataclass(frozen=True)
class GatheredFile:
    """A file of a gathered folder; without a node there is none of that name."""

    name: str
    node: Node | None

    def read(self) -> Read:
        """Give the node, or the problem that there is none."""
        if self.node is not None:
            return self.node, ()
        start = Place(self.name, 1, 1)
        what = sentence("berkas tidak ada")
        return None, (problem_at(start, what, sentence("buat berkas ini")),)


@dataclass(frozen=True)
class Gathered:
    """A folder whose files are read already, by name."""

    files: Mapping[str, Node]

    def __truediv__(self, name: str) -> GatheredFile:
        """Give one of the files, as a path does."""
        return GatheredFile(name, self.files.get(name))


Folder: TypeAlias = Path | Gathered
File: TypeAlias = Path | GatheredFile


def names_in(folder: Folder) -> tuple[str, ...]:
    """Give the names of all files in order."""
    if isinstance(folder, Gathered):
        return tuple(sorted(folder.files))
    return tuple(sorted(path.name for path in folder.iterdir())) if folder.is_dir() else ()


def read_file(file: File) -> Read:
    """Read a file; the node is None if there is any problem."""
    return file.read() if isinstance(file, GatheredFile) else read(file)


def beginning(file: File) -> Place:
    """Give the start of a file."""
    if isinstance(file, GatheredFile):
        return file.node.place if file.node is not None else Place(file.name, 1, 1)
    return start_of(file)
