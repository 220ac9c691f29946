"""What does the message say with which a link is handed over?

In the language of the person who gets it, to be copied into WhatsApp or read aloud.
"""

from flask_babel import force_locale
from flask_babel import gettext as _

from assessor.accounts.inviting import Made
from assessor.accounts.models import LinkPurpose, Person
from assessor.ui.formats import Zone, moment


def link_address(secret: str, *, base_url: str) -> str:
    """Where the link leads."""
    return f"{base_url}/account-link/{secret}"


def hand_over(person: Person, made: Made, *, base_url: str) -> str:
    """The whole message."""
    with force_locale(person.language):
        until = moment(made.expires_at, Zone(person.time_zone.value), person.language)
        if made.purpose is LinkPurpose.invitation:
            greeting = _("Halo %(name)s, Anda mendapat akun di Asesor 8807.", name=person.name)
            what = _("Buat kata sandi Anda sendiri lewat tautan ini:")
        else:
            greeting = _(
                "Halo %(name)s, ini tautan untuk kata sandi baru Anda di Asesor 8807.",
                name=person.name,
            )
            what = _("Buat kata sandi baru Anda sendiri lewat tautan ini:")
        return "\n".join(
            (
                greeting,
                _("Nama masuk: %(name)s", name=person.user_name),
                what,
                link_address(made.secret, base_url=base_url),
                _("Berlaku satu kali, sampai %(until)s.", until=until),
                _("Jangan teruskan pesan ini kepada siapa pun."),
            )
        )
