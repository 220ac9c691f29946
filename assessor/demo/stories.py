"""What has happened so far in the demonstration? Each story is one auditee's way until today.

Every state has its example: a self-assessment, a baseline, an evaluation under way, one that
waits for the checker, one for the directorate, one sealed with findings and a report, one
returned, a follow-up, a yearly monitoring, one that waits for the team's declarations.
"""

from collections.abc import Mapping

from assessor.assessments.models import Kind
from assessor.assessments.visit_models import MeetingKind
from assessor.demo import dangers, looking, playing, registers, visiting
from assessor.demo.pieces import FULL, SHORT, UNIT, UNIT_DECREE, Sheet, hand_in_pieces
from assessor.demo.playing import Round
from assessor.demo.scoring import Manner
from assessor.demo.stage import Stage

# how long the lists of clients are, and with whom the teams spoke
SERAYU_LISTS = {
    "active-outpatient": 12,
    "active-inpatient": 24,
    "discharged-outpatient": 19,
    "discharged-inpatient": 61,
}
TELUK_LISTS = {"active-outpatient": 37, "discharged-outpatient": 88}
TALKED = {"klien": 5, "keluarga": 2, "petugas": 3, "pimpinan": 1}
RETURN_REASON = (
    "Tiga hal perlu dilengkapi sebelum naik ke direktorat: dasar nilai ruang konseling hanya foto, "
    "jumlah berkas yang ditelusur belum sesuai aturan, dan rekomendasi untuk butir bernilai 0 "
    "terlalu umum."
)
ANSWERS = (
    "Kami menerima temuan ini. Dokumennya sedang disusun dan selesai bulan depan.",
    "Sudah kami perbaiki pada minggu yang sama; buktinya kami unggah.",
)


def _hand_in(stage: Stage, days: int, auditee: str, sheets: tuple[Sheet, ...], by: str) -> None:
    stage.plan(days, hand_in_pieces, stage, auditee, sheets, by)


def _self(stage: Stage, days: int, each: Round) -> None:
    """A self-assessment: opened, filled within a week, attested."""
    stage.plan(days, playing.begin, stage, each)
    stage.plan(days - 4, playing.fill, stage, each)
    stage.plan(days - 6, playing.submit, stage, each)


def _sealed(stage: Stage, days: int, each: Round, by: str, *, checker: str = "pemeriksa") -> None:
    """An assessment by officers that was checked, and verified two weeks after it began."""
    _checked(stage, days, each, checker)
    stage.plan(days - 14, playing.verify, stage, each, by, hour=6)


def _looked_at(stage: Stage, days: int, each: Round, lists: Mapping[str, int]) -> None:
    """Files drawn in the morning of the visit; the sheet and the interviews by the evening."""
    stage.plan(days, looking.draw, stage, each, lists, hour=3)
    stage.plan(days, looking.fill_sheet, stage, each, hour=7)
    stage.plan(days, looking.talk, stage, each, TALKED, hour=8)


def _checked(stage: Stage, days: int, each: Round, by: str, *, disputed: bool = False) -> None:
    _submitted(stage, days, each, disputed=disputed)
    stage.plan(days - 8, playing.check, stage, each, by)


def _submitted(stage: Stage, days: int, each: Round, *, disputed: bool = False) -> None:
    _prepared(stage, days, each)
    stage.plan(days - 2, visiting.meet, stage, each, MeetingKind.opening, hour=2)
    stage.plan(days - 2, playing.visit, stage, each)
    stage.plan(days - 2, playing.fill, stage, each, hour=4)
    if each.kind is Kind.evaluation:
        stage.plan(days - 3, _close, stage, each, disputed, hour=8)
        stage.plan(days - 4, visiting.sign, stage, each)
    stage.plan(days - 5, playing.submit, stage, each)


def _prepared(stage: Stage, days: int, each: Round) -> None:
    """Opened, the letter recorded, the declarations made."""
    stage.plan(days, playing.begin, stage, each)
    if each.kind is Kind.evaluation:
        stage.plan(days, visiting.assign, stage, each, hour=4)
    stage.plan(days - 1, visiting.declare, stage, each)


def _close(stage: Stage, each: Round, disputed: bool) -> None:  # noqa: FBT001  planned as it is
    visiting.close(stage, each, disputed=disputed)


