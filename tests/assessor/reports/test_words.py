import pytest

from assessor.reports import typefaces
from assessor.reports.words import CUT, LONGEST, MISSING, MOST_LINES, plain, words


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Konselor tersedia.", "Konselor tersedia."),
        ("<b>tebal</b> & lain", "<b>tebal</b> & lain"),  # letters: nobody parses them
        ("a\x00b\x07c\x1bd\x7f", "abcd"),
        ("a\u202eb\u2066c\u200fd\ufeffe\u00adf", "abcdef"),
        ("baris satu\r\nbaris dua\u2028baris tiga", "baris satu\nbaris dua\nbaris tiga"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("  banyak \t  spasi  ", "banyak spasi"),
        ("nilai ≥ 80 → lanjut ✓", "nilai >= 80 -> lanjut v"),
        ("日本", MISSING * 2),
        ("cafe\u0301", "café"),
        ("", ""),
        ("\x00", ""),
    ],
)
def test_a_text_is_printed_as_its_own_letters(typed: str, printed: str) -> None:
    assert words(typed) == printed


def test_a_text_that_is_too_long_is_cut_and_says_so() -> None:
    made = words("kata " * LONGEST)
    assert made.endswith(CUT)
    assert len(made) <= LONGEST + len(CUT)


def test_a_word_over_sixty_letters_can_break() -> None:
    made = words("x" * 500)
    assert max(map(len, made.split(" "))) == 60
    assert made.replace(" ", "") == "x" * 500


def test_an_address_breaks_after_its_own_marks() -> None:
    made = words("https://contoh.go.id/" + "a" * 30 + "/" + "b" * 40)
    assert made.split(" ")[0].endswith("/")


def test_words_held_by_hard_spaces_break_too() -> None:
    assert max(map(len, words("a\u00a0" * 500).split(" "))) <= 60


def test_lines_beyond_the_bound_run_on() -> None:
    made = words("\n".join(f"baris {number}" for number in range(500)))
    assert made.count("\n") == MOST_LINES
    assert "baris 499" in made


def test_a_single_line_holds_no_line_break() -> None:
    assert plain("satu\ndua\r\ntiga") == "satu dua tiga"


def test_every_letter_of_both_languages_is_in_the_typeface() -> None:
    assert set("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789éè–—·…“”‘’%&/@…•") <= typefaces.letters()
