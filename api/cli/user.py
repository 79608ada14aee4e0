"""``lianban user``: accounts and tokens, for whoever has a shell on the machine."""

import sys
from dataclasses import asdict
from datetime import timedelta

import click

from api.cli.output import json_option, say, say_json, say_table
from api.cli.session import OPERATOR, opened
from engine.runtime.accounts import ROLES, Account
from workflows.organisation.provisioning import require_no_window


@click.group()
def user() -> None:
    """Accounts and their tokens."""


@user.command("list")
@json_option
def list_accounts(as_json: bool) -> None:
    """List all accounts."""
    with opened() as runtime:
        accounts = runtime.accounts.list()
    if as_json:
        say_json([asdict(account) for account in accounts])
        return
    rows = [
        (item.id, item.name, " ".join(item.roles), " ".join(item.groups), "disabled" if item.disabled else "")
        for item in accounts
    ]
    say_table(("account", "name", "roles", "groups", ""), rows)


@user.command()
@click.argument("account")
@click.option("--name", required=True, help="Name of the person.")
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES), help="May be given several times.")
@click.option("--group", "groups", multiple=True, help="Candidate group; may be given several times.")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
@json_option
def add(account: str, name: str, roles: tuple[str, ...], groups: tuple[str, ...], password_stdin: bool, as_json: bool) -> None:
    """Add ACCOUNT. The password is asked for. An account of a window is opened by a secondment (P19), not here."""
    password = _password(password_stdin)
    with opened() as runtime:
        require_no_window(runtime.registers, account, groups, OPERATOR)
        made = runtime.accounts.create(id=account, name=name, password=password, roles=roles, groups=groups, by=OPERATOR)
    _tell(made, "added", as_json)


@user.command()
@click.argument("account")
@click.option("--enable", is_flag=True, help="Enable it again instead.")
@json_option
def disable(account: str, enable: bool, as_json: bool) -> None:
    """Disable ACCOUNT, which ends its logins and tokens."""
    with opened() as runtime:
        runtime.accounts.set_disabled(account, not enable, OPERATOR)
        found = runtime.accounts.get(account)
    _tell(found, "enabled" if enable else "disabled", as_json)


@user.command()
@click.argument("account")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
@json_option
def password(account: str, password_stdin: bool, as_json: bool) -> None:
    """Give ACCOUNT a new password, which ends its logins."""
    new = _password(password_stdin)
    with opened() as runtime:
        runtime.accounts.set_password(account, new, OPERATOR)
        found = runtime.accounts.get(account)
    _tell(found, "has a new password", as_json)


@user.command()
@click.argument("account")
@click.option("--name", required=True, help="What the token is for.")
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True)
@json_option
def token(account: str, name: str, days: int, as_json: bool) -> None:
    """Issue a bearer token for a program that acts as ACCOUNT. It is shown this once."""
    with opened() as runtime:
        issued, secret = runtime.access_tokens.issue(
            account, purpose="token", name=name, lifetime=timedelta(days=days), by=OPERATOR
        )
    if as_json:
        say_json({**asdict(issued), "secret": secret})
    else:
        say(secret)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    entered: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return entered


def _tell(account: Account, what: str, as_json: bool) -> None:
    if as_json:
        say_json(asdict(account))
    else:
        say(f"{account.id} {what}")
