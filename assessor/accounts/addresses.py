"""Where may we send somebody back to? Only to a path of our own house."""

from urllib.parse import urlsplit

HOME = "/"
_LONGEST = 2000


def local_path(target: str | None) -> str:
    """The target if it is a plain path here, else the home page. Whatever a browser might read
    as another host (`//x`, `/\\x`, control characters it drops) is not."""
    if not target or len(target) > _LONGEST or not target.startswith("/"):
        return HOME
    if target.startswith("//") or "\\" in target or any(ord(sign) < 33 for sign in target):
        return HOME
    try:
        parts = urlsplit(target)
    except ValueError:
        return HOME
    return HOME if parts.scheme or parts.netloc else target
