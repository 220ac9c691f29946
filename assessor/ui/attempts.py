"""What becomes of a form whose act is refused?"""

from collections.abc import Callable
from typing import TypeVar

from wtforms import Form

from assessor.sentences import Refused
from assessor.ui.current import say

Done = TypeVar("Done")


def attempt(form: Form, act: Callable[[], Done]) -> Done | None:
    """Do it; nothing comes back when a rule says no, and the form's summary says why. That one
    may not at all is for the page of errors (403)."""
    try:
        return act()
    except Refused as refused:
        form.form_errors.append(say(refused.sentence))
        return None
