"""A sentence is its Indonesian text and can still be said in another language."""

from standards.sentence import sentence


def test_it_is_the_indonesian_text() -> None:
    said = sentence("Butir %(item)s tidak ada.", item="A-1")
    assert said == "Butir A-1 tidak ada."


def test_it_can_be_translated_later() -> None:
    said = sentence("Butir %(item)s tidak ada.", item="A-1")
    assert said.translated(
        {"Butir %(item)s tidak ada.": "There is no item %(item)s."}.__getitem__
    ) == ("There is no item A-1.")


def test_percent_signs_in_values_stay_as_they_are() -> None:
    assert sentence("“%(text)s” salah.", text="80%(x)s") == "“80%(x)s” salah."
