"""What does saving one score cost, whole: server, sign-in, access, journal, commit?"""

import json
from collections.abc import Callable, Iterator

from tests import builders
from tests.bench.figures import Line, Times, compared
from tests.bench.server import Browser, browsers, hammer, served
from tests.bench.world import World, add_audits, environment, operation

SAVES = 150
SIZES = (1, 100, 2000)


def _saver(world: World, browser: Browser, share: tuple[int, int]) -> Callable[[int], None]:
    """A signed-in assessor who scores a share of the items, over and over."""
    browser.sign_in(world.user_name, builders.PASSWORD)
    mine = world.items[share[0] :: share[1]]
    _, content = browser.ask("GET", f"/assessments/{world.assessment_id}/bundle")
    answers = json.loads(content)["answers"]
    last: dict[str, str | None] = {
        item: answers.get(item, {}).get("choice", [None, None])[1] for item in mine
    }

    def save(number: int) -> None:
        item = mine[number % len(mine)]
        sent = operation(world, item, str(number % 3), last[item])
        status, body = browser.ask(
            "POST",
            f"/assessments/{world.assessment_id}/operations",
            body=json.dumps({"operations": [sent]}).encode(),
            kind="application/json",
        )
        receipt = json.loads(body)["receipts"][0] if status == 200 else {}
        if receipt.get("fate") != "applied":
            message = f"a save was answered {status}: {body[:200]!r}"
            raise RuntimeError(message)
        last[item] = str(sent["op_id"])

    return save


def _bare(browser: Browser) -> Callable[[int], None]:
    def save(number: int) -> None:
        status, _ = browser.ask("POST", f"/save/{number}")
        if status != 200:
            raise RuntimeError(str(status))

    return save


def _bare_times(environ: dict[str, str], clients: int) -> Times:
    with (
        served("tests.bench.yardstick:app", environ) as (port, _, _),
        browsers(port, clients) as people,
    ):
        works = [_bare(each) for each in people]
        hammer(works, each=20)
        return hammer(works, each=SAVES)


def measure(world: World) -> Iterator[Line]:
    """Save p50 / p95 at 1 and 8 clients with more and more audits in the database."""
    folder = world.settings.instance
    environ = {"YARDSTICK_DATABASE": f"sqlite:///{folder / 'yardstick.db'}"}
    import os

    os.environ.update(environ)
    from tests.bench import yardstick

    yardstick.prepare()
    first: dict[int, Times] = {}
    for size in SIZES:
        add_audits(world, size - 1)
        for clients in (1, 8):
            bare = _bare_times(environ, clients)
            with (
                served("assessor.app.wsgi:app", environment(folder)) as (port, _, _),
                browsers(port, clients) as people,
            ):
                savers = [
                    _saver(world, each, (number, clients)) for number, each in enumerate(people)
                ]
                hammer(savers, each=10)
                figure = hammer(savers, each=SAVES)
            first.setdefault(clients, figure)
            yield compared(
                f"save one score, {clients} client(s), {size} audits (p50 / p95)",
                figure,
                bare,
                aim="≤ 4",
            )
            if size == SIZES[-1]:
                yield Line(
                    f"  the same against {SIZES[0]} audit, {clients} client(s)",
                    f"{figure.p50:.2f} ms",
                    f"{first[clients].p50:.2f} ms",
                    f"{figure.p50 / first[clients].p50:.2f}",
                    "≤ 1.2",
                )
