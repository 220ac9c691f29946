"""How is a row written that needs no place in the journal?

Jobs and uploads say how far something got; what they lead to is journalled when it happens. Only
tables of the base `Free` may be written so.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from assessor.database.engine import taking_the_write_lock


@contextmanager
def short_write(session: Session) -> Iterator[None]:
    """A transaction of its own, committed at the end of the block."""
    with taking_the_write_lock():
        session.rollback()
        try:
            yield
            session.commit()
        except BaseException:
            session.rollback()
            raise
