"""How is a checklist written as an XLSForm, so that ODK or Kobo can ask it in the field?

Three sheets as rows of texts. What an auditee is decides what is asked: its tags are the first
question, and each item has their expression as its condition. "TB" wants a reason. Nothing asks
for a client.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checklists.formats.cells import harmless
from checklists.item import Item
from checklists.model import NOT_APPLICABLE, Checklist
from standards.applicability import All, Always, Any, Expression, Not, Tag
from standards.model import Text

LANGUAGES: Mapping[str, str] = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}
SURVEY = (
    "type",
    "name",
    *(f"label::{each}" for each in LANGUAGES.values()),
    *(f"hint::{each}" for each in LANGUAGES.values()),
    "required",
    "relevant",
    "calculation",
    "appearance",
)
CHOICES = ("list_name", "name", *(f"label::{each}" for each in LANGUAGES.values()))
SETTINGS = ("form_title", "form_id", "version", "default_language")
TAGS = "tags"
_NOTHING = Text("", "")
_TB = Text("Tidak berlaku (TB)", "Not applicable (TB)")
_ASK_TAGS = Text("Apa saja yang sesuai bagi yang dinilai?", "What is true of the auditee?")
_ASK_REFERENCE = Text("Nomor penilaian", "Reference of the assessment")
_ASK_REASON = Text("Mengapa tidak berlaku?", "Why is it not applicable?")
_ASK_FACTS = Text("Fakta yang ditemukan", "Facts that were found")
_NO_CLIENT = Text(
    "Tulis jumlah dan kode saja, jangan menulis identitas klien.",
    "Write counts and codes only, never who a client is.",
)

Row = tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """The sheets by name, each with its head as the first row."""

    sheets: Mapping[str, tuple[Row, ...]]


def xlsform(checklist: Checklist, *, status: Text) -> Form:
    """Give the form of a checklist; its first page says whether the checklist is approved."""
    survey = [_survey_row(row) for row in _survey(checklist, status)]
    return Form(
        {
            "survey": (SURVEY, *survey),
            "choices": (CHOICES, *_choices(checklist)),
            "settings": (SETTINGS, _settings(checklist)),
        }
    )


def _settings(checklist: Checklist) -> Row:
    version = f"{checklist.edition}-{checklist.fingerprint.removeprefix('sha256:')[:12]}"
    return (_cell(checklist.title.id), checklist.id, version, LANGUAGES["id"])


def _survey(checklist: Checklist, status: Text) -> Iterator[dict[str, str | Text]]:
    yield {"type": "start", "name": "start"}
    yield {"type": "end", "name": "end"}
    yield {
        "type": "calculate",
        "name": "fingerprint",
        "calculation": f"'{checklist.fingerprint}'",
    }
    yield {"type": "note", "name": "status", "label": status, "hint": checklist.note}
    yield {"type": "text", "name": "reference", "label": _ASK_REFERENCE, "hint": _NO_CLIENT}
    if checklist.standard.tags:
        yield {"type": f"select_multiple {TAGS}", "name": TAGS, "label": _ASK_TAGS}
    for section in checklist.standard.sections:
        items = [item for item in checklist.items if item.section.id == section.id]
        if items:
            name = f"section_{section.id}"
            yield {"type": "begin_group", "name": name, "label": section.title}
            for item in items:
                yield from _questions(item)
            yield {"type": "end_group", "name": name}


def _questions(item: Item) -> Iterator[dict[str, str | Text]]:
    name, relevant = field_name(item.id), condition(item.requirement.applies)
    yield {
        "type": "select_one scale",
        "name": name,
        "label": Text(
            f"{item.id} {item.question.id}", f"{item.id} {item.question.en or item.question.id}"
        ),
        "hint": item.requirement.good,
        "relevant": relevant,
    }
    yield {
        "type": "text",
        "name": f"{name}_reason",
        "label": _ASK_REASON,
        "required": "yes",
        "relevant": f"${{{name}}} = '{NOT_APPLICABLE}'",
    }
    yield {
        "type": "text",
        "name": f"{name}_facts",
        "label": _ASK_FACTS,
        "hint": _NO_CLIENT,
        "appearance": "multiline",
        "relevant": f"${{{name}}} != '' and ${{{name}}} != '{NOT_APPLICABLE}'",
    }


def field_name(code: str) -> str:
    """Give the name of an item's question, which begins with a letter or an underscore."""
    return code if code[0].isalpha() else f"_{code}"


def condition(expression: Expression) -> str:
    """Give an applicability as a condition over the tags that were chosen; empty for all."""
    if isinstance(expression, Always):
        return ""
    return _condition(expression)


def _condition(expression: Expression) -> str:
    match expression:
        case Tag(tag):
            return f"selected(${{{TAGS}}}, '{tag}')"
        case Not(part):
            return f"not({_condition(part)})"
        case All(parts):
            return "(" + " and ".join(_condition(part) for part in parts) + ")"
        case Any(parts):
            return "(" + " or ".join(_condition(part) for part in parts) + ")"
        case Always():
            return "true()"


def _choices(checklist: Checklist) -> Iterator[Row]:
    for choice in checklist.scale:
        label = Text(
            f"{choice.code} {choice.label.id}",
            f"{choice.code} {choice.label.en or choice.label.id}",
        )
        yield ("scale", choice.code, *_both(label))
    yield ("scale", NOT_APPLICABLE, *_both(_TB))
    for tag in checklist.standard.tags:
        yield (TAGS, tag.id, *_both(tag.label))


def _survey_row(row: Mapping[str, str | Text]) -> Row:
    cells: list[str] = []
    for column in SURVEY:
        name, _, language = column.partition("::")
        value = row.get(name, _NOTHING if language else "")
        if isinstance(value, Text):
            cells.append(_cell(value.in_("en" if language == LANGUAGES["en"] else "id")))
        else:
            cells.append(value)
    return tuple(cells)


def _both(text: Text) -> tuple[str, ...]:
    return tuple(_cell(text.in_(language)) for language in LANGUAGES)


def _cell(text: str) -> str:
    """Give words as a cell: no formula, and nothing that a form takes for a reference."""
    return harmless(text.replace("${", "$ {"))
