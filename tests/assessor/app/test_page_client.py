"""Does the page client see what is wrong with a page? Each fault is planted and must be named."""

import pytest

from tests.client import faults

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "script-src 'self'",
}
GOOD = (
    '<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Judul · Asesor</title></head>'
    '<body><h1>Judul</h1><form method="post" action="/x"><input type="hidden" name="csrf_token" value="t">'
    '<label for="a">Nama</label><input id="a" name="a"><button type="submit">Simpan</button></form></body></html>'
)


def test_a_good_page_has_no_fault():
    assert faults(GOOD, HEADERS) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("</h1>", "</h2>", "not well-formed"),
        ("<h1>Judul</h1>", "<p>Judul</p>", "0 h1"),
        ("<h1>Judul</h1>", "<h1>Judul</h1><h1>Dua</h1>", "2 h1"),
        ("<h1>Judul</h1>", "<h1>Lain</h1>", "does not start with h1"),
        ("<title>Judul · Asesor</title>", "", "no title"),
        (' lang="id"', "", "no lang"),
        ('<label for="a">Nama</label>', "", "has no label"),
        ('<label for="a">Nama</label>', '<label for="b">Nama</label>', "points nowhere"),
        ("<h1>", '<h1 id="a">', "twice"),
        ('name="csrf_token"', 'name="x"', "0 tokens"),
        (">Simpan<", "><", "button without words"),
        ("<h1>", '<h1 style="color:red">', "style on h1"),
        ("<h1>", '<h1 onclick="x()">', "onclick on h1"),
        ("</body>", "<script>x()</script></body>", "inline script"),
        ("</head>", "<style>p{}</style></head>", "inline style"),
        ("</body>", '<a href="javascript:x()">x</a></body>', "javascript address"),
        ("</body>", '<a href="#nix">x</a></body>', "points nowhere"),
        ("</body>", '<img src="/x.png"></body>', "img without alt"),
    ],
)
def test_a_planted_fault_is_named(old, new, said):
    assert old in GOOD
    assert any(said in each for each in faults(GOOD.replace(old, new), HEADERS))


def test_missing_headers_are_named():
    assert len(faults(GOOD, {})) == 2
