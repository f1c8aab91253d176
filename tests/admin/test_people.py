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

Desks = Callable[[User], Any]


@pytest.mark.parametrize("page", ["user_changelist", "user_add", "group_changelist", "group_add"])
def test_a_permission_does_not_open_accounts(
    desk: Desks, analyst: User, admin: User, page: str
) -> None:
    analyst.user_permissions.set(Permission.objects.filter(content_type__app_label="auth"))
    address = reverse(f"admin:auth_{page}")
    assert desk(analyst).client.get(address).status_code == 403
    assert desk(admin).client.get(address).status_code == 200


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