def _serayu(stage: Stage) -> None:
    """The institution that asesor@ is with: baseline done, evaluation 60 % scored."""
    _hand_in(stage, 165, "serayu", FULL, "lembaga")
    _self(
        stage,
        160,
        Round("serayu", Kind.self, "lembaga", Manner("serayu-1", full=72, part=20), FULL),
    )
    baseline = Manner("serayu-2", full=52, part=33, unmet={"REK-06": "1", "HAK-07": "1"})
    _sealed(
        stage,
        140,
        Round("serayu", Kind.baseline, "pembina-kab", baseline, FULL, lead="asesor"),
        "direktorat",
    )
    evaluation = Round(
        "serayu",
        Kind.evaluation,
        "pembina-kab",
        Manner("serayu-3", full=80, part=15, share=60, not_applicable=2, sheet=True),
        FULL,
        lead="asesor",
    )
    _prepared(stage, 9, evaluation)
    stage.plan(8, visiting.invite, stage, evaluation, hour=4)
    stage.plan(5, visiting.meet, stage, evaluation, MeetingKind.opening, hour=2)
    stage.plan(5, playing.visit, stage, evaluation)
    stage.plan(5, playing.fill, stage, evaluation, hour=4)
    _looked_at(stage, 5, evaluation, SERAYU_LISTS)
    stage.plan(4, looking.correct_a_mark, stage, evaluation)


def _teluk(stage: Stage) -> None:
    """The institution of lembaga2@: evaluated, sealed, findings answered, follow-up opened."""
    _hand_in(stage, 410, "teluk", SHORT, "lembaga2")
    _sealed(
        stage,
        400,
        Round(
            "teluk",
            Kind.evaluation,
            "pembina-kaltim",
            Manner("teluk-0", full=44, part=34),
            lead="asesor2",
        ),
        "direktorat2",
        checker="pemeriksa-pusat",
    )
    _self(stage, 180, Round("teluk", Kind.self, "lembaga2", Manner("teluk-1", full=75, part=20)))
    _sealed(
        stage,
        160,
        Round(
            "teluk",
            Kind.baseline,
            "pembina-kaltim",
            Manner("teluk-2", full=58, part=30),
            lead="asesor2",
        ),
        "direktorat2",
        checker="pemeriksa-pusat",
    )
    evaluation = Round(
        "teluk",
        Kind.evaluation,
        "pembina-kaltim",
        Manner("teluk-3", full=90, part=9, not_applicable=3, unmet={"HAK-07": "1"}, sheet=True),
        lead="asesor2",
        turn=1,
    )
    _looked_at(stage, 43, evaluation, TELUK_LISTS)
    _sealed(stage, 45, evaluation, "direktorat2", checker="pemeriksa-pusat")
    stage.plan(28, playing.answer, stage, evaluation, "lembaga2", ANSWERS)
    follow_up = Round(
        "teluk",
        Kind.follow_up,
        "pembina-kaltim",
        Manner("teluk-4", full=95, part=5),
        lead="asesor2",
    )
    _prepared(stage, 4, follow_up)


def _cilacap(stage: Stage) -> None:
    """A clinic of BNN itself: its evaluation waits for the directorate."""
    _hand_in(stage, 100, "klinik-cilacap", SHORT, "pengurus-klinik")
    _self(
        stage,
        95,
        Round("klinik-cilacap", Kind.self, "pengurus-klinik", Manner("cilacap-1", 82, 15)),
    )
    _checked(
        stage,
        9,
        Round(
            "klinik-cilacap",
            Kind.evaluation,
            "pembina",
            Manner("cilacap-2", full=91, part=8, not_applicable=2),
            lead="asesor",
        ),
        "pemeriksa",
        disputed=True,
    )


def _pesantren(stage: Stage) -> None:
    """Returned by the checker of the BNNP with a reason."""
    _hand_in(stage, 70, "pesantren", SHORT, "pengurus-pesantren")
    each = Round(
        "pesantren",
        Kind.evaluation,
        "pembina",
        Manner("pesantren-1", full=55, part=30, not_applicable=2),
        lead="asesor",
    )
    _submitted(stage, 12, each)
    stage.plan(3, playing.give_back, stage, each, "pemeriksa", RETURN_REASON)
    stage.plan(2, visiting.amend, stage, each)


