"""Who belongs to a map."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap.actions.base import Edit, Gone, editing
from argmap.core.kinds import Role, Verb
from argmap.models import ArgumentMap, Membership


def set_member(
    *, actor: User | None, argument_map: ArgumentMap, user: User, role: str
) -> Membership:
    """Make `user` a member with `role`, or change the role that they have.

    To make someone the owner hands the map over: who owned it stays as an editor. Raises
    ValidationError by field.
    """
    if role not in list(Role):
        raise ValidationError({"role": f'"{role}" is not one of {", ".join(Role)}.'})
    with editing(argument_map, actor=actor, verb=Verb.SHARE, needs=Role.OWNER) as edit:
        held = edit.map.memberships.filter(user=user).first()
        if held is not None and held.role == Role.OWNER and role != Role.OWNER:
            raise ValidationError(
                {"role": "A map has one owner: make someone else the owner first."}
            )
        if role == Role.OWNER:
            _step_down(edit, user)
        if held is not None:
            return edit.alter(held, {"role": role})
        return edit.add(Membership(map=edit.map, user=user, role=role))


def remove_member(*, actor: User | None, argument_map: ArgumentMap, user: User) -> None:
    """End a membership; the owner's cannot be ended. Raises ValidationError or Gone."""
    with editing(argument_map, actor=actor, verb=Verb.SHARE, needs=Role.OWNER) as edit:
        held = edit.map.memberships.filter(user=user).first()
        if held is None:
            raise Gone(f"{user.get_username()} is no member any more.")
        if held.role == Role.OWNER:
            raise ValidationError("A map has one owner: make someone else the owner first.")
        edit.remove(held)


def _step_down(edit: Edit, successor: User) -> None:
    """Make the present owner an editor, so that there is one owner at each moment."""
    for owner in edit.map.memberships.filter(role=Role.OWNER).exclude(user=successor):
        edit.alter(owner, {"role": Role.EDITOR})
