"""Accounts and groups: superusers' pages, and what groups may touch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.urls import reverse

from argmap.groups import PERMISSIONS, make_groups
from argmap.models import ArgumentMap, Change, Membership
from tests.cast import person

Desks = Callable[[User], Any]


PAGES = ["user_changelist", "user_add", "group_changelist", "group_add"]


@pytest.fixture
def keeper(db: None) -> User:
    """An administrator: of the group, and no superuser."""
    found = person("keeper", is_staff=True)
    found.groups.add(Group.objects.get(name="Administrators"))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_accounts_are_for_administrators(
    desk: Desks, analyst: User, keeper: User, admin: User, page: str
) -> None:
    address = reverse(f"admin:auth_{page}")
    got = [desk(each).client.get(address).status_code for each in (analyst, keeper, admin)]
    assert got == [403, 200, 200]


def test_an_administrator_neither_sees_a_superuser_nor_becomes_one(
    desk: Desks, keeper: User, admin: User, viewer: User
) -> None:
    at_work = desk(keeper).client
    listed = at_work.get(reverse("admin:auth_user_changelist")).context["cl"].result_list
    assert {each.username for each in listed} == {"keeper", "viewer"}
    for name in ("user_change", "user_password_change", "user_delete", "user_history"):
        answer = at_work.get(reverse(f"admin:auth_{name}", args=[admin.pk]), follow=True)
        assert admin.email not in answer.content.decode()
    for each in (keeper, viewer):
        page = at_work.get(reverse("admin:auth_user_change", args=[each.pk]))
        forged = {"is_superuser": "on", "user_permissions": Permission.objects.latest("pk").pk}
        sent = desk(keeper).send(page, first_name="Changed", **forged)
        assert sent.status_code == 200
        each.refresh_from_db()
        assert (each.first_name, each.is_superuser) == ("Changed", False)
        assert not each.user_permissions.exists()


def test_an_administrator_switches_accounts_off_and_deletes_none(
    desk: Desks, keeper: User, viewer: User
) -> None:
    address = reverse("admin:auth_user_delete", args=[viewer.pk])
    assert desk(keeper).client.post(address, {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [viewer.pk], "post": "yes"}
    desk(keeper).client.post(reverse("admin:auth_user_changelist"), chosen)
    page = desk(keeper).client.get(reverse("admin:auth_user_change", args=[viewer.pk]))
    desk(keeper).send(page, is_active=[])
    viewer.refresh_from_db()
    assert not viewer.is_active


def test_who_goes_leaves_each_map_first_and_stays_in_the_log(
    desk: Desks, admin: User, a_map: ArgumentMap, editor: User
) -> None:
    address = reverse("admin:auth_user_delete", args=[editor.pk])
    desk(admin).client.post(address, {"post": "yes"})
    assert not User.objects.filter(username="editor").exists()
    change = Change.objects.filter(map=a_map).latest("activity")
    assert (change.actor_name, change.verb) == ("admin", "share")
    assert [(item.type, item.key) for item in change.items.all()] == [("membership", "editor")]


def test_an_owner_hands_over_before_they_go(
    desk: Desks, admin: User, a_map: ArgumentMap, analyst: User
) -> None:
    address = reverse("admin:auth_user_delete", args=[analyst.pk])
    assert "which analyst owns" in desk(admin).client.get(address).content.decode()
    desk(admin).client.post(address, {"post": "yes"})
    assert Membership.objects.filter(map=a_map, role="owner").exists()


@pytest.mark.django_db
def test_groups_get_their_permissions_again_after_each_migrate() -> None:
    Group.objects.all().delete()
    make_groups(sender=apps.get_app_config("argmap"), using="default")
    make_groups(sender=apps.get_app_config("argmap"), using="default")
    for name, codenames in PERMISSIONS.items():
        given = Group.objects.get(name=name).permissions.values_list("codename", flat=True)
        assert set(given) == codenames


@pytest.mark.django_db
def test_the_demo_accounts_leave_the_groups_their_permissions() -> None:
    call_command("loaddata", "demo_accounts", verbosity=0)
    demo = User.objects.get(username="analyst")
    assert demo.has_perm("argmap.change_claim")
    assert not demo.is_superuser
