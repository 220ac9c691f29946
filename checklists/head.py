"""What does the head of a checklist say, and does it hold together?

Scale, thresholds, days, sample rule, table of finding classes, levels, order of the work: each is
read by its own function, which notes what is wrong with it.
"""

from checklists.model import NOT_APPLICABLE, Choice, Method
from checklists.rules import (
    Days,
    FindingCause,
    FindingClass,
    FindingRule,
    Level,
    SampleBand,
    SampleRule,
    Thresholds,
)
from standards.reading import CODE, NAME, Fields, Reader, Spot
from standards.sentence import sentence
from standards.yaml_source import Node, Scalar

HEAD = "checklist.yaml"
REQUIRED = (
    "checklist",
    "edition",
    "standard",
    "standard_edition",
    "title",
    "auditees",
    "kinds",
    "scale",
    "met_from",
    "thresholds",
    "days",
    "sample",
    "findings",
    "work_order",
    "note",
)
OPTIONAL = ("levels",)
LONGEST_LABEL = 200

# "BD" is shown for what is not assessed; as a choice it would be read wrongly.
_RESERVED = (NOT_APPLICABLE, "BD")
_MOST_POINTS = 1_000
_MOST_DAYS = 3_650
_MOST_RECORDS = 10_000


def read_scale(reader: Reader, fields: Fields) -> tuple[Choice, ...]:
    """Read the scale: rising points, from nothing or more."""
    scale: list[Choice] = []
    spots: list[Spot] = []
    for node in fields.entries("scale", least=2, most=12):
        entry = reader.table(node, required=("choice", "points", "label", "meaning"))
        spot = entry.spot("choice", form=CODE, longest=8)
        spots.append(spot)
        if spot.text in _RESERVED:
            reader.report(
                spot.place,
                sentence("kode “%(code)s” sudah berarti lain", code=spot.text),
                sentence("pakai kode lain, misalnya angka"),
            )
        choice = Choice(
            code=spot.text,
            points=entry.integer("points", low=0, high=_MOST_POINTS),
            label=entry.words("label", longest=LONGEST_LABEL),
            meaning=entry.words("meaning"),
        )
        if scale and entry.node("points") and choice.points <= scale[-1].points:
            reader.report(
                node.place,
                sentence("nilai pada skala tidak naik"),
                sentence("urutkan pilihan dari yang terendah, setiap nilai lebih besar"),
            )
        scale.append(choice)
    reader.once(spots)
    return tuple(scale)


def read_met_from(reader: Reader, fields: Fields, *, scale: tuple[Choice, ...]) -> str:
    """Read from which choice on an item is met: not the lowest, or nothing could be unmet."""
    spot = fields.spot("met_from", form=CODE)
    above_lowest = [choice.code for choice in scale[1:]]
    if scale:
        reader.known(
            spot,
            above_lowest,
            sentence("“%(code)s” tidak dapat menjadi batas terpenuhi", code=spot.text),
            sentence("pilih dari skala, di atas yang terendah: %(k)s", k=", ".join(above_lowest)),
        )
    return spot.text


def read_thresholds(reader: Reader, fields: Fields) -> Thresholds:
    """Read the shares that the result is held against."""
    inner = _inner(reader, fields, "thresholds", ("total", "aspect", "not_applicable"))
    return Thresholds(
        total=inner.share("total"),
        aspect=inner.share("aspect"),
        not_applicable=inner.share("not_applicable"),
    )


def read_days(reader: Reader, fields: Fields) -> Days:
    """Read how many days things may take."""
    names = ("self_assessment", "major", "minor", "soft_critical", "on_site")
    inner = _inner(reader, fields, "days", names)
    return Days(**{name: inner.integer(name, low=1, high=_MOST_DAYS) for name in names})


