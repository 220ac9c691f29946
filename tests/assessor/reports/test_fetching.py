from collections.abc import Callable

import pytest

from assessor.accounts.models import Person
from assessor.reports.queries import reports_of
from assessor.reports.views import file_name
from tests.assessor.reports.sealed import World
from tests.client import PageClient

Browser = Callable[[Person], PageClient]


def test_the_report_is_saved_under_a_good_name(world: World, as_person: Browser) -> None:
    assessment = world.seal("NILAI-2026-0117")
    issued = world.issue(assessment)
    kept = world.bytes_of(issued)
    answer = as_person(world.coach).request(
        "GET", f"/assessments/{assessment}/report.pdf", query_string={"language": "id"}
    )
    assert answer.status_code == 200
    assert answer.data == kept
    assert answer.mimetype == "application/pdf"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "Laporan-NILAI-2026-0117-rumah-pulih-melati.pdf" in disposition
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_report_that_was_not_issued_is_missing(world: World, as_person: Browser) -> None:
    assessment = world.seal("NILAI-2026-0117")
    browser = as_person(world.coach)
    for language in ("id", "en", "xx"):
        browser.get(
            f"/assessments/{assessment}/report.pdf", query={"language": language}, status=404
        )


def test_a_foreign_report_is_missing(world: World, as_person: Browser) -> None:
    assessment = world.seal("NILAI-2026-0117")
    world.issue(assessment)
    browser = as_person(world.stranger)
    browser.get(f"/assessments/{assessment}/report.pdf", status=404)
    browser.post(f"/assessments/{assessment}/report/issue", {"language": "en"}, status=404)
    assert len(reports_of(world.session, assessment)) == 1


def test_the_other_language_is_issued_by_a_button(world: World, as_person: Browser) -> None:
    assessment = world.seal("NILAI-2026-0117")
    world.issue(assessment)
    browser = as_person(world.coach)
    answer = browser.request(
        "POST",
        f"/assessments/{assessment}/report/issue",
        data={"csrf_token": browser.token(), "language": "en"},
    )
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/assessments/{assessment}")
    world.session.rollback()
    assert [each.language for each in reports_of(world.session, assessment)] == ["id", "en"]
    fetched = browser.request(
        "GET", f"/assessments/{assessment}/report.pdf", query_string={"language": "en"}
    )
    assert "Report-NILAI-2026-0117" in fetched.headers["Content-Disposition"]


def test_an_unknown_language_is_refused_with_a_sentence(world: World, as_person: Browser) -> None:
    assessment = world.seal("NILAI-2026-0117")
    page = as_person(world.coach).post(
        f"/assessments/{assessment}/report/issue", {"language": "fr"}, status=400
    )
    assert "bahasa Indonesia dan Inggris" in page.text


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Klinik “Harapan” / Baru", "Laporan-N-1-klinik-harapan-baru.pdf"),
        ("日本", "Laporan-N-1.pdf"),
        ("x" * 300, f"Laporan-N-1-{'x' * 60}.pdf"),
        ("../../etc/passwd\r\nX: y", "Laporan-N-1-etc-passwd-x-y.pdf"),
    ],
)
def test_a_file_name_is_plain(name: str, made: str) -> None:
    assert file_name("N-1", name, "id") == made
