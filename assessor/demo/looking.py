"""How does a team of the demonstration look at client files and speak with people?

The marks agree with the scores that were given, by rule; what was not scored yet gets its score
from the sheet. An interrupted run is carried on: what is there already changes nothing.
"""

import hashlib
from collections.abc import Iterator, Mapping

from assessor.assessments.models import Assessment
from assessor.assessments.queries import State, get_state
from assessor.assessments.sample.interviews import Counted, interview_items, record_interviews
from assessor.assessments.sample.services import Marking, draw_files, mark_files
from assessor.assessments.sample.using import use_sheet
from assessor.assessments.sample_models import Mark
from assessor.assessments.sample_state import list_samples, read_sheet
from assessor.assessments.workflow import OPEN
from assessor.demo import playing
from assessor.demo.playing import Round
from assessor.demo.stage import Stage
from assessor.instruments.queries import get_checklist
from checklists.model import NOT_APPLICABLE, Checklist
from checklists.sampling import sampled_choice

KEY = "contoh"
LEFT_EMPTY = 3  # the last items of a sheet that is still being filled


def draw(stage: Stage, each: Round, counts: Mapping[str, int]) -> None:
    """Draw from lists of these lengths, unless it was done."""
    assessment = playing.find(stage, each)
    if assessment is None or assessment.status not in OPEN:
        return
    if list_samples(stage.session, assessment.id):
        return
    draw_files(
        stage.session,
        stage.actor(each.assessor),
        stage.clock,
        assessment_id=assessment.id,
        counts=counts,
    )


def fill_sheet(stage: Stage, each: Round) -> None:
    """Fill the boxes and use the sheet; a team that is still at work leaves a few items open."""
    assessment = playing.find(stage, each)
    if assessment is None or assessment.status not in OPEN:
        return
    checklist = get_checklist(stage.session, assessment.edition)
    sheet = read_sheet(stage.session, assessment, checklist)
    if sheet is None:
        return
    state, working = get_state(stage.session, assessment), each.manner.share < 100
    items = [item for item in sheet.items if state.choice(item) != NOT_APPLICABLE]
    if working:
        items = items[: -LEFT_EMPTY or None]
    size, number, assessment_id = sheet.sample.size, sheet.sample.number, assessment.id
    markings = [
        marking
        for item in items
        for marking in _markings(checklist, assessment, state, item, size)
        # what somebody else has filled on a carried-on run is left alone
        if (item, marking.file) not in sheet.marks
    ]
    if working and markings:
        markings = markings[: -size // 2]
    actor = stage.actor(each.assessor)
    mark_files(
        stage.session,
        actor,
        stage.clock,
        assessment_id=assessment_id,
        number=number,
        markings=markings,
    )
    use_sheet(
        stage.session,
        actor,
        stage.clock,
        assessment_id=assessment_id,
        number=number,
        items=items[:-2] if working else items,
        key=KEY,
    )


def _markings(
    checklist: Checklist, assessment: Assessment, state: State, item: str, size: int
) -> Iterator[Marking]:
    """The boxes of an item, so that they give the score that it has; else a good one."""
    digest = hashlib.sha256(f"{assessment.reference}/{item}/files".encode()).digest()
    waved = {digest[1] % size} if size > 4 and digest[0] % 3 == 0 else set()
    judged = size - len(waved)
    choice = state.choice(item) or checklist.scale[-1].code
    fitting = [
        hits for hits in range(judged + 1) if sampled_choice(checklist, judged, hits) == choice
    ]
    missed = judged - fitting[digest[2] % len(fitting)]
    seen = [at for at in range(size) if at not in waved]
    failing = {seen[(digest[3] + step) % judged] for step in range(missed)}
    for at in range(size):
        looked = Mark.unmet if at in failing else Mark.met
        yield Marking(item, at + 1, Mark.not_applicable if at in waved else looked, None)


def correct_a_mark(stage: Stage, each: Round) -> None:
    """After the sheet was used, somebody looks again: one item's score and sheet differ now."""
    assessment = playing.find(stage, each)
    if assessment is None or assessment.status not in OPEN:
        return
    sheet = read_sheet(stage.session, assessment, get_checklist(stage.session, assessment.edition))
    if sheet is None:
        return
    item = next(iter(sheet.items))
    again = [
        Marking(item, file, Mark.unmet, sheet.marks.get((item, file)))
        for file in range(1, sheet.sample.size // 2 + 1)
    ]
    mark_files(
        stage.session,
        stage.actor(each.assessor),
        stage.clock,
        assessment_id=assessment.id,
        number=sheet.sample.number,
        markings=again,
    )


def talk(stage: Stage, each: Round, counts: Mapping[str, int]) -> None:
    """Count the interviews once; every scored item that asks for some leans on them."""
    assessment = playing.find(stage, each)
    if assessment is None or assessment.status not in OPEN:
        return
    state = get_state(stage.session, assessment)
    items = interview_items(get_checklist(stage.session, assessment.edition), assessment)
    record_interviews(
        stage.session,
        stage.actor(each.assessor),
        stage.clock,
        assessment_id=assessment.id,
        counts={kind: Counted(count, 0) for kind, count in counts.items()},
        add=[item for item in items if state.choice(item) not in {None, NOT_APPLICABLE}],
        drop=(),
        key=KEY,
    )
