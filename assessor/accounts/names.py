"""Under which name does somebody sign in and how is one reached, however it was typed?"""

import re
import unicodedata

from assessor.organization.keys import search_key, sort_key

LONGEST_NAME = 200
LONGEST_ADDRESS = 254
_PHONE = re.compile(r"\+?[\d\s().-]{9,24}")
# narrower than the standard allows: what people have, and nothing that a header could be made of
_MAIL = re.compile(r"[a-z0-9._%+'-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")


def fold_user_name(typed: str) -> str:
    """A mail address, phone number or chosen name in its one form: what is kept and compared.
    A phone number may be typed as 0812…, 62812… or +62 812-…"""
    name = unicodedata.normalize("NFKC", typed).strip().casefold()
    if _PHONE.fullmatch(name):
        digits = "".join(character for character in name if character.isdecimal())
        return "0" + digits[2:] if digits.startswith("62") else digits
    return name


def is_phone(folded: str) -> bool:
    """Whether a folded name is a phone number."""
    return folded.isdecimal() and 9 <= len(folded) <= 16


def is_mail(folded: str) -> bool:
    """Whether a folded name is a mail address we would send to."""
    return len(folded) <= LONGEST_ADDRESS and _MAIL.fullmatch(folded) is not None


def person_keys(name: str, user_name: str) -> tuple[str, str]:
    """Under which key a person is found, and where in the list."""
    return f"{search_key(name)} {search_key(user_name)}", sort_key(name)
