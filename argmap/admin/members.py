"""Who belongs to a map, on the map's page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from argmap import actions
from argmap.admin.forms import ActionForm
from argmap.admin.inlines import RowInline
from argmap.core.kinds import Role
from argmap.core.limits import PERSON_LIMIT
from argmap.models import ArgumentMap, Membership


def someone(name: str) -> User:
    """Return who signs in with this name. Raises ValidationError where nobody does."""
    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise ValidationError("Nobody with this name can sign in here.")
    return found


class MemberForm(ActionForm[Membership]):
    """One member. People are named, not chosen: a list would show who else is here."""

    parent: ArgumentMap
    username = forms.CharField(label="Name", max_length=PERSON_LIMIT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["username"] = self.instance.user.get_username()
            self.fields["username"].disabled = True
            # The owner steps down when someone else is made the owner, not before.
            self.fields["role"].disabled = self.instance.role == Role.OWNER

    def clean_username(self) -> str:
        return someone(self.cleaned_data["username"]).get_username()

    def add(self) -> Membership:
        return actions.set_member(
            actor=self.person, argument_map=self.parent, user=self._user(), role=self._role()
        )

    def edit(self) -> None:
        self.add()

    def remove(self) -> None:
        actions.remove_member(actor=self.person, argument_map=self.parent, user=self.instance.user)

    def _user(self) -> User:
        return User.objects.get(username=self.cleaned_data["username"])

    def _role(self) -> str:
        return str(self.cleaned_data["role"])


class MemberInline(RowInline):
    """Who belongs to the map: its owner says."""

    model = Membership
    form = MemberForm
    role_to_write = Role.OWNER
    fields = ("username", "role")
    verbose_name = "member"
    verbose_name_plural = "members"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("user").order_by("user__username")

    @admin.display(description="name")
    def username(self, obj: Membership) -> str:
        return obj.user.get_username()
