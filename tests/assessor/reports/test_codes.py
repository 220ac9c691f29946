import pytest

from assessor.reports.codes import ALPHABET, new_code, read_code


def test_a_code_is_three_groups_of_four_that_nobody_misreads() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4, 4, 4]
        assert set(code) - {"-"} <= set(ALPHABET)
    assert not set("01ILOU") & set(ALPHABET)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("K7QM-4RTX-9WHD", "K7QM-4RTX-9WHD"),
        ("k7qm 4rtx 9whd", "K7QM-4RTX-9WHD"),
        (" k7qm4rtx9whd\n", "K7QM-4RTX-9WHD"),
        ("K7QM–4RTX—9WHD.", "K7QM-4RTX-9WHD"),
        ("K7QM-4RTX-9WH", None),
        ("K7QM-4RTX-9WH0", None),
        ("", None),
        ("<script>", None),
        ("K" * 10_000, None),
    ],
)
def test_a_code_is_read_however_it_was_typed(typed: str, read: str | None) -> None:
    assert read_code(typed) == read
