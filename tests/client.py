"""A browser for tests: every page that passes through is checked, forms are filled by their labels.

page = client.get("/sign-in")
page = page.form("Masuk").fill({"Nama masuk": "sari", "Kata sandi": "…"}).submit()
assert page.h1 == "Beranda"
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

REDIRECTS = {301, 302, 303, 307, 308}
SPEAKING = {"input", "select", "textarea"}
SILENT_INPUTS = {"hidden", "submit", "button", "reset", "image"}


def words(element: Element) -> str:
    """The text of an element as a reader sees it."""
    return " ".join("".join(element.itertext()).split())


def parse(html: str) -> Element:
    """Parse as strictly as the standard allows."""
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False
    )
    return parser.parse(html)


def faults(html: str, headers: Mapping[str, str]) -> list[str]:
    """Everything that a page of this product must have and this one lacks."""
    try:
        tree = parse(html)
    except Exception as error:
        return [f"not well-formed: {error}"]
    return [
        *_head_faults(tree, headers),
        *_id_faults(tree),
        *_control_faults(tree),
        *_form_faults(tree),
        *_inline_faults(tree),
    ]


def _head_faults(tree: Element, headers: Mapping[str, str]) -> Iterator[str]:
    if "charset=utf-8" not in headers.get("Content-Type", "").lower():
        yield "the content type names no charset"
    if "script-src 'self'" not in headers.get("Content-Security-Policy", ""):
        yield "no content security policy"
    if not tree.get("lang"):
        yield "html has no lang"
    heads = list(tree.iter("h1"))
    titles = list(tree.iter("title"))[:1]
    if len(heads) != 1:
        yield f"{len(heads)} h1, must be one"
    if not titles:
        yield "no title"
    elif heads and not words(titles[0]).startswith(words(heads[0])):
        yield f"title {words(titles[0])!r} does not start with h1 {words(heads[0])!r}"


def _id_faults(tree: Element) -> Iterator[str]:
    seen: set[str] = set()
    for element in tree.iter():
        name = element.get("id")
        if name is not None and name in seen:
            yield f"id {name!r} twice"
        if name is not None:
            seen.add(name)
    for element in tree.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for name in (element.get(attribute) or "").split():
                if name not in seen:
                    yield f"{attribute}={name!r} points nowhere"
        href = element.get("href") or ""
        if element.tag == "a" and href.startswith("#") and href[1:] not in seen:
            yield f"link {href!r} points nowhere"


def _control_faults(tree: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in tree.iter("label") if words(label)}
    inside = {id(each) for label in tree.iter("label") if words(label) for each in label.iter()}
    closed = {id(each) for dialog in tree.iter("dialog") for each in dialog.iter()}
    for element in tree.iter():
        named = words(element) or element.get("aria-label")
        if element.tag == "button" and not named and id(element) not in closed:
            yield "a button without words"  # a dialog gets its words when it is opened
        if element.tag not in SPEAKING or element.get("type", "") in SILENT_INPUTS:
            continue
        if not (
            element.get("id") in labelled
            or id(element) in inside
            or element.get("aria-label")
            or element.get("aria-labelledby")
        ):
            yield f"{element.tag} {element.get('name')!r} has no label"


def _form_faults(tree: Element) -> Iterator[str]:
    for form in tree.iter("form"):
        if form.get("method", "get").lower() != "post":
            continue
        names = [each.get("name") for each in form.iter("input") if each.get("type") == "hidden"]
        if names.count("csrf_token") != 1:
            yield f"form to {form.get('action')!r} has {names.count('csrf_token')} tokens"


def _inline_faults(tree: Element) -> Iterator[str]:
    for element in tree.iter():
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"inline {element.tag}"
        if element.tag == "img" and element.get("alt") is None:
            yield "img without alt"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f"{name} on {element.tag}"
            if name in {"href", "src", "action"} and value.lower().startswith("javascript:"):
                yield f"javascript address on {element.tag}"


class Form:
    """A form of a page, filled in by what stands beside the fields."""

    def __init__(self, page: Page, element: Element, button: Element | None) -> None:
        self.page = page
        self.element = element
        self.button = button
        self.values: list[tuple[str, Any]] = list(_successful(element))

    def fill(self, values: Mapping[str, Any] | None = None, /, **named: Any) -> Form:
        """Fill in fields by their label or name. A bool ticks, a list ticks several, a pair
        (bytes, file name) is a file."""
        for key, value in {**(values or {}), **named}.items():
            self._set(key, value)
        return self

    def _set(self, key: str, value: Any) -> None:
        controls = self._controls(key)
        if not controls:
            known = sorted({each.get("name", "") for each in _controls(self.element)})
            raise AssertionError(f"no field {key!r}; there are {known}")
        name = controls[0].get("name", "")
        kind = controls[0].get("type", "")
        if kind == "checkbox" and isinstance(value, bool):
            chosen = [controls[0].get("value", "on")] if value else []
            mine = {controls[0].get("value", "on")}
            self.values = [each for each in self.values if each[0] != name or each[1] not in mine]
        else:
            chosen = list(value) if isinstance(value, list) else [value]
            self.values = [each for each in self.values if each[0] != name]
        if controls[0].tag == "select":
            chosen = [_option(controls[0], each) for each in chosen]
        elif kind == "radio":
            chosen = [self._radio(name, key, each) for each in chosen]
        self.values += [(name, each) for each in chosen]
        order = [each.get("name") for each in _controls(self.element)]
        self.values.sort(key=lambda each: order.index(each[0]))  # as a browser sends them

    def _radio(self, name: str, key: str, value: Any) -> str:
        radios = [each for each in _controls(self.element) if each.get("name") == name]
        offered = {each.get("value", "on") for each in radios}
        if value is True:  # ticked by its own label
            return self._controls(key)[0].get("value", "on")
        if str(value) not in offered:
            raise AssertionError(f"{value!r} is not offered for {key!r}: {sorted(offered)}")
        return str(value)

    def _controls(self, key: str) -> list[Element]:
        controls = list(_controls(self.element))
        by_name = [each for each in controls if each.get("name") == key]
        if by_name:
            return by_name
        return [each for each in controls if self.page.label_of(each).startswith(key)]

    def value(self, key: str) -> str:
        """What a field holds now."""
        name = self._controls(key)[0].get("name")
        return next((str(value) for each, value in self.values if each == name), "")

    def submit(self, *, status: int = 200) -> Page:
        """Send it with the button it was found by; redirects are followed."""
        data: dict[str, list[Any]] = {}
        pairs = list(self.values)
        if self.button is not None and self.button.get("name"):
            pairs.append((self.button.get("name", ""), self.button.get("value", "")))
        for name, value in pairs:
            sent = (io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value
            data.setdefault(name, []).append(sent)
        target = (self.button is not None and self.button.get("formaction")) or self.element.get(
            "action", self.page.path
        )
        client = self.page.client
        if self.element.get("method", "get").lower() != "post":
            return client.get(target or self.page.path, query=data, status=status)
        kind = self.element.get("enctype", "application/x-www-form-urlencoded")
        return client.send(target or self.page.path, data, status=status, content_type=kind)


def _controls(form: Element) -> Iterator[Element]:
    for each in form.iter():
        if each.tag in SPEAKING and each.get("name") and each.get("type") != "submit":
            yield each


def _successful(form: Element) -> Iterator[tuple[str, Any]]:
    """What a browser would send of an untouched form."""
    for each in _controls(form):
        name, kind = each.get("name", ""), each.get("type", "text")
        if each.get("disabled") is not None or kind == "file":
            continue
        if kind in {"checkbox", "radio"}:
            if each.get("checked") is not None:
                yield name, each.get("value", "on")
        elif each.tag == "select":
            options = list(each.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None]
            if not chosen and options and each.get("multiple") is None:
                chosen = options[:1]
            for option in chosen:
                yield name, option.get("value", words(option))
        elif each.tag == "textarea":
            yield name, "".join(each.itertext())
        else:
            yield name, each.get("value", "")


def _option(select: Element, wanted: Any) -> str:
    for option in select.iter("option"):
        if str(wanted) in {option.get("value", words(option)), words(option)}:
            return option.get("value", words(option))
    raise AssertionError(f"{wanted!r} is not offered by {select.get('name')!r}")


class Page:
    """What came back: checked, and readable by what it says."""

    def __init__(self, client: PageClient, response: Any, path: str) -> None:
        self.client = client
        self.response = response
        self.path = path
        self.status: int = response.status_code
        self.headers = response.headers
        self.html: str = response.get_data(as_text=True)
        found = faults(self.html, response.headers)
        assert not found, f"{path} ({self.status}): " + "; ".join(found)
        self.tree = parse(self.html)
        self.title = words(next(self.tree.iter("title")))
        self.h1 = words(next(self.tree.iter("h1")))

    @property
    def text(self) -> str:
        """All words of the page's own part."""
        return words(next(self.tree.iter("main")))

    @property
    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        summaries = self._with_class("error-summary")
        return [words(each) for summary in summaries for each in summary.iter("li")]

    @property
    def flashes(self) -> list[str]:
        """What was said about what has just happened."""
        return [words(p) for box in self._with_class("flashes") for p in box.iter("p")]

    @property
    def token(self) -> str:
        """The token of the page's forms; empty when it has none."""
        for each in self.tree.iter("input"):
            if each.get("name") == "csrf_token":
                return each.get("value", "")
        return ""

    def _with_class(self, name: str) -> list[Element]:
        return [each for each in self.tree.iter() if name in (each.get("class") or "").split()]

    def label_of(self, control: Element) -> str:
        """What stands beside a control."""
        if control.get("aria-label"):
            return str(control.get("aria-label"))
        for label in self.tree.iter("label"):
            if label.get("for") == control.get("id") is not None or control in list(label.iter()):
                return words(label)
        return ""

    def form(self, button: str) -> Form:
        """The form with this button (its words, or its value)."""
        for element in self.tree.iter("form"):
            for each in element.iter("button"):
                if button in {words(each), each.get("value")}:
                    return Form(self, element, each)
        buttons = sorted({words(each) for each in self.tree.iter("button")})
        raise AssertionError(
            f"no form with a button {button!r} on {self.path}; there are {buttons}"
        )

    def form_to(self, action: str) -> Form:
        """The form that is sent to this address."""
        for element in self.tree.iter("form"):
            if element.get("action") == action:
                return Form(self, element, next(element.iter("button"), None))
        raise AssertionError(f"no form to {action!r} on {self.path}")

    def links(self) -> dict[str, str]:
        """Words of each link → where it leads."""
        return {words(each): each.get("href", "") for each in self.tree.iter("a")}

    def click(self, link: str, *, status: int = 200) -> Page:
        """Follow a link by its words."""
        links = self.links()
        assert link in links, f"no link {link!r} on {self.path}; there are {sorted(links)}"
        return self.client.get(links[link], status=status)


