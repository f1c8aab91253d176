"""The groups of people who work on maps, and what the admin lets each of them touch.

On which maps they may do so is for access.py alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

WRITTEN = (
    "argumentmap",
    "membership",
    "claim",
    "evidence",
    "counterargument",
    "inference",
    "source",
    "excerpt",
    "comment",
    "answer",
)
"""What analysts add, change and delete."""

READ = ("scheme", "criticalquestion", "change", "changeitem")
"""What they look at: fixtures and the log make these."""

LABELS = ("argmap", "auth")


def _all(verbs: Iterable[str], models: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{verb}_{model}" for verb, model in product(verbs, models))


WRITING = ("add", "change", "delete", "view")
LOOKING = _all(["view"], (*WRITTEN, *READ))

PERMISSIONS: dict[str, frozenset[str]] = {
    "Analysts": _all(WRITING, WRITTEN) | LOOKING,
    # The web pages ask for a role on the map and nothing else: this is for a desk in the admin.
    "Reviewers": _all(WRITING, ["comment"]) | LOOKING,
    "Librarians": _all(WRITING, ["source", "excerpt"]) | LOOKING,
    # Accounts are switched off, not deleted: that takes a superuser, who may leave each map first.
    "Administrators": _all(WRITING, WRITTEN)
    | LOOKING
    | _all(["add", "change", "view"], ["user", "group"]),
}
"""What each group may touch, by the codenames of Django's permissions."""


def make_groups(sender: AppConfig, using: str, **options: Any) -> None:
    """Make the groups, and give them what they lack, each time that `migrate` has run.

    Permissions are made after migrations, by a receiver that may come after this one: hence the
    call, which does nothing where they are there.
    """
    for label in LABELS:
        create_permissions(apps.get_app_config(label), using=using, verbosity=0)
    known = Permission.objects.using(using).filter(content_type__app_label__in=LABELS)
    for name, codenames in PERMISSIONS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*known.filter(codename__in=codenames))
