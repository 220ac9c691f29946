"""How does a sealed content become a PDF? Always the same bytes from the same content.

Pure: the content, the facts of its sealing and the small pictures go in, bytes come out. Nothing
here asks a clock, a database or a network.
"""

from collections.abc import Callable, Mapping
from typing import Any

from assessor.reports.after_pages import evidence_pages, finding_pages, people_pages
from assessor.reports.cover import cover
from assessor.reports.frame import Called, made_of
from assessor.reports.integrity import integrity_page
from assessor.reports.item_pages import item_pages
from assessor.reports.parts import Story, guarded
from assessor.reports.reading import CheckpointFacts, Sheet
from assessor.reports.sample_pages import sample_pages
from assessor.reports.summary import summary
from assessor.reports.visit_pages import visit_pages

_REPORT = Called("report", "subject", "check_here")


def render(
    content: Mapping[str, Any],
    *,
    root: str,
    checkpoint: CheckpointFacts,
    code: str,
    check_url: str,
    language: str,
    thumbs: Callable[[str], bytes | None],
    version: str,
) -> bytes:
    """The report as PDF. `thumbs` gives a small picture for its digest, or nothing: of evidence,
    and the logo of the office."""
    sheet = Sheet(
        content=content,
        root=root,
        code=code,
        check_url=check_url,
        language=language,
        thumbs=thumbs,
        version=version,
    )

    def tell(sheet: Sheet) -> Story:
        return [
            *guarded(sheet, "cover", cover, sheet),
            *guarded(sheet, "summary", summary, sheet),
            *item_pages(sheet),
            *sample_pages(sheet),
            *finding_pages(sheet),
            *evidence_pages(sheet),
            *guarded(sheet, "people", people_pages, sheet),
            *visit_pages(sheet),
            *guarded(sheet, "integrity", integrity_page, sheet, checkpoint),
        ]

    return made_of(sheet, _REPORT, tell)
