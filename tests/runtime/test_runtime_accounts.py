"""Accounts, logins and tokens: who may come in, and what is kept of them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.accounts import Account
from engine.runtime.tables import access_token, account, audit
from tests.runtime.halls import Hall

ADMIN = Actor("admin")
PASSWORD = "correct horse"


def create(hall: Hall, id: str = "li.na", **options: object) -> Account:
    given: dict[str, object] = {"name": "李娜", "password": PASSWORD, "roles": ["clerk"], "groups": ["window-health"]}
    return hall.runtime.accounts.create(id=id, by=ADMIN, **{**given, **options})  # type: ignore[arg-type]


def test_an_account_logs_in_with_its_password_only(hall: Hall) -> None:
    made = create(hall)
    assert made == Account("li.na", "李娜", ("clerk",), ("window-health",), disabled=False)
    assert made.actor == Actor("li.na", ("window-health",))
    assert hall.runtime.accounts.authenticate("li.na", PASSWORD) == made
    for name, password in (("li.na", "wrong"), ("nobody", PASSWORD), ("li.na", ""), ("nul\x00", "x"), ("\ud800", "x")):
        with pytest.raises(Rejection) as caught:
            hall.runtime.accounts.authenticate(name, password)
        assert caught.value.code == "credentials-wrong"


def test_a_password_is_kept_as_an_argon2_hash(hall: Hall) -> None:
    create(hall)
    with hall.runtime.database.read() as connection:
        stored = connection.execute(select(account.c.password_hash)).scalar_one()
    assert stored.startswith("$argon2id$")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"id": "Li"}, "account-id-invalid"),
        ({"id": "x"}, "account-id-invalid"),
        ({"id": "system:x"}, "account-id-invalid"),
        ({"id": "x" * 65}, "account-id-invalid"),
        ({"roles": ["king"]}, "account-role-unknown"),
        ({"password": "short"}, "password-too-weak"),
    ],
)
def test_what_an_account_must_be(hall: Hall, options: dict[str, object], code: str) -> None:
    with pytest.raises(Rejection) as caught:
        create(hall, **options)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert hall.runtime.accounts.list() == []


def test_an_account_exists_once(hall: Hall) -> None:
    create(hall)
    with pytest.raises(Rejection) as caught:
        create(hall)
    assert caught.value.code == "account-already-exists"


def test_changes_take_effect_and_are_in_the_audit_log(hall: Hall) -> None:
    create(hall)
    accounts = hall.runtime.accounts
    accounts.set_roles("li.na", ["supervisor", "clerk"], ADMIN)
    accounts.set_groups("li.na", ["committee"], ADMIN)
    accounts.set_name("li.na", "李娜娜", ADMIN)
    accounts.set_password("li.na", "another password", ADMIN)
    assert accounts.get("li.na") == Account("li.na", "李娜娜", ("clerk", "supervisor"), ("committee",), disabled=False)
    assert accounts.authenticate("li.na", "another password").id == "li.na"
    with hall.runtime.database.read() as connection:
        rows = connection.execute(select(audit.c.action, audit.c.actor_id, audit.c.detail).order_by(audit.c.id)).all()
    assert [row.action for row in rows] == ["CreateAccount", "SetRoles", "SetGroups", "RenameAccount", "SetPassword"]
    assert {row.actor_id for row in rows} == {"admin"}
    assert "another password" not in str(rows)


def test_groups_know_their_enabled_members(hall: Hall) -> None:
    create(hall)
    create(hall, "wang")
    create(hall, "zhao", groups=["committee"])
    hall.runtime.accounts.set_disabled("wang", True, ADMIN)
    assert hall.runtime.accounts.in_group("window-health") == ["li.na"]
    assert [found.id for found in hall.runtime.accounts.list()] == ["li.na", "wang", "zhao"]


def test_a_disabled_account_is_out_at_once(hall: Hall) -> None:
    create(hall)
    tokens = hall.runtime.access_tokens
    _, session = tokens.issue("li.na", purpose="session", name="login", lifetime=timedelta(hours=1), by=ADMIN)
    _, program = tokens.issue("li.na", purpose="token", name="script", lifetime=None, by=ADMIN)
    hall.runtime.accounts.set_disabled("li.na", True, ADMIN)
    assert tokens.account(session, "session") is None
    assert tokens.account(program, "token") is None
    with pytest.raises(Rejection):
        hall.runtime.accounts.authenticate("li.na", PASSWORD)
    hall.runtime.accounts.set_disabled("li.na", False, ADMIN)
    assert hall.runtime.accounts.authenticate("li.na", PASSWORD).id == "li.na"
    assert tokens.account(session, "session") is None


def test_a_token_is_recognised_until_it_expires_or_is_revoked(hall: Hall) -> None:
    create(hall)
    tokens = hall.runtime.access_tokens
    token, secret = tokens.issue("li.na", purpose="token", name="script", lifetime=timedelta(days=1), by=ADMIN)
    found = tokens.account(secret, "token")
    assert found is not None
    assert found.id == "li.na"
    assert tokens.account(secret, "session") is None
    assert tokens.account("lianban_guess", "token") is None
    hall.now += timedelta(days=1)
    assert tokens.account(secret, "token") is None
    lasting, secret = tokens.issue("li.na", purpose="token", name="other", lifetime=None, by=ADMIN)
    assert [known.name for known in tokens.of_account("li.na")] == ["script", "other"]
    assert tokens.of_account("li.na")[0] == token
    tokens.revoke(lasting.id, ADMIN)
    assert tokens.account(secret, "token") is None
    with pytest.raises(Rejection):
        tokens.revoke(lasting.id, ADMIN)


def test_logging_out_ends_one_session_and_a_new_password_all_of_them(hall: Hall) -> None:
    create(hall)
    tokens = hall.runtime.access_tokens
    secrets = [
        tokens.issue("li.na", purpose="session", name="login", lifetime=timedelta(hours=1), by=ADMIN)[1] for _ in range(2)
    ]
    tokens.close_session(secrets[0], ADMIN)
    tokens.close_session(secrets[0], ADMIN)
    assert [tokens.account(secret, "session") is None for secret in secrets] == [True, False]
    hall.runtime.accounts.set_password("li.na", "another password", ADMIN)
    assert tokens.account(secrets[1], "session") is None


def test_only_the_digest_of_a_secret_is_stored(hall: Hall) -> None:
    create(hall)
    _, secret = hall.runtime.access_tokens.issue("li.na", purpose="token", name="x", lifetime=None, by=ADMIN)
    with hall.runtime.database.read() as connection:
        stored = connection.execute(select(access_token)).one()
    assert secret not in str(stored)
    with pytest.raises(Rejection):
        hall.runtime.access_tokens.issue("nobody", purpose="token", name="x", lifetime=None, by=ADMIN)
