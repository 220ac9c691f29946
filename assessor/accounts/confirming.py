"""How does a page ask again who somebody is, before what weighs much?

The password; and of who signs in with two steps a code as well. A form that asks has the fields
`password` and `factor_code`; the second one is taken away for those who need none.
"""

from collections.abc import Callable
from typing import TypeVar

from wtforms import Field, Form

from assessor.access.guard import the_actor
from assessor.accounts.factor_codes import has_factor
from assessor.accounts.identity import the_hashing, the_proving
from assessor.accounts.limits import TooManyAttempts, TooManyCodes
from assessor.accounts.second_step import WrongCode, confirm_person
from assessor.accounts.services import WrongPassword
from assessor.database.extension import db
from assessor.sentences import Refused
from assessor.ui.current import say, the_clock

Done = TypeVar("Done")
AnyForm = TypeVar("AnyForm", bound=Form)

CODE = "factor_code"


def for_signer(form: AnyForm) -> AnyForm:
    """The form with as many fields as this person proves oneself with."""
    if CODE in form and not has_factor(db.session(), the_actor().person_id):
        del form[CODE]
    return form


def is_confirmed(form: Form) -> bool:
    """Whether password and code are the person's own; else the form says what is wrong."""

    def confirm() -> bool:
        confirm_person(
            db.session(),
            the_actor(),
            the_clock(),
            password=form["password"].data or "",
            code=(form[CODE].data or "") if CODE in form else "",
            hashing=the_hashing(),
            proving=the_proving(),
        )
        return True

    return proved(form, form["password"], confirm) is not None


def proved(form: Form, password: Field, act: Callable[[], Done]) -> Done | None:
    """Do what asks for a proof; None when it does not hold, and the form says where."""
    try:
        return act()
    except (WrongCode, TooManyCodes) as refused:
        code = form[CODE] if CODE in form else password  # noqa: SIM401  # a form has no get
        _say_at(code, refused)
        code.data = ""  # it must be another one
    except (WrongPassword, TooManyAttempts) as refused:
        _say_at(password, refused)
    except Refused as refused:
        form.form_errors.append(say(refused.sentence))
    return None


def _say_at(field: Field, refused: Refused) -> None:
    field.errors = [*field.errors, say(refused.sentence)]
