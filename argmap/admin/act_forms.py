"""What the acts on a whole map ask for before they are done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap.admin.members import someone
from argmap.core.kinds import Role
from argmap.core.limits import LINE_LIMIT, PERSON_LIMIT, TITLE_LIMIT
from argmap.models import ArgumentMap


class ActForm(forms.Form):
    """What an act asks for before it is done."""

    def __init__(self, argument_map: ArgumentMap, **options: Any) -> None:
        self.argument_map = argument_map
        super().__init__(**options)


class TitleForm(ActForm):
    """The title of a copy."""

    title = forms.CharField(
        required=False,
        max_length=LINE_LIMIT,
        widget=forms.TextInput(attrs={"class": "vTextField", "autofocus": True, "dir": "auto"}),
        help_text="Empty: the title of this map with “(copy)” behind it.",
    )


class NameForm(ActForm):
    """The name of a snapshot."""

    name = forms.CharField(
        max_length=TITLE_LIMIT,
        widget=forms.TextInput(attrs={"class": "vTextField", "autofocus": True, "dir": "auto"}),
        help_text="What people will cite it by, as “As sent to the committee”.",
    )


class OwnerForm(ActForm):
    """Who owns the map from now on."""

    owner = forms.CharField(
        label="New owner",
        max_length=PERSON_LIMIT,
        widget=forms.TextInput(attrs={"class": "vTextField", "autofocus": True}),
    )

    def __init__(self, argument_map: ArgumentMap, **options: Any) -> None:
        super().__init__(argument_map, **options)
        others = argument_map.memberships.exclude(role=Role.OWNER).order_by("user__username")
        names = ", ".join(others.values_list("user__username", flat=True))
        told = "The name of anyone who can sign in here."
        self.fields["owner"].help_text = f"{told} Members: {names}." if names else told

    def clean_owner(self) -> User:
        found = someone(self.cleaned_data["owner"])
        if self.argument_map.memberships.filter(user=found, role=Role.OWNER).exists():
            raise ValidationError(f"{found.get_username()} owns this map already.")
        return found
