"""What may a view take from the running application: who, when, where things are kept?"""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from flask import current_app
from flask import session as cookie
from flask_babel import get_locale, gettext

from assessor.sentences import Sentence
from assessor.settings import Settings
from assessor.ui.formats import Zone
from evidence_store.scanning import Scanner
from evidence_store.store import Store


def the_settings() -> Settings:
    """The settings of this installation."""
    return cast("Settings", current_app.extensions["assessor_settings"])


def the_clock() -> Callable[[], datetime]:
    """The clock: UTC, the test's own in tests."""
    return cast("Callable[[], datetime]", current_app.extensions["assessor_clock"])


def the_store() -> Store:
    """Where evidence is kept."""
    return cast("Store", current_app.extensions["assessor_store"])


def the_scanner() -> Scanner | None:
    """Who says whether a file holds a virus, if anybody does."""
    return cast("Scanner | None", current_app.extensions["assessor_scanner"])


def the_language() -> str:
    """`id` or `en`: the reader's language."""
    return str(get_locale() or "id")


def the_zone() -> Zone:
    """The reader's time: WIB, WITA or WIT."""
    return Zone(cookie.get("zone", "WIB"))


def say(sentence: Sentence) -> str:
    """A sentence of the domain in the reader's language."""
    return str(gettext(sentence.text, **dict(sentence.values)))
