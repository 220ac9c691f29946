"""Under which name and title does a file appear?

The name is a field of the database and nothing else: files are kept under their digest. What
could make a name look different from what it is, or break a header, is taken out.
"""

import re
import unicodedata
from urllib.parse import quote

from assessor.client_identity import looks_like

LONGEST_NAME = 200
LONGEST_TITLE = 160
NAMELESS = "berkas"

# controls, zero-width characters, marks that turn the direction of writing, halves of characters
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)
_ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
}
_FOLDERS = re.compile(r"^.*[\\/]", re.DOTALL)
_ENDING = re.compile(r"\.(pdf|jpe?g|jpe|jfif|png|webp|hei[cf])$", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"[\s_]+|(?<=\w)-(?=[^\W\d])")


def plain(text: str, longest: int) -> str:
    """Text on one line without hidden characters, cut to a length."""
    text = _HIDDEN.sub("", unicodedata.normalize("NFC", text.replace("\t", " ")))
    return " ".join(text.split())[:longest].rstrip()


def paragraphs(text: str, longest: int) -> str:
    """Text that keeps its lines, without hidden characters, cut to a length."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(plain(line, longest) for line in lines).strip()[:longest].rstrip()


def shown_name(raw: str) -> str:
    """The name of a file as people see it, without the folder some browsers send along."""
    name = plain(_FOLDERS.sub("", raw), 4 * LONGEST_NAME)
    if len(name) > LONGEST_NAME:
        stem, dot, ending = name.rpartition(".")
        tail = f"{dot}{ending}" if dot and len(ending) <= 5 else ""
        name = (stem if tail else name)[: LONGEST_NAME - len(tail)].rstrip() + tail
    return name if name.strip(". ") else NAMELESS


def named_for_all(raw: str) -> str:
    """The same, unless it looks as if it named a client: titles and sealed documents repeat it,
    so then only the ending stays."""
    name = shown_name(raw)
    if looks_like(_ENDING.sub("", name)) is None:
        return name
    ending = _ENDING.search(name)
    return NAMELESS + (ending[0].lower() if ending else "")


def title_from(name: str) -> str:
    """A title made of the name of a file: no ending, words apart."""
    stem = _ENDING.sub("", name)
    words = " ".join(_BETWEEN_WORDS.sub(" ", stem).split())[:LONGEST_TITLE].strip(" .-")
    if not words:
        return NAMELESS.capitalize()
    return words[0].upper() + words[1:]


def download_name(name: str, media_type: str) -> str:
    """The name a downloaded original gets; phones need the ending to know what to open it with."""
    return name if _ENDING.search(name) else name + _ENDINGS.get(media_type, "")


def as_attachment(name: str) -> str:
    """The Content-Disposition of a download: the name once for all browsers in plain letters,
    once as it is (RFC 6266)."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    letters = re.sub(r"[^\w .()\[\]+,=@-]", "_", letters, flags=re.ASCII).strip(". ") or NAMELESS
    return f"attachment; filename=\"{letters}\"; filename*=UTF-8''{quote(name, safe='')}"
