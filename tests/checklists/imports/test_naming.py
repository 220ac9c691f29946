"""Whatever labels a catalogue has, every code is one of ours and nobody else's."""

from hypothesis import given
from hypothesis import strategies as st

from checklists.imports.naming import Codes, code_of, name_of
from standards.reading import CODE, NAME
from tests.checklists.strategies import steady

labels = st.one_of(
    st.text(max_size=80), st.sampled_from(["A.5.1", "AC-2(1)", "a.5.1", "Évaluation 3", ".", "--"])
)


@steady
@given(st.lists(st.lists(labels, max_size=3), max_size=30))
def test_codes_are_well_formed_and_never_given_twice(wanted) -> None:
    codes = Codes()
    given_out = [codes.take(each, otherwise="butir") for each in wanted]
    assert all(CODE.fullmatch(code) and len(code) <= 40 for code in given_out)
    assert len({code.lower() for code in given_out}) == len(given_out)


@steady
@given(labels)
def test_names_are_well_formed(label) -> None:
    assert NAME.fullmatch(name_of(label, otherwise="katalog"))


def test_a_label_is_kept_where_it_can_be() -> None:
    assert [code_of(each) for each in ("A.5.1", "AC-2(1)", "Évaluation 3", "1.10", "a..b")] == [
        "A.5.1",
        "AC-2-1",
        "Evaluation-3",
        "1.10",
        "a.b",
    ]
