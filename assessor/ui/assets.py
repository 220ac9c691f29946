"""Under which address is a static file of the interface served?"""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parent / "templates"
STATIC_URL = "/static/ui"


@lru_cache
def asset(name: str) -> str:
    """The address with a mark of the content, so that browsers may keep the file for a year."""
    content = (STATIC / name).read_bytes()
    return f"{STATIC_URL}/{name}?v={sha256(content).hexdigest()[:12]}"