class PageClient:
    """One browser. `before` is called before each request (the test's session lets go of its
    connection and reads anew afterwards)."""

    def __init__(self, app: Any, *, before: Any = lambda: None) -> None:
        self.raw = app.test_client()
        self._before = before
        self._token = ""

    def request(self, method: str, path: str, **options: Any) -> Any:
        """One request as it is: no redirect followed, nothing checked."""
        self._before()
        return self.raw.open(path, method=method, buffered=True, **options)

    def get(self, path: str, *, status: int = 200, query: Any = None) -> Page:
        """Open a page, following redirects."""
        return self._page(self.request("GET", path, query_string=query), path, status)

    def send(
        self,
        path: str,
        data: Mapping[str, Any] | None = None,
        *,
        status: int = 200,
        content_type: str = "application/x-www-form-urlencoded",
    ) -> Page:
        """Post a form as it is, following redirects."""
        response = self.request("POST", path, data=dict(data or {}), content_type=content_type)
        return self._page(response, path, status)

    def post(self, path: str, data: Mapping[str, Any] | None = None, *, status: int = 200) -> Page:
        """Post with a valid token."""
        return self.send(path, {"csrf_token": self.token(), **(data or {})}, status=status)

    def post_json(self, path: str, payload: Any) -> Any:
        """Post as a script of a page does."""
        return self.request(
            "POST",
            path,
            json=payload,
            headers={"X-CSRFToken": self.token(), "Accept": "application/json"},
        )

    def token(self) -> str:
        """A token of this browser's pages."""
        if not self._token:
            self.get("/profile")
        return self._token

    def cookie(self, name: str) -> str:
        """The value of a cookie, empty when there is none."""
        found = self.raw.get_cookie(name)
        return "" if found is None else found.value

    def _page(self, response: Any, path: str, status: int) -> Page:
        for _ in range(5):
            if response.status_code not in REDIRECTS:
                break
            parts = urlsplit(response.headers["Location"])
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            response = self.request("GET", path)
        assert response.status_code == status, (
            f"{path} answered {response.status_code}, not {status}"
        )
        page = Page(self, response, path)
        self._token = page.token or self._token
        return page
