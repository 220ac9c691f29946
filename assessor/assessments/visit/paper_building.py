"""Where are the minutes of a closing and the scan of the signed paper, and what is missing?"""

from collections.abc import Collection, Sequence

from flask_babel import gettext as _
from sqlalchemy import column, select, table
from sqlalchemy.orm import Session

from assessor.access.permissions import Permission
from assessor.assessments.models import Assessment
from assessor.assessments.page_parts import language_name, may
from assessor.assessments.visit.content import list_closings
from assessor.assessments.visit.forms import SignedForm
from assessor.assessments.visit.pages import Paper
from assessor.assessments.visit.signed_minutes import Scan, is_signed, list_scans, source_of
from assessor.assessments.visit_models import Closing
from assessor.ui.current import the_language
from assessor.ui.formats import Zone, moment
from assessor.ui.parts import Fact, Link

# Minutes are issued above assessments and not imported: only these columns are read.
_minutes = table("issued_minutes", column("closing_id"), column("language"))


def may_hand_in() -> bool:
    """Whether the reader uploads the scan."""
    return may(Permission.arrange) and may(Permission.upload_evidence)


def papers_of(
    session: Session, closings: Sequence[Closing], zone: Zone, form: SignedForm
) -> dict[str, Paper]:
    """The paper of each closing by its id; the form stands at the latest: two queries."""
    if not closings:
        return {}
    issued = _issued(session, {source_of(each) for each in closings})
    scans = list_scans(session, closings)
    latest = closings[-1]
    return {
        each.id: _paper(
            each,
            issued.get(source_of(each), ()),
            scans[each.id],
            zone,
            form if each is latest and may_hand_in() else None,
        )
        for each in closings
    }


def _issued(session: Session, closing_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for closing_id, language in session.execute(
        select(_minutes.c.closing_id, _minutes.c.language)
        .where(_minutes.c.closing_id.in_(closing_ids))
        .order_by(_minutes.c.language.desc())
    ):
        found[closing_id] = (*found.get(closing_id, ()), language)
    return found


def _paper(
    closing: Closing,
    languages: Sequence[str],
    scans: Sequence[Scan],
    zone: Zone,
    form: SignedForm | None,
) -> Paper:
    base = f"/assessments/{closing.assessment_id}/minutes/{closing.number}"
    return Paper(
        downloads=tuple(
            Link(
                _("Unduh berita acara (%(language)s, PDF)", language=language_name(each)),
                f"{base}/paper.pdf?language={each}",
            )
            for each in languages
        ),
        issue=tuple(
            Link(
                _("Buat berita acara (%(language)s)", language=language_name(each)),
                f"{base}/issue/{each}",
            )
            for each in ("id", "en")
            if each not in languages
        ),
        signed=scan_facts(scans, zone),
        is_signed=is_signed(scans),
        form=form,
        action=f"{base}/signed",
    )


def scan_facts(scans: Sequence[Scan], zone: Zone) -> tuple[Fact, ...]:
    """The standing scan, and below it those it replaced, each with why."""
    language = the_language()
    facts = []
    for place, scan in enumerate(scans):
        said = [scan.linked_by]
        if place:
            said.append(_("Diganti: %(reason)s", reason=scans[place - 1].reason))
        if scan.withdrawn:
            said.append(_("Buktinya sudah ditarik."))
        facts.append(
            Fact(
                _("Pindaian yang diganti") if place else _("Pindaian bertanda tangan"),
                moment(scan.linked_at, zone, language),
                note=" · ".join(said),
                act=Link(_("Lihat dan unduh"), f"/evidence/{scan.evidence_id}")
                if may(Permission.see_evidence)
                else None,
            )
        )
    return tuple(facts)


def papers_in_short(session: Session, assessment: Assessment, zone: Zone) -> tuple[Fact, ...]:
    """For the page of the result of a closed assessment: the latest preliminary result and its
    signed paper."""
    closings = list_closings(session, assessment.id)
    latest = closings[-1]
    scans, here = list_scans(session, closings)[latest.id], f"/assessments/{assessment.id}/closing"
    frozen = Fact(
        _("Hasil sementara ke-%(number)s", number=latest.number),
        moment(latest.closed_at, zone, the_language()),
        note=_("Berita acaranya dapat diunduh di halaman penutupan."),
        act=Link(_("Buka penutupan"), f"{here}#records"),
    )
    if is_signed(scans):
        return (frozen, scan_facts(scans, zone)[0])
    missing = Fact(
        _("Pindaian bertanda tangan"),
        _("Belum diunggah"),
        note="" if may_hand_in() else _("Tim penilai yang mengunggahnya."),
        act=Link(_("Unggah"), f"{here}#signed") if may_hand_in() else None,
    )
    return (frozen, missing)
