"""What is done right after an assessment was sealed, outside of its transaction?

Features above this one ask to be called: the report is made here. What goes wrong then never
undoes the seal; it is logged and can be done again.
"""

import logging
from collections.abc import Callable

log = logging.getLogger("assessor.assessments")

_handlers: list[Callable[[str], None]] = []


def call_after_sealing(handler: Callable[[str], None]) -> None:
    """Let a higher feature act on a sealed assessment; it gets its id."""
    if handler not in _handlers:
        _handlers.append(handler)


def was_sealed(assessment_id: str) -> bool:
    """Call them all; whether all succeeded."""
    fine = True
    for handler in _handlers:
        try:
            handler(assessment_id)
        except Exception:  # the seal stands whatever happens to what follows it
            log.exception("what follows the seal of %s failed", assessment_id)
            fine = False
    return fine
