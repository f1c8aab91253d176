"""Accounts and groups: Django's own pages, for superusers and administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from argmap import actions
from argmap.admin.asking import person_of
from argmap.core.kinds import Role
from argmap.models import Membership

SUPERUSERS_FIELDS = frozenset({"is_superuser", "user_permissions"})
"""What only a superuser gives, and takes away."""


class AccountsAdmin(admin.ModelAdmin[Any]):
    """Accounts and groups, for superusers and, by the groups' permissions, administrators.

    Whoever may edit an account may become its person. So administrators neither see superusers nor
    make any, and give nobody permissions but by groups.
    """

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_superuser)


admin.site.unregister([User, Group])


@admin.register(User)
class PeopleAdmin(AccountsAdmin, UserAdmin[User]):
    """Accounts. Whoever goes leaves each map first, by an action; owners hand theirs over before."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        people = super().get_queryset(request)
        return people if request.user.is_superuser else people.filter(is_superuser=False)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        found = super().get_fieldsets(request, obj)
        if obj is None or request.user.is_superuser:
            return found
        kept: list[Any] = []
        for heading, options in found:
            fields = [name for name in options["fields"] if name not in SUPERUSERS_FIELDS]
            kept.append((heading, {**options, "fields": fields}))
        return kept

    def get_list_filter(self, request: HttpRequest) -> Any:
        found = super().get_list_filter(request)
        return [name for name in found if request.user.is_superuser or name != "is_superuser"]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        listed = [f"account: {person}" for person in objs]
        owned = Membership.objects.filter(user__in=objs, role=Role.OWNER).select_related("map")
        held = [f'the map "{owner.map}", which {owner.user} owns' for owner in owned]
        return listed, {"accounts": len(listed)}, set(), held

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        with transaction.atomic():
            for membership in Membership.objects.filter(user=obj).select_related("map"):
                actions.remove_member(
                    actor=person_of(request), argument_map=membership.map, user=obj
                )
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        with transaction.atomic():
            for person in queryset:
                self.delete_model(request, person)


@admin.register(Group)
class TeamAdmin(AccountsAdmin, GroupAdmin):
    """Groups."""
