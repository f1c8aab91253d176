"""Accounts and groups: Django's own pages, for superusers alone."""

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


class ForSuperusers(admin.ModelAdmin[Any]):
    """Pages that a permission alone does not open: who may edit accounts may become anyone."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_superuser)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_superuser)


admin.site.unregister([User, Group])


@admin.register(User)
class PeopleAdmin(ForSuperusers, UserAdmin[User]):
    """Accounts. Whoever goes leaves each map first, by an action; owners hand theirs over before."""

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
class TeamAdmin(ForSuperusers, GroupAdmin):
    """Groups."""
