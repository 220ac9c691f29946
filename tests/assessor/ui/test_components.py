"""Does every component render with nothing undefined, without inline code, and readable?"""

import gzip
import re
from html.parser import HTMLParser
from typing import Any

import html5lib
import pytest
from jinja2 import UndefinedError

from assessor.ui import parts as p
from assessor.ui.assets import STATIC, TEMPLATES
from assessor.ui.frame import Theme
from tests.assessor.ui.gallery import (
    ERRORS,
    PAGES,
    VisitForm,
    environment,
    render,
    sample,
)

ALL = [*PAGES, *(f"error-{status}" for status in ERRORS)]
CSS = (STATIC / "app.css").read_text(encoding="utf-8")
COMPONENTS = (TEMPLATES / "ui" / "components.html").read_text(encoding="utf-8")


class Markup(HTMLParser):
    """All start tags with their attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.tags if name == tag]


def macro(source: str, **values: Any) -> str:
    """One macro call in the environment of the application."""
    head = '{% import "ui/components.html" as ui %}'
    return environment().from_string(head + source).render(**values)


# ---- pages ----


@pytest.mark.parametrize("page", ALL)
def test_a_page_is_valid_html(page: str) -> None:
    html5lib.HTMLParser(strict=True).parse(render(page))


@pytest.mark.parametrize("page", ALL)
def test_a_page_has_no_inline_style_script_or_handler(page: str) -> None:
    markup = Markup(render(page))
    for tag, attrs in markup.tags:
        assert "style" not in attrs, (tag, attrs)
        assert not [name for name in attrs if name.startswith("on")], (tag, attrs)
        assert not attrs.get("href", "").startswith("javascript:")
    assert not markup.all("style")
    assert all(script["src"] for script in markup.all("script"))


@pytest.mark.parametrize("page", ALL)
def test_a_page_has_one_h1_a_title_a_language_and_unique_ids(page: str) -> None:
    markup = Markup(render(page))
    ids = [attrs["id"] for _, attrs in markup.tags if "id" in attrs]
    assert len(markup.all("h1")) == 1
    assert markup.all("html")[0]["lang"] == "id"
    assert sorted(ids) == sorted(set(ids))
    assert re.search(r"<title>[^<]+ · Asesor 8807</title>", render(page))


@pytest.mark.parametrize("page", ALL)
def test_every_label_and_description_leads_somewhere(page: str) -> None:
    markup = Markup(render(page))
    ids = {attrs["id"] for _, attrs in markup.tags if "id" in attrs}
    for _, attrs in markup.tags:
        for name in ("for", "aria-describedby", "aria-labelledby"):
            assert set(attrs.get(name, "").split()) <= ids


@pytest.mark.parametrize("page", ALL)
def test_every_post_form_carries_the_token(page: str) -> None:
    html = render(page)
    posts = re.findall(r'<form[^>]*method="post".*?</form>', html, re.DOTALL)
    assert posts
    assert all('name="csrf_token" value="token-contoh"' in form for form in posts)


def test_a_visitor_sees_no_navigation_and_can_sign_in() -> None:
    html = render("home", signed_in=False)
    assert "main-nav" not in html
    assert 'href="/sign-in"' in html
    assert "Keluar" not in html


def test_the_stored_theme_is_on_the_root() -> None:
    assert 'data-theme="dark"' in render("home", theme=Theme.dark)


def test_leaving_is_a_post() -> None:
    assert 'method="post" action="/sign-out"' in render("home")


def test_demo_data_is_marked() -> None:
    assert "DATA CONTOH" in render("home")


# ---- macros ----


def test_macros_take_five_parameters_at_most() -> None:
    for name, parameters in re.findall(r"{% macro (\w+)\(([^)]*)\)", COMPONENTS):
        assert len([each for each in parameters.split(",") if each]) <= 5, name


def test_every_macro_is_in_the_gallery() -> None:
    own = TEMPLATES.parent.parent.parent / "tests" / "assessor" / "ui" / "templates"
    used = "".join(path.read_text(encoding="utf-8") for path in own.rglob("*.html"))
    used += (TEMPLATES / "ui" / "layout.html").read_text(encoding="utf-8")
    for name in re.findall(r"{% macro ([a-z]\w+)\(", COMPONENTS):
        assert re.search(rf"\b{name}\(", used), name


def test_words_are_asked_for_at_every_call_and_not_once_per_process() -> None:
    for line in COMPONENTS.split("{% macro"):
        outside = line.split("{% endmacro %}")[-1] if "{% endmacro" in line else ""
        assert "_(" not in outside


def test_templates_trust_nothing() -> None:
    for path in TEMPLATES.rglob("*.html"):
        assert "|safe" not in path.read_text(encoding="utf-8").replace(" ", "")


@pytest.mark.parametrize(
    "call",
    [
        '{{ ui.chip("neutral", evil) }}',
        "{{ ui.page_head(evil, lead=evil, kicker=evil) }}",
        "{{ ui.task_list([task], evil) }}",
        "{{ ui.summary_list([fact]) }}",
        "{{ ui.copy_button(evil, evil) }}",
        '{{ ui.post_button(evil, "/", "t", confirm=evil) }}',
        "{{ ui.number_tile(evil, evil, evil, evil, evil) }}",
    ],
)
def test_what_people_write_is_escaped(call: str) -> None:
    evil = '"><script>alert(1)</script>'
    html = macro(call, evil=evil, task=p.Task(evil, evil, evil), fact=p.Fact(evil, evil, evil))
    assert "<script" not in html
    assert "&lt;script" in html


def test_an_unknown_icon_or_status_fails() -> None:
    for call in ('{{ ui.chip("happy", "x") }}', '{{ ui.button("x", icon_name="nothing") }}'):
        with pytest.raises(UndefinedError):
            macro(call)


def test_every_status_has_a_shape_of_its_own() -> None:
    shapes = {
        re.sub(r".*<path d=\"([^\"]+)\".*", r"\1", macro("{{ ui.chip(s, 'x') }}", s=status))
        for status in p.ChipStatus
    }
    assert len(shapes) == len(p.ChipStatus)


def test_a_score_control_is_plain_radio_buttons() -> None:
    html = macro(
        '{{ ui.score_control("sdm-01", choices, "2", true, "Nilai") }}', **sample_choices()
    )
    inputs = Markup(html).all("input")
    assert [each["value"] for each in inputs] == ["0", "1", "2", "TB", ""]
    assert {each["name"] for each in inputs} == {"sdm-01"}
    assert [each["value"] for each in inputs if "checked" in each] == ["2"]


def test_a_score_control_without_tb_starts_as_not_assessed() -> None:
    html = macro('{{ ui.score_control("x", choices, "", false, "Nilai") }}', **sample_choices())
    assert [each["value"] for each in Markup(html).all("input") if "checked" in each] == [""]
    assert "TB" not in html


def sample_choices() -> dict[str, Any]:
    return {"choices": sample()["choices"]}


def test_a_pager_without_pages_is_nothing() -> None:
    assert macro('{{ ui.pager("", "") }}').strip() == ""


def test_progress_of_nothing_is_still_a_valid_bar() -> None:
    assert 'value="0" max="1"' in macro('{{ ui.progress(0, 0, "SDM") }}')


def test_progress_is_said_in_words() -> None:
    assert "1.200 dari 1.416" in macro('{{ ui.progress(1200, 1416, "SDM") }}')


def test_a_sorted_column_says_so() -> None:
    columns = [p.Column("Nama", href="?s=n", direction=p.Direction.descending), p.Column("Tahap")]
    html = macro('{% call ui.data_table("x", columns) %}{% endcall %}', columns=columns)
    assert html.count('aria-sort="descending"') == 1
    assert html.count("aria-sort") == 1


# ---- form fields ----


def test_errors_stand_at_the_field_and_in_the_summary() -> None:
    form = VisitForm(data={})
    form.validate()
    summary = macro("{{ ui.error_summary(form) }}", form=form)
    field = macro("{{ ui.field(form.place, 'Petunjuk.') }}", form=form)
    assert 'href="#place"' in summary
    assert 'href="#way-0"' in summary
    assert "Ada 3 hal" in summary
    assert 'aria-describedby="place-hint place-error"' in field
    assert 'aria-invalid="true"' in field


def test_a_form_without_errors_has_no_summary() -> None:
    assert macro("{{ ui.error_summary(form) }}", form=VisitForm()).strip() == ""


def test_optional_fields_say_so_and_required_ones_do_not() -> None:
    form = VisitForm()
    assert "boleh kosong" in macro("{{ ui.field(form.notes) }}", form=form)
    assert "boleh kosong" not in macro("{{ ui.field(form.place) }}", form=form)
    assert "boleh kosong" not in macro("{{ ui.field(form.notes, optional=false) }}", form=form)


def test_radio_buttons_stand_in_a_named_group() -> None:
    html = macro("{{ ui.field(form.way) }}", form=VisitForm())
    assert "<fieldset" in html
    assert "<legend" in html
    assert html.count('type="radio"') == 2


def test_hidden_fields_have_no_words() -> None:
    html = macro("{{ ui.field(form.token) }}", form=VisitForm())
    assert "label" not in html
    assert 'type="hidden"' in html


# ---- style sheet ----


def test_files_are_small() -> None:
    assert len(gzip.compress((STATIC / "app.css").read_bytes(), 9)) <= 12_000
    assert len(gzip.compress((STATIC / "app.js").read_bytes(), 9)) <= 3_000


def tokens(dark: bool) -> dict[str, str]:
    blocks = re.findall(r"(:root[^{]*){([^}]*)}", CSS)
    light = dict(re.findall(r"--([\w-]+): (#\w+);", blocks[0][1]))
    return light | (dict(re.findall(r"--([\w-]+): (#\w+);", blocks[2][1])) if dark else {})


def test_both_ways_to_darkness_are_the_same() -> None:
    blocks = re.findall(r"(:root[^{]*){([^}]*)}", CSS)
    assert blocks[1][0].strip() == ':root:not([data-theme="light"])'
    assert blocks[2][0].strip() == ':root[data-theme="dark"]'
    assert blocks[1][1].split() == blocks[2][1].split()


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guideline_says() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


GROUNDS = ("surface", "surface-raised", "surface-sunk")
TEXT_PAIRS = [
    *((ink, ground) for ground in GROUNDS for ink in ("ink", "ink-quiet", "primary")),
    *((tone, ground) for ground in GROUNDS for tone in ("ok", "warn", "bad", "info")),
    *((tone, f"{tone}-soft") for tone in ("ok", "warn", "bad", "info")),
    *(("ink", f"{tone}-soft") for tone in ("ok", "warn", "bad", "info", "primary")),
    *(
        ("ink-quiet", "primary-soft"),
        ("primary", "primary-soft"),
        ("primary-strong", "primary-soft"),
    ),
    *(("primary-ink", "primary"), ("primary-ink", "primary-strong")),
    *(("brand-ink", "brand"), ("brand-quiet", "brand")),
]
SHAPE_PAIRS = [
    *((shape, ground) for ground in GROUNDS for shape in ("line-strong", "focus")),
    ("focus-brand", "brand"),
    ("accent", "brand"),
]
SCORE_PAIRS = [("score-ink", "score"), ("score-chosen-ink", "score-chosen")]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_words_can_be_read(dark: bool) -> None:
    known = tokens(dark)
    low = {pair: contrast(known[pair[0]], known[pair[1]]) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_edges_and_focus_can_be_seen(dark: bool) -> None:
    known = tokens(dark)
    low = {pair: contrast(known[pair[0]], known[pair[1]]) for pair in SHAPE_PAIRS}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 3} == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_scores_can_be_read_in_the_sun(dark: bool) -> None:
    known = tokens(dark)
    for pair in SCORE_PAIRS:
        assert contrast(known[pair[0]], known[pair[1]]) >= 7


def test_every_colour_used_has_a_role() -> None:
    known = set(re.findall(r"--([\w-]+):", CSS))
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) <= known
    assert known <= set(re.findall(r"var\(--([\w-]+)\)", CSS))


# Members of a family whose common rule is enough, and hooks.
BY_DEFAULT = {
    "brand-mark",
    "chip-neutral",
    "confirm",
    "event-words",
    "input-input",
    "input-long",
    "input-select",
    "notice-info",
    "page-head",
    "page-head-mark",
    "saved-saving",
    "sort-none",
    "step-next",
}


def test_every_class_of_the_templates_has_a_rule_or_is_a_hook() -> None:
    used = {
        name
        for page in ALL
        for _, attrs in Markup(render(page)).tags
        for name in attrs.get("class", "").split()
    }
    styled = set(re.findall(r"\.([a-z][\w-]*)", CSS))
    assert used - styled == BY_DEFAULT
