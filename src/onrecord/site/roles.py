"""Who may do what. A role is a Django group; an owner may do all that an editor may.

=======================================  ======  ======  =====
power                                    reader  editor  owner
=======================================  ======  ======  =====
read every page, feed and the API        yes     yes     yes
review, correct, withdraw statements             yes     yes
join and part people                             yes     yes
submit pages, save topics                        yes     yes
feeds, imports, outlets' licences                        yes
API tokens with write powers                     yes     yes
=======================================  ======  ======  =====
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

READER, EDITOR, OWNER = "reader", "editor", "owner"
ROLES = (READER, EDITOR, OWNER)

AnyUser = AbstractBaseUser | AnonymousUser
View = Callable[..., HttpResponseBase]


def give_role(user: User, role: str) -> None:
    """Give a user this role and no other."""
    if role not in ROLES:
        raise ValueError(f"{role!r} is no role. Choose one of {', '.join(ROLES)}.")
    for name in ROLES:
        Group.objects.get_or_create(name=name)
    user.groups.remove(*Group.objects.filter(name__in=ROLES))
    user.groups.add(Group.objects.get(name=role))


def is_editor(user: AnyUser) -> bool:
    return _has(user, {EDITOR, OWNER})


def is_owner(user: AnyUser) -> bool:
    return _has(user, {OWNER})


def editors_only(view: View) -> View:
    """A view for editors: others are asked to sign in, those signed in without the role are refused."""
    return _only(is_editor, view)


def owners_only(view: View) -> View:
    return _only(is_owner, view)


def _only(allowed: Callable[[AnyUser], bool], view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if allowed(request.user):
            return view(request, *args, **kwargs)
        if request.user.is_authenticated:
            raise PermissionDenied("Your role does not allow this. Ask an owner of this site.")
        return redirect_to_login(request.get_full_path())

    return guarded


def _has(user: AnyUser, roles: set[str]) -> bool:
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.is_superuser:
        return True
    # Asked several times a page; kept on the user object, which lives as long as the request.
    names = user.__dict__.setdefault("_onrecord_roles", set(user.groups.values_list("name", flat=True)))
    return not roles.isdisjoint(names)
