"""A name can contradict the content, and can do nothing else."""

import pytest

from evidence_store.recognition import JPEG, PDF, PNG, NameFit, claimed_type, is_odd, name_fit

FITS, OTHER, CONTRADICTS = NameFit.FITS, NameFit.OTHER_PICTURE, NameFit.CONTRADICTS

NAMES = {
    "foto.jpg": FITS,
    "FOTO.JPEG": FITS,
    "foto.jfif": FITS,
    "foto.jpg.": FITS,
    "foto.jpg  ": FITS,
    "foto .jpg": FITS,
    "foto": FITS,
    "": FITS,
    ".": FITS,
    "..": FITS,
    "CON": FITS,
    "CON.jpg": FITS,
    "jpg": FITS,
    "exe": FITS,
    "../../etc/passwd": FITS,
    "..\\..\\boot.ini": FITS,
    "C:\\foto\\a.jpg": FITS,
    "a" * 251 + ".jpg": FITS,
    "ꦥꦼꦤꦶꦭꦻꦪꦤ꧀.jpg": FITS,
    "صورة.jpg": FITS,
    "foto.jpg_large": FITS,
    "foto (1).jpg": FITS,
    "rapat 10.30": FITS,
    "foto.ruang": FITS,
    "\ud800.jpg": FITS,
    "foto.png": OTHER,
    "foto.webp": OTHER,
    "foto.pdf": CONTRADICTS,
    "foto.php": CONTRADICTS,
    "foto.PHP": CONTRADICTS,
    "foto.p\0hp": CONTRADICTS,
    "foto.php\0": CONTRADICTS,
    "foto.php.": CONTRADICTS,
    "foto.jpg.exe": CONTRADICTS,
    "foto.svg": CONTRADICTS,
    "foto.docx": CONTRADICTS,
    "foto.heic": OTHER,
    "foto\u202egpj.scr": CONTRADICTS,
}


@pytest.mark.parametrize(("name", "fit"), NAMES.items(), ids=ascii)
def test_a_name_stands_to_a_photograph_as_the_table_says(name: str, fit: NameFit) -> None:
    assert name_fit(name, JPEG) is fit


def test_no_other_type_may_be_called_a_document_and_no_document_a_picture() -> None:
    assert name_fit("a.pdf", PNG) is CONTRADICTS
    assert name_fit("a.png", PDF) is CONTRADICTS
    assert name_fit("a.pdf", PDF) is FITS


@pytest.mark.parametrize("name", ["a.jpg", "a.b c", "x.12", "", "jpg"])
def test_what_is_no_ending_promises_nothing(name: str) -> None:
    assert claimed_type(name) in (None, JPEG)


@pytest.mark.parametrize("mark", ["\0", "\n", "\x7f", "\u202e", "\u2066", "\u200f", "\ufeff"])
def test_hidden_characters_are_noticed(mark: str) -> None:
    assert is_odd(f"foto{mark}.jpg")


@pytest.mark.parametrize("name", ["foto.jpg", "صورة.jpg", "ꦥꦼ.jpg", "Größe é 😀.jpg", ""])
def test_letters_of_any_script_are_not_odd(name: str) -> None:
    assert not is_odd(name)
