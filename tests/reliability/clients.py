"""People who save and upload while processes die: what they were told, they write down."""

from __future__ import annotations

import hashlib
import io
import json
import random
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from PIL import Image

from tests import builders
from tests.bench.server import Browser
from tests.bench.world import World

BOUNDARY = "----reliability"


@dataclass
class Told:
    """What the server acknowledged, and every answer that no honest server gives."""

    values: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    operations: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    retries: int = 0

    @property
    def count(self) -> int:
        """How many writes were acknowledged."""
        return len(self.operations) + len(self.files)

    def watch(self, work: Callable[[], None]) -> None:
        """Let a client work; what breaks it is not overlooked."""
        try:
            work()
        except Exception as error:
            self.wrong.append(f"a client broke: {error!r}")


class Client:
    """One browser that tries again until it gets an answer."""

    def __init__(self, world: World, port: int, told: Told, stop: threading.Event) -> None:
        self.world, self.port, self.told, self.stop = world, port, told, stop
        self.browser = Browser(port)
        self.browser.sign_in(world.user_name, builders.PASSWORD)

    def insist(self, path: str, body: bytes, kind: str) -> bytes | None:
        """Send the very same until it is answered; nothing if the end comes first."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                status, content = self.browser.ask("POST", path, body=body, kind=kind)
            except (OSError, HTTPException):
                self.told.retries += 1
                self.browser.connection.close()
                time.sleep(0.02)
                continue
            if status != 200:
                self.told.wrong.append(f"{path}: {status} {content[:300]!r}")
            return content if status == 200 else None
        self.told.wrong.append(f"{path}: no answer at all")
        return None


def scorer(client: Client, share: tuple[int, int]) -> Callable[[], None]:
    """Scores a share of the items and writes facts, over and over, each seen by the next."""
    world, told = client.world, client.told
    items = world.items[share[0] :: share[1]]
    chance = random.Random(share[0])

    def work() -> None:
        number = 0
        while not client.stop.is_set():
            number += 1
            item = items[number % len(items)]
            name = "choice" if number % 3 else "facts"
            value = str(chance.randrange(3)) if name == "choice" else f"Fakta {uuid.uuid4()}"
            op_id = str(uuid.uuid4())
            base = told.values.get((item, name), (None, None))[0]
            operation = {
                "op_id": op_id,
                "device": f"device-{share[0]}",
                "seq": number,
                "item": item,
                "field": name,
                "value": value,
                "base_op": base,
                "edition": world.edition,
                "at": "2026-11-21T00:00:00Z",
            }
            content = client.insist(
                f"/assessments/{world.assessment_id}/operations",
                json.dumps({"operations": [operation]}).encode(),
                "application/json",
            )
            if content is None:
                continue
            receipt = json.loads(content)["receipts"][0]
            if receipt["fate"] in {"applied", "repeated"}:
                told.operations[op_id] = value
                told.values[item, name] = (op_id, value)
            else:
                told.wrong.append(f"{op_id}: {receipt}")

    return work


def photo(chance: random.Random) -> bytes:
    """A small picture that no other one equals."""
    colour = tuple(chance.randrange(256) for _ in range(3))
    image = Image.new("RGB", (64, 48), colour)
    for _ in range(20):
        image.putpixel((chance.randrange(64), chance.randrange(48)), (0, 0, 0))
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def _form(fields: dict[str, str], name: str, data: bytes) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    return b"".join(parts) + head.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()


def uploader(client: Client, number: int) -> Callable[[], None]:
    """Hands in one photo after the other."""
    from assessor.evidence.declaration import CURRENT

    world, told = client.world, client.told
    chance = random.Random(1000 + number)

    def work() -> None:
        turn = 0
        while not client.stop.is_set():
            turn += 1
            data = photo(chance)
            fields = {
                "csrf_token": client.browser.token,
                "title": f"Foto {number}-{turn}",
                "kind": "photo",
                "declaration": CURRENT,
            }
            content = client.insist(
                f"/auditees/{world.auditee_id}/evidence/hand-in",
                _form(fields, f"foto-{turn}.jpg", data),
                f"multipart/form-data; boundary={BOUNDARY}",
            )
            if content is None:
                continue
            results: list[dict[str, Any]] = json.loads(content)["results"]
            if results[0].get("id"):
                told.files.add(hashlib.sha256(data).hexdigest())
            else:
                told.wrong.append(f"upload: {results}")

    return work
