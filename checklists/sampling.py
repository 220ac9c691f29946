"""How many records are drawn from a register, which, and which choice do the hits give?"""

from collections.abc import Mapping
from fractions import Fraction

from checklists.drawing import Drawn, draw
from checklists.model import Checklist
from standards.sentence import sentence


def sample_size(checklist: Checklist, register: int) -> int:
    """Give the number of records to draw from a register of this length."""
    if register < 0:
        raise ValueError(sentence("Jumlah berkas dalam daftar tidak boleh kurang dari nol."))
    rule = checklist.sample
    if register <= rule.all_up_to:
        return register
    draw = rule.middle_draw if register <= rule.middle_up_to else rule.above_draw
    return min(draw, register)


def draw_sample(checklist: Checklist, seed: str, counts: Mapping[str, int]) -> tuple[Drawn, ...]:
    """Draw from these lists as many records as the checklist asks of all of them together."""
    return draw(seed, sample_size(checklist, sum(counts.values())), counts)


def sampled_choice(checklist: Checklist, drawn: int, hits: int) -> str:
    """Give the choice for a sample; the first band that the share of hits reaches."""
    if drawn < 1:
        raise ValueError(sentence("Ambil paling sedikit satu berkas sebelum menghitung sampel."))
    if not 0 <= hits <= drawn:
        raise ValueError(
            sentence(
                "Jumlah berkas yang sesuai (%(hits)s) harus antara 0 dan jumlah yang diambil "
                "(%(drawn)s).",
                hits=hits,
                drawn=drawn,
            )
        )
    share = Fraction(hits, drawn)
    return next(band.choice for band in checklist.sample.bands if share >= band.from_share)