def _others(stage: Stage) -> None:
    """Two self-assessments elsewhere: one sealed in Papua, one under way in Makassar."""
    _hand_in(stage, 60, "sentani", SHORT, "pengurus-papua")
    _self(
        stage,
        55,
        Round("sentani", Kind.self, "pengurus-papua", Manner("sentani-1", full=60, part=30)),
    )
    draft = Round(
        "loka", Kind.self, "pengurus-sulsel", Manner("loka-1", full=85, part=12, share=30)
    )
    _hand_in(stage, 7, "loka", SHORT[:1], "pengurus-sulsel")
    stage.plan(6, playing.begin, stage, draft)
    stage.plan(2, playing.fill, stage, draft)


def _units(stage: Stage) -> None:
    """Light assessments of some of the forty units."""
    _hand_in(stage, 90, "unit-01", UNIT, "unit")
    _self(
        stage,
        85,
        Round("unit-01", Kind.self, "unit", Manner("unit-01-1", full=70, part=20), UNIT),
    )
    for number, days in ((1, 60), (2, 58), (3, 52)):
        unit = f"unit-{number:02d}"
        _hand_in(stage, days + 1, unit, UNIT_DECREE, "pembina-kab")
        _sealed(
            stage,
            days,
            Round(
                unit,
                Kind.baseline,
                "pembina-kab",
                Manner(f"{unit}-2", full=40 + 12 * number, part=25),
                UNIT,
                lead="asesor",
            ),
            "direktorat",
        )
    _hand_in(stage, 10, "unit-04", UNIT_DECREE, "pembina-kab")
    _submitted(
        stage,
        9,
        Round(
            "unit-04",
            Kind.evaluation,
            "pembina-kab",
            Manner("unit-04-1", full=78, part=18),
            UNIT,
            lead="asesor",
        ),
    )
    started = Round(
        "unit-02", Kind.self, "unit-2", Manner("unit-02-1", full=65, part=25, share=40), UNIT
    )
    stage.plan(3, playing.begin, stage, started)
    stage.plan(1, playing.fill, stage, started)
    opened = Round(
        "unit-05", Kind.baseline, "pembina-kab", Manner("unit-05-1", 50, 30), UNIT, lead="asesor"
    )
    stage.plan(1, playing.begin, stage, opened)


def _monitoring(stage: Stage) -> None:
    """Yearly monitoring of two units: one sealed, one half asked. It decides nothing."""
    watched = Round(
        "unit-03",
        Kind.periodic,
        "pembina-kab",
        Manner("unit-03-3", full=86, part=10),
        UNIT,
        lead="asesor",
    )
    _sealed(stage, 20, watched, "direktorat")
    going = Round(
        "unit-01",
        Kind.periodic,
        "pembina-kab",
        Manner("unit-01-3", full=80, part=15, share=50),
        UNIT,
        lead="asesor",
    )
    _prepared(stage, 4, going)
    stage.plan(3, playing.visit, stage, going)
    stage.plan(3, playing.fill, stage, going, hour=4)


def _dangers(stage: Stage) -> None:
    """What was reported at once: one report waits for the directorate, one was unfounded."""
    stage.plan(110, dangers.report, stage, dangers.DECIDED)
    stage.plan(104, dangers.decide, stage, dangers.DECIDED, "direktorat2", "pembina-kaltim")
    stage.plan(10, dangers.report, stage, dangers.WAITING, hour=5)


def _registers(stage: Stage) -> None:
    """Permits in every state, and what others gave."""
    stage.plan(64, registers.enter_papers, stage, "teluk", registers.TELUK, "pembina-kaltim")
    stage.plan(60, registers.enter_papers, stage, "serayu", registers.SERAYU, "lembaga")
    stage.plan(60, registers.enter_values, stage, "serayu", registers.VALUES, "pembina-kab")
    stage.plan(64, registers.enter_values, stage, "teluk", registers.VALUES[:1], "lembaga2")


def plan_stories(stage: Stage) -> None:
    """Plan everything that has happened until today."""
    for story in (
        _serayu,
        _teluk,
        _cilacap,
        _pesantren,
        _others,
        _units,
        _monitoring,
        _dangers,
        _registers,
    ):
        story(stage)
