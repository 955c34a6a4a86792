"""``onrecord user``: accounts and roles of the site."""

from __future__ import annotations

from typing import Any

import click

from onrecord.errors import InputError

ROLES = ("reader", "editor", "owner")


@click.group(epilog="Example: onrecord user add ada --role editor")
def command() -> None:
    """Make accounts, give roles, hand out API tokens."""


@command.command(epilog="Example: onrecord user add ada --role owner")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="editor", show_default=True, help="reader, editor or owner.")
@click.option("--email", default="", help="For letters from the site.")
@click.option("--full-name", default="", help="As the public history of statements shows it; the NAME otherwise.")
@click.password_option(help="Asked for if not given; at least 10 characters.")
def add(name: str, role: str, email: str, full_name: str, password: str) -> None:
    """Make an account, or give the one of this NAME another role and password."""
    _open()
    user, is_new = save_user(name, password, role, email=email, full_name=full_name)
    click.echo(f"{user.get_username()} is {'now' if is_new else 'again'} {role}.")


@command.command(name="list", epilog="Example: onrecord user list")
def list_users() -> None:
    """Show all accounts with their roles."""
    _open()
    from django.contrib.auth.models import User

    for user in User.objects.order_by("username").prefetch_related("groups"):
        roles = ", ".join(group.name for group in user.groups.all()) or "no role"
        click.echo(f"{user.username}\t{roles}\t{'' if user.is_active else 'closed'}")


@command.command(epilog="Example: onrecord user token ada --for 'our importer'")
@click.argument("name")
@click.option("--for", "purpose", default="command line", show_default=True, help="What the token is for.")
def token(name: str, purpose: str) -> None:
    """Make an API token for an editor or owner. It is shown once."""
    _open()
    from django.contrib.auth.models import User

    from onrecord.site.models import make_token

    user = User.objects.filter(username=name).first()
    if user is None:
        raise InputError(f"There is no account {name!r}. Make it with: onrecord user add {name}")
    _, secret = make_token(user, purpose)
    click.echo(secret)


def save_user(name: str, password: str, role: str, *, email: str = "", full_name: str = "") -> tuple[Any, bool]:
    """Make or change an account.

    Returns:
        The account, and whether it is new.

    Raises:
        InputError: the name or password will not do.
    """
    from django.contrib.auth.models import User
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from onrecord.site.roles import give_role

    with transaction.atomic():
        user, is_new = User.objects.get_or_create(username=name)
        user.email = email or user.email
        user.first_name = full_name[:150] or user.first_name
        try:
            user.clean_fields(exclude=["password"])
            validate_password(password, user)
        except ValidationError as error:
            raise InputError(" ".join(error.messages) + " Choose another.", code="user") from error
        user.set_password(password)
        user.save()
        give_role(user, role)
    return user, is_new


def _open() -> None:
    from onrecord.record.opening import open_record

    open_record()
