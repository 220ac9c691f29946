"""The libraries need no web, no database and nothing of the application."""

import subprocess
import sys

import pytest

# Names at the top that the package brings in; what the interpreter loads anyway does not count.
PROGRAM = """
import sys
before = set(sys.modules)
import importlib, pkgutil
package = importlib.import_module({package!r})
for module in pkgutil.iter_modules(package.__path__):
    importlib.import_module(package.__name__ + "." + module.name)
loaded = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print(*sorted(loaded - sys.stdlib_module_names))
"""
OF_PYYAML = {"yaml", "_yaml", "cython_runtime"}


@pytest.mark.parametrize(
    ("package", "ours"), [("standards", {"standards"}), ("checklists", {"standards", "checklists"})]
)
def test_a_library_needs_only_the_standard_library_and_yaml(package: str, ours: set[str]) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(package=package)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert {name for name in loaded if not name.startswith("_cython")} - OF_PYYAML == ours
