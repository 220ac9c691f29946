"""Do frame, errors and addresses of files hold what the layout leans on?"""

from dataclasses import replace

import pytest

from assessor.ui.assets import STATIC, asset
from assessor.ui.errors import FAILSAFE_500, error_page
from tests.assessor.ui.gallery import ERRORS, frame, render


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Dewi Lestari Contoh", "DC"), ("Rina", "R"), ("dr. Budi", "DB"), ("", ""), ("4 Ani", "A")],
)
def test_initials_are_first_and_last(name: str, initials: str) -> None:
    assert replace(frame(), person_name=name).initials == initials


def test_an_address_changes_with_the_content() -> None:
    address = asset("app.css")
    assert address.startswith("/static/ui/app.css?v=")
    assert address.removeprefix("/static/ui/app.css?v=").isalnum()
    assert asset("app.js") != address


def test_a_missing_file_has_no_address() -> None:
    with pytest.raises(FileNotFoundError):
        asset("none.css")


@pytest.mark.parametrize("status", ERRORS)
def test_every_error_says_one_sentence_and_a_next_step(status: int) -> None:
    page = error_page(status)
    assert page.title
    assert page.sentence.endswith(".")
    assert page.next_label


def test_unforeseen_statuses_still_have_words() -> None:
    assert error_page(418).title == error_page(400).title
    assert error_page(502).title == error_page(500).title


def test_the_reason_of_a_refusal_leads_and_is_escaped() -> None:
    page = error_page(403, "Penilaian ini <dikunci>.")
    assert page.reason == "Penilaian ini <dikunci>."
    assert page.status == 403


def test_trying_again_leads_back_to_where_one_was() -> None:
    assert error_page(413, back="/evidence/add").next_href == "/evidence/add"
    assert error_page(404, back="/evidence/add").next_href == "/"
    assert 'href="/"' in render("error-429")


def test_the_reference_of_a_failure_is_shown() -> None:
    assert "K7Q2" in render("error-500")


def test_the_last_resort_needs_nothing() -> None:
    assert "{" not in FAILSAFE_500
    assert "src=" not in FAILSAFE_500
    assert "style" not in FAILSAFE_500
    assert 'lang="en"' in FAILSAFE_500


def test_all_static_files_are_ours() -> None:
    for path in STATIC.iterdir():
        content = path.read_text(encoding="utf-8")
        assert "//cdn" not in content
        assert "https://" not in content
