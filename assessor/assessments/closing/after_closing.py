"""What is done right after a preliminary result was frozen, outside of its transaction?

Features above this one ask to be called: the minutes are made here. What goes wrong then never
undoes the closing; it is logged and can be done again.
"""

import logging
from collections.abc import Callable

log = logging.getLogger("assessor.assessments")

_handlers: list[Callable[[str], None]] = []


def call_after_closing(handler: Callable[[str], None]) -> None:
    """Let a higher feature act on a closing; it gets its id."""
    if handler not in _handlers:
        _handlers.append(handler)


def was_closed(closing_id: str) -> bool:
    """Call them all; whether all succeeded."""
    fine = True
    for handler in _handlers:
        try:
            handler(closing_id)
        except Exception:  # what was frozen stands whatever happens to what follows it
            log.exception("what follows the closing %s failed", closing_id)
            fine = False
    return fine
