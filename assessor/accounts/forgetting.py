"""What happens when somebody says to have forgotten the password?

The answer is the same whoever asks for whom: a name that nobody has, a person without a mail
address and one with it are one journal entry each, and the same page. Only for the last one a job
is put into the queue, and the link is made when it is done.
"""

from sqlalchemy.orm import Session

from assessor.access.actor import NOBODY, Actor
from assessor.accounts.events import UNKNOWN, LinkAsked
from assessor.accounts.inviting import LINK, mail_of
from assessor.accounts.limits import Attempts
from assessor.accounts.models import Person
from assessor.accounts.names import fold_user_name
from assessor.accounts.queries import get_person, person_named
from assessor.accounts.reach import ensure_reaches_person
from assessor.journal.work import Clock, write
from assessor.mail.letters import send_letter
from assessor.sentences import NotPermitted, Refused, Sentence


def ask_for_link(session: Session, clock: Clock, *, user_name: str, attempts: Attempts) -> None:
    """Ask for a link by mail, from outside. Raises TooManyAttempts."""
    name = fold_user_name(user_name)
    attempts.reserve_forgotten(session, clock, account=name)
    with write(session, NOBODY, clock) as work:
        person = person_named(session, name)
        reached = person is not None and person.disabled_at is None and mail_of(person) is not None
        if person is not None and reached:
            send_letter(work, letter=LINK, person_id=person.id)
        work.record(
            LinkAsked(subject=person.id if person is not None else UNKNOWN, origin=attempts.origin)
        )


def send_link(session: Session, actor: Actor, clock: Clock, *, person_id: str) -> None:
    """An administrator lets a link be sent to somebody. Raises Refused and NotPermitted."""
    if person_id == actor.person_id:
        raise NotPermitted(
            Sentence("Kata sandi Anda sendiri diganti di halaman profil, atau lewat surel.")
        )
    with write(session, actor, clock) as work:
        ensure_reaches_person(session, actor, person_id)
        _ensure_reachable_by_mail(get_person(session, person_id))
        send_letter(work, letter=LINK, person_id=person_id)
        work.record(LinkAsked(subject=person_id, origin=""))


def _ensure_reachable_by_mail(person: Person) -> None:
    if person.disabled_at is not None:
        raise Refused(Sentence("Akun ini nonaktif. Aktifkan dulu, lalu buat tautannya."))
    if mail_of(person) is None:
        raise Refused(Sentence("Orang ini tidak punya alamat surel. Kirim lewat WhatsApp saja."))
