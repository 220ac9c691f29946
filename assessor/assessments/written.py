"""What may people type around an assessment, and what is kept of it?

Names of officers and staff are welcome where a page asks for them; a client is never named, so
what looks like a number of a person is refused.
"""

from assessor.client_identity import refuse_identity
from assessor.evidence.names import paragraphs, plain
from assessor.sentences import Refused, Sentence

LONGEST_NAME = 120
LONGEST_POINT = 2_000
LONGEST_REASON = 2_000
LONGEST_LINE = 200
LONGEST_TEXT = 4_000


def line(text: str, wanted: Sentence, longest: int = LONGEST_LINE) -> str:
    """One line that has to be there. Raises Refused with what to write."""
    kept = plain(text, longest)
    if not kept:
        raise Refused(wanted)
    refuse_identity(kept)
    return kept


def words(text: str, wanted: Sentence, longest: int = LONGEST_TEXT) -> str:
    """A text that has to be there. Raises Refused with what to write, or that it is too long."""
    if len(text.strip()) > longest:
        raise Refused(
            Sentence(
                "Tulisan ini terlalu panjang: paling banyak %(most)s huruf.", {"most": longest}
            )
        )
    kept = paragraphs(text, longest)
    if not kept:
        raise Refused(wanted)
    refuse_identity(kept)
    return kept
