from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from argmap import actions
from argmap.core.kinds import Role, Visibility
from argmap.models import ArgumentMap, Change, Membership


def test_who_makes_a_map_owns_it_and_it_is_private(analyst: User) -> None:
    made = actions.create_map(actor=analyst, title="Rice & fish", issue="Which?")

    assert (made.slug, made.visibility, made.version) == ("rice-fish", Visibility.PRIVATE, 1)
    assert made.memberships.get().role == Role.OWNER
    assert Change.objects.get(map=made).items.count() == 2


def test_a_taken_slug_is_numbered_not_told(analyst: User, outsider: User) -> None:
    actions.create_map(actor=analyst, title="Secret plan")

    made = actions.create_map(actor=outsider, title="Secret plan")

    assert made.slug == "secret-plan-2"


def test_a_title_without_letters_still_gets_an_address(analyst: User) -> None:
    assert actions.create_map(actor=analyst, title="&!").slug == "map"


def test_an_editor_rewords_but_only_the_owner_opens(
    a_map: ArgumentMap, editor: User, analyst: User
) -> None:
    actions.edit_map(actor=editor, argument_map=a_map, title="Close it")
    reserved: list[dict[str, Any]] = [
        {"visibility": "public"},
        {"marking": "TLP:RED"},
        {"slug": "mine"},
    ]
    for fields in reserved:
        with pytest.raises(PermissionDenied):
            actions.edit_map(actor=editor, argument_map=a_map, **fields)
    actions.edit_map(actor=analyst, argument_map=a_map, visibility="public")

    a_map.refresh_from_db()
    assert (a_map.title, a_map.visibility) == ("Close it", "public")


def test_a_deleted_map_leaves_its_log(a_map: ArgumentMap, analyst: User, editor: User) -> None:
    logged = Change.objects.count()
    with pytest.raises(PermissionDenied):
        actions.delete_map(actor=editor, argument_map=a_map)

    actions.delete_map(actor=analyst, argument_map=a_map)

    assert not ArgumentMap.objects.exists()
    assert Change.objects.filter(map=None, map_slug="harbour").count() == logged + 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"marking": "TLP:PINK"}, "marking"),
        ({"visibility": "all"}, "visibility"),
        ({"issue": "?" * 2000}, "issue"),
        ({"version": 99}, "version"),
    ],
)
def test_bad_fields_are_named(
    a_map: ArgumentMap, analyst: User, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        actions.edit_map(actor=analyst, argument_map=a_map, **fields)

    assert list(caught.value.message_dict) == [field]


def test_to_make_someone_the_owner_hands_the_map_over(
    a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    actions.set_member(actor=analyst, argument_map=a_map, user=editor, role=Role.OWNER)

    roles = dict(a_map.memberships.values_list("user__username", "role"))
    assert (roles["editor"], roles["analyst"]) == (Role.OWNER, Role.EDITOR)
    with pytest.raises(PermissionDenied):
        actions.remove_member(actor=analyst, argument_map=a_map, user=editor)


def test_the_owner_neither_leaves_nor_steps_down_alone(a_map: ArgumentMap, analyst: User) -> None:
    with pytest.raises(ValidationError, match="one owner"):
        actions.set_member(actor=analyst, argument_map=a_map, user=analyst, role=Role.VIEWER)
    with pytest.raises(ValidationError, match="one owner"):
        actions.remove_member(actor=analyst, argument_map=a_map, user=analyst)


def test_the_database_itself_refuses_a_second_owner(a_map: ArgumentMap, editor: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(map=a_map, user=editor).update(role=Role.OWNER)


def test_members_count_as_activity_not_as_a_version(
    a_map: ArgumentMap, analyst: User, outsider: User
) -> None:
    version, activity = a_map.version, a_map.activity

    actions.set_member(actor=analyst, argument_map=a_map, user=outsider, role=Role.VIEWER)
    actions.remove_member(actor=analyst, argument_map=a_map, user=outsider)

    assert (a_map.version, a_map.activity) == (version, activity + 2)


def test_actors_who_leave_stay_in_the_log_as_a_name(a_map: ArgumentMap, editor: User) -> None:
    actions.edit_map(actor=editor, argument_map=a_map, summary="Short.")
    editor.delete()

    change = Change.objects.filter(map=a_map).latest("activity")
    assert (change.actor, change.actor_name) == (None, "editor")
