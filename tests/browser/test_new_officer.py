"""A new officer takes over everything of another one: how far is the most urgent thing?"""

from datetime import timedelta

from playwright.sync_api import Browser, expect

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.services import give_position
from assessor.assessments.models import Kind, Mode
from assessor.assessments.opening.services import Opening, open_assessment
from assessor.organization.models import Office
from tests import builders
from tests.browser.ground import (
    PHONE,
    TESTS_OF_A_BROWSER,
    Ground,
    clock,
    main,
    pictures_folder,
    sign_in,
    signed_in,
    window,
)
from tests.browser.hand import Hand
from tests.browser.looking import Looker

pytestmark = TESTS_OF_A_BROWSER

ITEMS = 6
FORTY = 40


def _prepare(ground: Ground) -> str:
    """Forty auditees; one assessment long late, led by somebody who leaves; a newcomer."""
    with ground.world() as world:
        session, office = world.session, world.office
        for number in range(FORTY - 1):
            builders.make_unit(session, clock, office=office, name=f"IBM Desa {number:02d}")
        then = clock() - timedelta(days=50)
        give_position(
            session,
            SYSTEM,
            clock,
            person_id=world.people["lead"].id,
            role=Role.assessor,
            office_id=office.id,
            valid_from=then.date() - timedelta(days=1),
        )
        late = open_assessment(
            session,
            world.actor("coach"),
            lambda: then,
            wanted=Opening(
                auditee_id=ground.site,
                kind=Kind.evaluation,
                mode=Mode.on_site,
                lead_id=world.people["lead"].id,
            ),
        ).id
        session.rollback()
        newcomer = builders.make_person(session, clock, name="Rini Pengganti")
        give_position(
            session, SYSTEM, clock, person_id=newcomer.id, role=Role.coach, office_id=office.id
        )
        centre = session.get_one(Office, session.get_one(Office, office.parent_id).parent_id)
        chief = builders.make_person(
            session, clock, name="Dimas Administrator", role=Role.administrator, office=centre
        )
        for who, person in (("newcomer", newcomer), ("chief", chief)):
            ground.names[who], ground.persons[who] = person.user_name, person.id
    return late


def test_work_passes_in_the_browser_and_the_newcomer_is_one_click_from_the_most_urgent(
    browser: Browser, ground: Ground
) -> None:
    late = _prepare(ground)
    looker = Looker(pictures_folder())
    desk = signed_in(window(browser, ground), ground, "chief").new_page()
    desk.goto(f"/handovers/{ground.persons['lead']}")
    looker.look(desk, "handover-who")
    main(desk).get_by_role("link", name="Rini Pengganti").click()
    give = main(desk).get_by_label("Beri jabatan yang sama kepada")
    give.first.select_option(label="Rini Pengganti")
    main(desk).get_by_label("Alasan").fill("Mutasi, surat contoh 12")
    looker.look(desk, "handover-what")
    main(desk).get_by_role("button", name="Serah terimakan").click()
    expect(main(desk).get_by_text("hal diserahkan")).to_be_visible()
    desk.context.close()

    page = window(browser, ground, size=PHONE).new_page()
    sign_in(page, ground, "newcomer")
    hand = Hand(page)
    looker.look(page, "home-newcomer")
    hand.click(main(page).locator(".page-head-act a").first)
    page.wait_for_url(lambda address: late in address)
    assert hand.total <= 3
    page.goto("/auditees/next")
    looker.look(page, "next")
    first = main(page).locator(".task-link").first
    expect(first).to_have_attribute("href", f"/assessments/{late}")
    page.context.close()
    assert not looker.wrong, "\n".join(looker.wrong)
