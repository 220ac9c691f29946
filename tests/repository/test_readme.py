"""Does the README still tell the truth?"""

import re
from pathlib import Path

from assessor.assessments.workflow import TRANSITIONS
from assessor.cli import main
from assessor.settings import EXPLAINED

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def test_every_setting_is_explained_in_the_readme() -> None:
    for name, meaning in EXPLAINED.items():
        assert f"| `{name}` | {meaning} |" in README


def test_every_setting_read_is_explained() -> None:
    read = set(re.findall(r"ASSESSOR_[A-Z_]+", (ROOT / "assessor/settings.py").read_text()))
    assert read == set(EXPLAINED)


def test_every_command_is_in_the_readme() -> None:
    for name in main.commands:
        assert f"assessor {name}" in README, name


def test_every_feature_is_in_the_tour() -> None:
    features = {
        path.name
        for path in (ROOT / "assessor").iterdir()
        if path.is_dir() and (path / "__init__.py").exists()
    }
    for name in features:
        assert f"`{name}`" in README, name


def test_the_workflow_is_drawn_from_its_table() -> None:
    drawn = re.findall(r"^    (\w+) --> (\w+): (\w+)$", README, re.MULTILINE)
    assert set(drawn) == {(line.source, line.target, line.step) for line in TRANSITIONS}


def test_every_file_named_exists() -> None:
    for name in re.findall(r"\]\(([^)#]+)\)", README):
        if not name.startswith("http"):
            assert (ROOT / name).exists(), name
    for name in re.findall(r"`((?:assessor|standards|checklists|tests)/[\w./-]+)`", README):
        assert (ROOT / name).exists(), name


def test_no_strange_hosts_in_lock_files() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / name).read_text()
