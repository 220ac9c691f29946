"""Where does a file lie while it is looked into, when it is going to be kept elsewhere?"""

import os
import secrets
import stat
import tempfile
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from evidence_store.contract import Staged, Unavailable, receive, remove_if_older

_NEW_FILE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW


class Staging:
    """A folder of this machine whose files nobody else can read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def shared(cls, name: str) -> "Staging":
        """The folder that all processes of this user share, so that what a killed one leaves
        behind is swept by another."""
        folder = Path(tempfile.gettempdir()) / f"{name}-{os.getuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        # Anybody may have made it before us, in a place where everybody may write.
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise Unavailable(f"{folder} belongs to somebody else: remove it, or set TMPDIR.")
        folder.chmod(0o700)
        return cls(folder)

    def stage(self, stream: BinaryIO, *, limit: int) -> Staged:
        """Receive a stream; leave nothing behind when that fails."""
        path = self._folder / secrets.token_hex(16)
        try:
            with os.fdopen(os.open(path, _NEW_FILE, 0o600), "wb") as file:
                digest, size = receive(stream, file.write, limit=limit)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Staged(path, digest, size)

    def sweep(self, limit: datetime) -> int:
        """Remove what is older; how many files that were."""
        return sum(remove_if_older(path, limit) for path in self._folder.iterdir())
