"""What is an owner told by mail about the second step? That it changed; never a secret."""

from __future__ import annotations

import pytest

from assessor.access.actor import SYSTEM
from assessor.accounts.second_factor import reset_factor
from assessor.accounts.services import choose_language
from assessor.accounts.totp import letters_of
from tests.assessor.accounts.factors import give_phone
from tests.builders import actor_for, make_person


@pytest.mark.parametrize(
    ("language", "subjects"),
    [
        ("id", ["Masuk dua langkah dinyalakan", "Masuk dua langkah disetel ulang"]),
        ("en", ["Two-step sign-in switched on", "Two-step sign-in reset"]),
    ],
)
def test_on_and_reset_are_told_in_the_owners_language(session, clock, post, language, subjects):
    person = make_person(session, clock, user_name="sari@contoh.example")
    choose_language(session, actor_for(session, clock, person), clock, language=language)
    phone = give_phone(session, clock, person)
    clock.forward(minutes=1)
    reset_factor(session, SYSTEM, clock, person_id=person.id)
    assert post.work() == 2
    assert [mail["Subject"] for mail in post.mails] == subjects
    for mail in post.mails:
        text = mail.get_content()
        assert letters_of(phone.secret) not in text
        assert not any(code in text for code in phone.recovery)
        assert "administrator" in text  # whom to ask, if it was somebody else
