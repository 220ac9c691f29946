"""The application as it is served, or, asked by RELIABILITY_FAULT, built wrongly on purpose: the
kill test must find each of these faults, or it would not find a real one."""

from __future__ import annotations

import io
import json
import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO

from assessor.app.factory import create_app
from assessor.journal.work import Work
from assessor.settings import read_settings
from evidence_store.contract import Digest, Staged
from evidence_store.local import LocalStore
from evidence_store.store import store_from_url

# long enough that a kill falls into it
LATER = 0.25


def answer_before_commit(wsgi: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """What a queue in memory does: say yes, write it down afterwards."""

    def serve(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if not environ["PATH_INFO"].endswith("/operations"):
            return wsgi(environ, start)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ = {**environ, "wsgi.input": io.BytesIO(body)}

        def write_down() -> None:
            time.sleep(LATER)
            for _ in wsgi(environ, lambda *_: lambda _: None):
                pass

        threading.Thread(target=write_down).start()
        receipts = [
            {"op_id": each["op_id"], "fate": "applied"} for each in json.loads(body)["operations"]
        ]
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"receipts": receipts}).encode()]

    return serve


class RowBeforeFile(LocalStore):
    """Says that a file is kept, and keeps it when the row is long there."""

    def keep(self, staged: Staged) -> Digest:
        aside = staged.path.with_suffix(".later")
        staged.path.rename(aside)
        later = Staged(aside, staged.digest, staged.size)
        threading.Timer(LATER, super().keep, [later]).start()
        return staged.digest

    def keep_bytes(self, data: bytes) -> Digest:
        return self.keep(self.stage(io.BytesIO(data), limit=len(data)))

    def open(self, digest: Digest) -> BinaryIO:
        return super().open(digest)


def finish_in_two_transactions(work: Work) -> None:
    """Commit the rows, then write their entries."""
    work.session.flush()
    work.finished = True
    work.session.commit()
    time.sleep(LATER / 5)
    _finish(work)


_finish = Work.finish
_fault = os.environ.get("RELIABILITY_FAULT", "")
_settings = read_settings()
_store = (
    RowBeforeFile(Path(_settings.evidence_url))
    if _fault == "row-before-file"
    else store_from_url(_settings.evidence_url)
)
app: Any = create_app(_settings, store=_store)
if _fault == "two-transactions":
    Work.finish = finish_in_two_transactions  # type: ignore[method-assign]
if _fault == "answer-before-commit":
    app.wsgi_app = answer_before_commit(app.wsgi_app)