def read_sample(reader: Reader, fields: Fields, *, scale: tuple[Choice, ...]) -> SampleRule:
    """Read the rule for record samples."""
    inner = _inner(reader, fields, "sample", ("all_up_to", "middle", "above", "bands"))
    middle = _inner(reader, inner, "middle", ("up_to", "draw"))
    all_up_to = inner.integer("all_up_to", low=1, high=_MOST_RECORDS)
    up_to = middle.integer("up_to", low=all_up_to, high=_MOST_RECORDS)
    return SampleRule(
        all_up_to=all_up_to,
        middle_up_to=up_to,
        middle_draw=middle.integer("draw", low=1, high=up_to),
        above_draw=inner.integer("above", low=1, high=up_to),
        bands=_read_bands(reader, inner, scale=scale),
    )


def _read_bands(
    reader: Reader, fields: Fields, *, scale: tuple[Choice, ...]
) -> tuple[SampleBand, ...]:
    codes = [choice.code for choice in scale]
    bands: list[SampleBand] = []
    nodes = fields.entries("bands", least=1, most=12)
    for node in nodes:
        entry = reader.table(node, required=("from", "choice"))
        spot = entry.spot("choice", form=CODE)
        what = sentence("pilihan “%(code)s” tidak ada dalam skala", code=spot.text)
        reader.known(spot, codes, what, sentence("pakai: %(codes)s", codes=", ".join(codes)))
        bands.append(SampleBand(entry.share("from"), spot.text))
    known = bool(bands) and all(band.choice in codes for band in bands)
    if known and not _steps_down(bands, codes):
        reader.report(
            nodes[0].place,
            sentence("batas sampel tidak menurun sampai nol"),
            sentence("urutkan dari batas dan pilihan tertinggi; yang terakhir from: 0/100"),
        )
    return tuple(bands)


def _steps_down(bands: list[SampleBand], codes: list[str]) -> bool:
    """Tell whether fewer hits never give more, and every share of hits has a band."""
    shares = [band.from_share for band in bands]
    ranks = [codes.index(band.choice) for band in bands]
    return (
        shares == sorted(set(shares), reverse=True)
        and ranks == sorted(set(ranks), reverse=True)
        and shares[-1] == 0
    )


def read_finding_rules(reader: Reader, fields: Fields) -> tuple[FindingRule, ...]:
    """Read the table of finding classes."""
    rules: list[FindingRule] = []
    spots: list[Spot] = []
    for node in fields.entries("findings", least=1):
        entry = reader.table(node, required=("when", "class"))
        when = entry.node("when")
        if isinstance(when, Scalar):
            spots.append(Spot(when.text, when.place))
        rules.append(
            FindingRule(entry.kind("when", FindingCause), entry.kind("class", FindingClass))
        )
    reader.once(spots)
    return tuple(rules)


def read_levels(reader: Reader, fields: Fields) -> tuple[Level, ...]:
    """Read the named levels, the highest first."""
    levels: list[Level] = []
    spots: list[Spot] = []
    for node in fields.entries("levels"):
        entry = reader.table(node, required=("level", "from", "label"))
        spot = entry.spot("level", form=NAME)
        spots.append(spot)
        level = Level(spot.text, entry.share("from"), entry.words("label", longest=LONGEST_LABEL))
        if levels and entry.node("from") and level.from_share >= levels[-1].from_share:
            reader.report(
                node.place,
                sentence("batas tingkat tidak menurun"),
                sentence("urutkan tingkat dari batas tertinggi"),
            )
        levels.append(level)
    reader.once(spots)
    return tuple(levels)


def read_work_order(reader: Reader, fields: Fields) -> tuple[Method, ...]:
    """Read the order of the work: every method once."""
    order = fields.kinds("work_order", Method)
    node = fields.node("work_order")
    missing = [method.value for method in Method if method not in order]
    if node is not None and order and missing:
        reader.report(
            node.place,
            sentence("urutan kerja belum menyebut %(missing)s", missing=", ".join(missing)),
            sentence("sebut setiap cara pemeriksaan satu kali"),
        )
    return order


def _inner(reader: Reader, fields: Fields, name: str, keys: tuple[str, ...]) -> Fields:
    node: Node | None = fields.node(name)
    if node is None:
        return Fields(reader, fields.place, {})
    return reader.table(node, required=keys)
