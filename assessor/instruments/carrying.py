"""How does what somebody uploaded get from the page that judged it to the act that keeps it?

In the page itself: nothing of an upload is kept here before it is confirmed. What comes back is
nothing to be trusted more than an upload, and is read again like one.
"""

import base64
import binascii
import io
import re
import zipfile
from collections.abc import Mapping

from checklists.formats.archive import BadArchive, open_archive

# a page that is larger would not come back through the bounds of a request
MOST_CARRIED = 5 * 2**20
_ODD = re.compile(r"[^\w. ()-]+")
_LONGEST_NAME = 100
_STILL = (1980, 1, 1, 0, 0, 0)


def plain_name(name: str) -> str:
    """Give the name of an uploaded file without folders and without what no name needs."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return _ODD.sub("_", last).strip(" .")[-_LONGEST_NAME:] or "berkas"


def packed(files: Mapping[str, bytes]) -> str:
    """Give files as text for a field; empty when they are too large for one."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            entry = zipfile.ZipInfo(name, _STILL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, raw)
    text = base64.b64encode(written.getvalue()).decode("ascii")
    return text if len(text) <= MOST_CARRIED else ""


def unpacked(text: str) -> Mapping[str, bytes]:
    """Give the files again; none where it is not what was packed."""
    try:
        archive = open_archive(base64.b64decode(text, validate=True))
        return {name: archive.read(name) for name in archive.entries}
    except (binascii.Error, ValueError, BadArchive):
        return {}
