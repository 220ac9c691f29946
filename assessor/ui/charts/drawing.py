"""What do all charts share: words, lengths, and names for screen readers?"""

from fractions import Fraction
from hashlib import sha256

from markupsafe import Markup

from assessor.ui.formats import percent

WORDS = {
    "id": {
        "none": "belum dinilai",
        "below": "di bawah ambang",
        "threshold": "Ambang",
        "row": "Bagian",
        "share": "Nilai",
        "before": "Sebelumnya",
        "now": "Sekarang",
    },
    "en": {
        "none": "not assessed",
        "below": "below threshold",
        "threshold": "Threshold",
        "row": "Part",
        "share": "Score",
        "before": "Before",
        "now": "Now",
    },
}


def wrapped(label: str, width: int) -> list[str]:
    """The label in lines of at most `width` letters, where its words allow it."""
    lines: list[str] = []
    for word in label.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def words_at(x: str, y: int, words: str, kind: str = "") -> Markup:
    """Words that start (or, at the right edge, end) at a place."""
    anchor = Markup(' text-anchor="end"') if x == "100%" else Markup("")
    return Markup('<text class="chart-text{}" x="{}" y="{}"{}>{}</text>').format(
        f" {kind}" if kind else "", x, y, anchor, words
    )


def value_words(share: Fraction | None, language: str) -> str:
    return WORDS[language]["none"] if share is None else percent(share, language)


def length(share: Fraction) -> str:
    """A length as SVG writes it; thousandths of a per cent are finer than any screen."""
    if not 0 <= share <= 1:
        raise ValueError(f"A share lies between 0 and 1, not {share}.")
    thousandths = (share * 100_000 + Fraction(1, 2)).__floor__()
    return f"{thousandths // 1000}.{thousandths % 1000:03}%"


def _name_id(title: str, described: str) -> str:
    return "chart-" + sha256(f"{title}\n{described}".encode()).hexdigest()[:10]


def named(title: str, described: str) -> Markup:
    name = _name_id(title, described)
    return Markup('role="img" focusable="false" aria-labelledby="{0}-title {0}-desc"').format(name)


def title_and_description(title: str, described: str) -> Markup:
    return Markup('<title id="{0}-title">{1}</title><desc id="{0}-desc">{2}</desc>').format(
        _name_id(title, described), title, described
    )
