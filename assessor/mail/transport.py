"""How does a mail leave the house? By SMTP, to one server, encrypted unless it is on this machine.

A header is made of what we wrote ourselves and of addresses that are nothing but addresses.
"""

import re
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from assessor.jobs.queue import GivenUp, Postponed

SECONDS = 20
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
_PORTS = {"smtp": 25, "smtps": 465}

# What became of a mail: a code, then perhaps what the server said.
NO_ADDRESS = "no-address"
NOT_SET_UP = "not-set-up"
UNKNOWN_LETTER = "unknown-letter"
UNREACHABLE = "unreachable"
UNSAFE = "unsafe"
SIGN_IN = "sign-in"
REFUSED = "refused"
LATER = "later"


class WrongMailUrl(Exception):
    """The setting cannot be read; the message says how it is written."""


class UnsafeHeader(Exception):
    """Something that would become more than one header, or is no address."""


@dataclass(frozen=True)
class MailServer:
    """Where mails are handed in."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: bool = False  # from the first byte on
    starttls: bool = True

    @property
    def encrypted(self) -> bool:
        """Whether nobody on the way reads along."""
        return self.tls or self.starttls

    @classmethod
    def from_url(cls, url: str) -> "MailServer":
        """From `smtp://user:password@host:port?starttls=yes` or `smtps://…`. Raises
        WrongMailUrl."""
        message = "write smtp://user:password@host:port?starttls=yes, or smtps://…"
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS.get(parts.scheme, 0)
        except ValueError as error:
            raise WrongMailUrl(message) from error
        asked = parse_qs(parts.query).get("starttls", [""])[-1]
        if parts.scheme not in _PORTS or not parts.hostname or asked not in {"", "yes", "no"}:
            raise WrongMailUrl(message)
        tls = parts.scheme == "smtps"
        starttls = not tls and (asked == "yes" or (asked == "" and parts.hostname not in LOCAL))
        return cls(
            host=parts.hostname,
            port=port,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            tls=tls,
            starttls=starttls,
        )


def plain_address(address: str) -> str:
    """The address, if it is one and nothing else. Raises UnsafeHeader."""
    if _ADDRESS.fullmatch(address) is None:
        raise UnsafeHeader
    return address


def make_message(
    *, sender: str, to: str, subject: str, text: str, message_id: str, at: datetime
) -> EmailMessage:
    """A plain text mail. Raises UnsafeHeader."""
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in subject + message_id):
        raise UnsafeHeader
    message = EmailMessage(policy=SMTP)
    message["From"] = f"Asesor 8807 <{plain_address(sender)}>"
    message["To"] = plain_address(to)
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{message_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    return message


def _reply(error: smtplib.SMTPResponseException) -> str:
    said = error.smtp_error
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return f"{error.smtp_code} {' '.join(words.split())}"


def _told(code: int, words: str) -> Postponed:
    """What a server's answer means: 4xx is for later, 5xx for good."""
    return GivenUp(f"{REFUSED}: {words}") if code >= 500 else Postponed(f"{LATER}: {words}")


def deliver(server: MailServer, message: EmailMessage) -> None:
    """Hand a mail in. Raises Postponed and GivenUp with what the server said."""
    try:
        with _connect(server) as connection:
            if server.user:
                connection.login(server.user, server.password)
            connection.send_message(message)
    except smtplib.SMTPAuthenticationError as error:
        raise Postponed(f"{SIGN_IN}: {error.smtp_code}") from error
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _told(code, f"{code} {' '.join(said.decode('utf-8', 'replace').split())}") from error
    except smtplib.SMTPResponseException as error:
        raise _told(error.smtp_code, _reply(error)) from error
    except (smtplib.SMTPNotSupportedError, ssl.SSLError) as error:
        raise Postponed(UNSAFE) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Postponed(f"{UNREACHABLE}: {type(error).__name__}") from error


def _connect(server: MailServer) -> smtplib.SMTP:
    if server.tls:
        return smtplib.SMTP_SSL(
            server.host, server.port, timeout=SECONDS, context=ssl.create_default_context()
        )
    connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        if server.starttls:
            connection.starttls(context=ssl.create_default_context())
    except BaseException:
        connection.close()
        raise
    return connection
