"""What becomes of a form that arrives when its sender is no longer signed in?

It is carried through the sign-in page and offered again afterwards. Passwords and files are not
carried; the page says so.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from assessor.accounts.addresses import HOME, local_path

MOST_FIELDS = 2000
_NOT_CARRIED = ("csrf_token", "kept")
_CODES = frozenset({"factor_code", "recovery_code"})


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A posted form: where it went and what it said. `lacks_…` is what could not be kept; `owner`
    is the mark of the person whose page it was, empty when that is not known."""

    path: str
    fields: tuple[tuple[str, str], ...]
    owner: str = ""
    lacks_files: bool = False
    lacks_passwords: bool = False

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """What a person may want to read again."""
        return tuple(
            (name.replace("_", " ").replace("-", " "), value)
            for name, value in self.fields
            if value.strip()
        )

    def to_text(self) -> str:
        """For a hidden field."""
        return json.dumps(
            {
                "path": self.path,
                "fields": self.fields,
                "owner": self.owner,
                "files": self.lacks_files,
                "passwords": self.lacks_passwords,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )


def keep(path: str, fields: Iterable[tuple[str, str]], *, files: bool, owner: str = "") -> Kept:
    """What can be kept of a posted form."""
    posted = [each for each in fields if each[0] not in _NOT_CARRIED][:MOST_FIELDS]
    carried = tuple(each for each in posted if not _is_secret(each[0]))
    return Kept(
        path=local_path(path),
        fields=carried,
        owner=owner,
        lacks_files=files,
        lacks_passwords=len(carried) < len(posted),
    )


def _is_secret(name: str) -> bool:
    return "password" in name or name in _CODES


def read_kept(text: str | None) -> Kept | None:
    """Back from the hidden field; None when there is nothing of use in it."""
    if not text:
        return None
    try:
        document = json.loads(text)
        json.dumps(document, ensure_ascii=False).encode()  # no halves of characters
        kept = Kept(
            path=local_path(str(document["path"])),
            fields=tuple((str(name), str(value)) for name, value in document["fields"]),
            owner=str(document["owner"])[:64],
            lacks_files=bool(document["files"]),
            lacks_passwords=bool(document["passwords"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return None if kept.path == HOME else kept
