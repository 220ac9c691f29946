"""Under which name does somebody sign in, however it was typed?"""

import re
import unicodedata

_PHONE = re.compile(r"\+?[\d\s().-]{9,24}")


def fold_user_name(typed: str) -> str:
    """A mail address, phone number or chosen name in its one form: what is kept and compared.
    A phone number may be typed as 0812…, 62812… or +62 812-…"""
    name = unicodedata.normalize("NFKC", typed).strip().casefold()
    if _PHONE.fullmatch(name):
        digits = "".join(character for character in name if character.isdecimal())
        return "0" + digits[2:] if digits.startswith("62") else digits
    return name
