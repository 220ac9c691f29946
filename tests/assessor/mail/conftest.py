"""A real mail server on this machine, and an installation that hands its mails in there."""

from __future__ import annotations

import dataclasses
import email
import email.policy
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy.orm import Session

from assessor.jobs.running import run_due


@dataclass
class Handler:
    """Keeps what it is given, or answers what it is told to."""

    got: list[Any] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    recipient: str = "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, _server, _session, envelope):
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.got.append(envelope)
        return answer


@dataclass
class PostOffice:
    """The server, and the mails that arrived there."""

    app: Flask
    handler: Handler
    url: str
    session: Session

    @property
    def mails(self) -> list[EmailMessage]:
        return [
            email.message_from_bytes(each.content, policy=email.policy.default)
            for each in self.handler.got
        ]

    def work(self) -> int:
        """Do the jobs that are due, as a worker of the service does."""
        from assessor.database.extension import db
        from assessor.ui.current import the_clock

        self.session.rollback()  # the test's own session lets go and reads anew afterwards
        with self.app.app_context():
            try:
                return run_due(db.session(), the_clock())
            finally:
                db.session.remove()


@pytest.fixture
def post(app: Flask, session: Session) -> Iterator[PostOffice]:
    """Mail is set up, with a server that really listens."""
    handler = Handler()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    url = f"smtp://127.0.0.1:{port}"
    before = app.extensions["assessor_settings"]
    app.extensions["assessor_settings"] = dataclasses.replace(
        before, mail_url=url, mail_from="asesor@contoh.example"
    )
    yield PostOffice(app, handler, url, session)
    app.extensions["assessor_settings"] = before
    controller.stop()
