"""Which settings does this installation run with, and are they fit for their purpose?

Settings come from the environment, are read once, and never change afterwards. Nothing else in
the product reads the environment.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from assessor.secret_keys import MAKE_KEY, weakness
from evidence_store.scanning import WrongScanner, scanner_from_url


class Mode(StrEnum):
    """What the installation is for. Demo and test accept what production refuses."""

    demo = "demo"
    production = "production"
    test = "test"


class WrongSettings(Exception):
    """The settings contradict each other or are too weak; the message lists every problem."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All that an installation can be told from outside. Sizes in bytes, times in seconds."""

    mode: Mode
    instance: Path
    database_url: str
    evidence_url: str
    secret_key: str
    checkpoint_key: Path
    base_url: str
    upload_limit: int = 20 * 1024 * 1024
    session_idle: int = 30 * 60
    session_absolute: int = 10 * 3600
    session_idle_shared: int = 10 * 60
    trusted_proxies: int = 0
    password_memory_kib: int = 19 * 1024
    mail_url: str = ""
    mail_from: str = ""
    scanner_url: str = ""
    former_secret_keys: tuple[str, ...] = ()

    @property
    def demo(self) -> bool:
        """Whether demonstration data may exist here (marked on every page)."""
        return self.mode is Mode.demo

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies are sent over https only."""
        return self.base_url.startswith("https://")


# name in the environment → what it means; the README and `assessor settings` are made from it
EXPLAINED: Mapping[str, str] = {
    "ASSESSOR_MODE": "demo (default), production or test",
    "ASSESSOR_INSTANCE": "folder for what the installation keeps; default: instance/",
    "ASSESSOR_DATABASE_URL": "default: SQLite in the instance folder; postgresql+psycopg://… else",
    "ASSESSOR_EVIDENCE_URL": (
        "where evidence is kept: a folder (default: evidence/ in the instance folder), or "
        "s3://bucket/prefix?endpoint=https://…&region=…&retention_days=…"
    ),
    "ASSESSOR_SCANNER_URL": "clamd://host:3310 or clamd:///path/to/socket; empty: no virus scanner",
    "ASSESSOR_SECRET_KEY": "random key for cookies, 32 or more characters; required outside demo",
    "ASSESSOR_FORMER_SECRET_KEYS": "earlier secret keys, spaces between them: only read with",
    "ASSESSOR_CHECKPOINT_KEY": "file with the Ed25519 key that signs checkpoints of the journal",
    "ASSESSOR_BASE_URL": "address people use; https outside demo, printed in reports and QR codes",
    "ASSESSOR_UPLOAD_LIMIT_MB": "largest evidence file in MB; default 20",
    "ASSESSOR_SESSION_IDLE_MINUTES": "sign-in ends after so many idle minutes; default 30",
    "ASSESSOR_SESSION_HOURS": "sign-in ends after so many hours in any case; default 10",
    "ASSESSOR_MAIL_URL": "smtp://user:password@host:port?starttls=yes or smtps://…; empty: no mail",
    "ASSESSOR_MAIL_FROM": "sender of mails; default: asesor@ and the host of the base URL",
    "ASSESSOR_TRUSTED_PROXIES": "proxies in front (X-Forwarded-*); default 0, production 1 or more",
}


def _number(environ: Mapping[str, str], name: str, default: int, problems: list[str]) -> int:
    raw = environ.get(name, "")
    if not raw:
        return default
    if not raw.isdecimal():
        problems.append(f"{name} must be a whole number, not {raw!r}")
        return default
    return int(raw)


def _demo_secret(instance: Path) -> str:
    """Keep one random key per demo installation, so that two workers share their sign-ins."""
    file = instance / "demo-secret"
    if not file.exists():
        instance.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32))
    return file.read_text().strip()


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check the settings. Raises WrongSettings naming every problem at once."""
    environ = os.environ if environ is None else environ
    problems: list[str] = []
    raw_mode = environ.get("ASSESSOR_MODE", "demo")
    if raw_mode not in set(Mode):
        message = f"ASSESSOR_MODE must be demo, production or test, not {raw_mode!r}"
        raise WrongSettings(message)
    mode = Mode(raw_mode)
    instance = Path(environ.get("ASSESSOR_INSTANCE", "instance")).absolute()
    secret = environ.get("ASSESSOR_SECRET_KEY", "")
    if not secret and mode is Mode.demo:
        secret = _demo_secret(instance)
    if weak := weakness(secret, strictly=mode is Mode.production):
        problems.append(f"ASSESSOR_SECRET_KEY {weak}; make one with: {MAKE_KEY}")
    former = tuple(environ.get("ASSESSOR_FORMER_SECRET_KEYS", "").split())
    if any(len(each) < 32 for each in former):
        problems.append("ASSESSOR_FORMER_SECRET_KEYS must hold keys of at least 32 characters")
    base_url = environ.get("ASSESSOR_BASE_URL", "http://127.0.0.1:8807").rstrip("/")
    if mode is Mode.production and not base_url.startswith("https://"):
        problems.append("ASSESSOR_BASE_URL must start with https:// in production")
    settings = Settings(
        mode=mode,
        instance=instance,
        database_url=environ.get("ASSESSOR_DATABASE_URL", f"sqlite:///{instance / 'assessor.db'}"),
        evidence_url=environ.get("ASSESSOR_EVIDENCE_URL", str(instance / "evidence")),
        secret_key=secret,
        checkpoint_key=Path(
            environ.get("ASSESSOR_CHECKPOINT_KEY", str(instance / "checkpoint.key"))
        ).absolute(),
        base_url=base_url,
        upload_limit=_number(environ, "ASSESSOR_UPLOAD_LIMIT_MB", 20, problems) * 1024 * 1024,
        session_idle=_number(environ, "ASSESSOR_SESSION_IDLE_MINUTES", 30, problems) * 60,
        session_absolute=_number(environ, "ASSESSOR_SESSION_HOURS", 10, problems) * 3600,
        trusted_proxies=_number(environ, "ASSESSOR_TRUSTED_PROXIES", 0, problems),
        scanner_url=environ.get("ASSESSOR_SCANNER_URL", ""),
        mail_url=environ.get("ASSESSOR_MAIL_URL", ""),
        mail_from=environ.get("ASSESSOR_MAIL_FROM", "") or f"asesor@{urlsplit(base_url).hostname}",
        former_secret_keys=former,
    )
    try:
        scanner_from_url(settings.scanner_url)
    except WrongScanner as error:
        problems.append(f"ASSESSOR_SCANNER_URL: {error}")
    if problems:
        raise WrongSettings("; ".join(problems))
    return settings
