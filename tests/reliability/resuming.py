"""People who hand in files part by part with the official Python client of the tus protocol, while
processes die and their line is cut at any byte."""

from __future__ import annotations

import hashlib
import io
import random
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from PIL import Image
from requests import RequestException
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError
from tusclient.uploader import Uploader

from tests.reliability.clients import Client

PORTION = 24 * 1024
FAULTS = (OSError, HTTPException, RequestException, TusCommunicationError)


def grain() -> bytes:
    """A photograph of some 90 kB that no other one equals."""
    noise = Image.effect_noise((320, 240), 90)
    out = io.BytesIO()
    Image.merge("RGB", (noise, noise.rotate(90).resize((320, 240)), noise)).save(
        out, "JPEG", quality=95
    )
    return out.getvalue()


class Arriving:
    """One file on its way: what was acknowledged of it must never be asked for again."""

    def __init__(self, client: Client, chance: random.Random, name: str) -> None:
        from assessor.evidence.declaration import CURRENT

        self.client, self.chance, self.told = client, chance, client.told
        self.data, self.acknowledged = grain(), 0
        browser = client.browser
        cookies = "; ".join(f"{key}={value}" for key, value in browser.cookies.items())
        self.headers = {
            "Cookie": cookies,
            "X-CSRFToken": browser.token,
            "Accept": "application/json",
            "Connection": "close",
        }
        place = f"http://127.0.0.1:{client.port}/auditees/{client.world.auditee_id}"
        self.uploader: Uploader = TusClient(
            f"{place}/evidence/uploads", headers=self.headers
        ).uploader(
            file_stream=io.BytesIO(self.data),
            chunk_size=PORTION,
            metadata={"filename": name, "kind": "photo", "declaration": CURRENT},
            upload_checksum=chance.random() < 0.5,
        )
        self.uploader.stop_at = len(self.data)

    def send(self) -> None:
        """Until all of it is acknowledged, or nobody answers any more."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                if self.uploader.url and self.chance.random() < 0.2:
                    self.cut()
                self.uploader.offset = self.uploader.get_offset() if self.uploader.url else 0
                self.compare()
                while self.uploader.offset < len(self.data):
                    self.uploader.upload_chunk()
                    self.compare()
            except FAULTS:
                self.told.retries += 1
                time.sleep(0.02)
                continue
            self.told.files.add(hashlib.sha256(self.data).hexdigest())
            return
        self.told.wrong.append("an upload got no answer at all")

    def compare(self) -> None:
        offset = self.uploader.offset
        if offset < self.acknowledged:
            self.told.wrong.append(f"{self.acknowledged} bytes were acknowledged, {offset} stand")
        self.acknowledged = max(self.acknowledged, offset)

    def cut(self) -> None:
        """Announce a portion, send some bytes of it, and hang up."""
        start, size = self.acknowledged, self.chance.randint(1, PORTION)
        portion = self.data[start : start + PORTION]
        with closing(HTTPConnection("127.0.0.1", self.client.port, timeout=20)) as line:
            line.putrequest("PATCH", urlsplit(self.uploader.url).path)
            told = {
                "Tus-Resumable": "1.0.0",
                "Content-Type": "application/offset+octet-stream",
                "Upload-Offset": str(start),
                "Content-Length": str(len(portion) + 1),
            }
            for name, value in (self.headers | told).items():
                line.putheader(name, value)
            line.endheaders(portion[:size])


def resumer(client: Client, number: int) -> Callable[[], None]:
    """Hands in one photo after the other, part by part."""
    chance = random.Random(2000 + number)

    def work() -> None:
        turn = 0
        while not client.stop.is_set():
            turn += 1
            Arriving(client, chance, f"foto-{number}-{turn}.jpg").send()

    return work


def finish_the_rest(world: object) -> None:
    """What those who died with the last byte have left to jobs."""
    from datetime import UTC, datetime, timedelta

    from assessor.database.extension import db
    from assessor.jobs.running import run_due

    with world.app.app_context():  # type: ignore[attr-defined]
        run_due(db.session(), lambda: datetime.now(UTC) + timedelta(minutes=5))
        db.session.remove()
