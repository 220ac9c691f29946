"""Buckets to keep evidence in: one pretended in this process, one of a real Ceph Object Gateway.

The pretended one is quick and knows the whole interface, but accepts any signature. What a
signature, a condition or a lock is worth is shown by the real one, in `make check-long`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from evidence_store.objects import Place, S3Store
from tests.bench.server import free_port

BUCKET = "evidence"
PROGRAMS = (
    "ceph-mon",
    "ceph-osd",
    "ceph-authtool",
    "monmaptool",
    "radosgw",
    "radosgw-admin",
    "ceph",
)
MISSING = [name for name in PROGRAMS if shutil.which(name) is None]


@contextmanager
def pretended(tmp_path: Path, *, versioned: bool = True, lock: bool = False) -> Iterator[S3Store]:
    """A store in a bucket that lives in this process."""
    from moto import mock_aws

    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setenv("AWS_ACCESS_KEY_ID", "key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("TMPDIR", str(tmp_path))
        patch.setattr("tempfile.tempdir", None)
        store = S3Store(Place(bucket=BUCKET, prefix="bukti/", retention_days=1 if lock else 0))
        make_bucket(store, versioned=versioned, lock=lock)
        yield store
        store._s3.close()


def make_bucket(store: S3Store, *, versioned: bool = True, lock: bool = False) -> None:
    store._s3.create_bucket(Bucket=store._place.bucket, ObjectLockEnabledForBucket=lock)
    if versioned and not lock:
        store._s3.put_bucket_versioning(
            Bucket=store._place.bucket, VersioningConfiguration={"Status": "Enabled"}
        )


def make_old(store: S3Store, digest: str) -> None:
    """Let a kept file of the pretended bucket be three days old."""
    from datetime import timedelta

    from moto.s3.models import s3_backends

    for backend in s3_backends["123456789012"].values():
        for bucket in backend.buckets.values():
            for key, found in bucket.keys.items():
                if key.endswith(digest):
                    found.last_modified -= timedelta(days=3)


@dataclass(frozen=True)
class Gateway:
    """A running Ceph Object Gateway."""

    endpoint: str
    environment: dict[str, str]

    def store(self, bucket: str, **facts: Any) -> S3Store:
        return S3Store(Place(bucket=bucket, prefix="bukti/", endpoint=self.endpoint, **facts))


@contextmanager
def gateway(folder: Path) -> Iterator[Gateway]:
    """One monitor, one daemon that keeps objects in memory, one gateway, all on 127.0.0.1."""
    mon, rgw = free_port(), free_port()
    ceph = _Ceph(folder, mon, rgw)
    try:
        ceph.start()
        user = ceph.ask(
            "radosgw-admin", "user", "create", "--uid", "assessor", "--display-name", "assessor"
        )
        keys = json.loads(user[user.index("{") :])["keys"][0]
        yield Gateway(
            f"http://127.0.0.1:{rgw}",
            {"AWS_ACCESS_KEY_ID": keys["access_key"], "AWS_SECRET_ACCESS_KEY": keys["secret_key"]},
        )
    finally:
        ceph.stop()


class _Ceph:
    def __init__(self, folder: Path, mon: int, rgw: int) -> None:
        self.folder, self.rgw = folder, rgw
        self.running: list[subprocess.Popen[bytes]] = []
        self.conf, self.ring = folder / "ceph.conf", folder / "keyring"
        fsid = "8807a5e5-0000-4000-8000-000000008807"
        self.fsid, self.mon = fsid, f"[v2:127.0.0.1:{mon}]"
        self.conf.write_text(
            f"""[global]
fsid = {fsid}
mon host = {self.mon}
public addr = 127.0.0.1
cluster addr = 127.0.0.1
keyring = {self.ring}
run dir = {folder}
admin socket = {folder}/$name.asok
log file = {folder}/$name.log
mon data = {folder}/mon
osd data = {folder}/osd
osd objectstore = memstore
memstore device bytes = 1073741824
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon pg warn min per osd = 0
ms bind ipv6 = false
rgw enable usage log = false
rgw gc max objs = 3
rgw thread pool size = 16
[client.rgw.a]
rgw frontends = beast endpoint=127.0.0.1:{rgw}
"""
        )

    def ask(self, *command: str) -> str:
        done = subprocess.run(
            [command[0], "-c", str(self.conf), "-k", str(self.ring), *command[1:]],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    def run(self, *command: str) -> None:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, f"{command}: {done.stderr}"

    def serve(self, *command: str) -> None:
        log = (self.folder / f"{command[0]}.out").open("wb")
        with log:
            self.running.append(
                subprocess.Popen(
                    [command[0], "-f", "-c", str(self.conf), *command[1:]], stdout=log, stderr=log
                )
            )

    def start(self) -> None:
        caps = ["--cap", "mon", "allow *", "--cap", "osd", "allow *", "--cap", "mgr", "allow *"]
        for name in ("mon.", "client.admin", "osd.0", "client.rgw.a"):
            create = [] if self.ring.exists() else ["--create-keyring"]
            self.run("ceph-authtool", *create, str(self.ring), "--gen-key", "-n", name, *caps)
        monmap = str(self.folder / "monmap")
        self.run("monmaptool", "--create", "--fsid", self.fsid, "--addv", "a", self.mon, monmap)
        (self.folder / "mon").mkdir()
        self.run("ceph-mon", "-c", str(self.conf), "--mkfs", "-i", "a", "--monmap", monmap,
                 "--keyring", str(self.ring))  # fmt: skip
        self.serve("ceph-mon", "-i", "a")
        self.ask("ceph", "osd", "new", "8807a5e5-0000-4000-8000-000000000000", "0")
        (self.folder / "osd").mkdir()
        self.run("ceph-osd", "-c", str(self.conf), "--mkfs", "-i", "0", "--osd-uuid",
                 "8807a5e5-0000-4000-8000-000000000000")  # fmt: skip
        self.serve("ceph-osd", "-i", "0")
        self.serve("radosgw", "-n", "client.rgw.a", "-k", str(self.ring))
        until = time.monotonic() + 90
        while not self._answers():
            assert all(each.poll() is None for each in self.running), "a part of Ceph has ended"
            assert time.monotonic() < until, "the gateway does not answer"
            time.sleep(0.2)

    def _answers(self) -> bool:
        with closing(HTTPConnection("127.0.0.1", self.rgw, timeout=5)) as connection:
            try:
                connection.request("GET", "/")
                return connection.getresponse().status == 200
            except OSError:
                return False

    def stop(self) -> None:
        for process in reversed(self.running):
            process.kill()
            process.wait()
