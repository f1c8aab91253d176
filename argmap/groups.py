"""The groups of people who work on maps, and what the admin lets each of them touch.

On which maps they may do so is for access.py alone.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
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
)
"""What analysts add, change and delete."""

READ = ("scheme", "criticalquestion", "change", "changeitem")
"""What they look at: fixtures and the log make these."""

PERMISSIONS: dict[str, frozenset[str]] = {
    "Analysts": frozenset(
        {f"{verb}_{model}" for model in WRITTEN for verb in ("add", "change", "delete", "view")}
        | {f"view_{model}" for model in READ}
    ),
    # They work on the web pages, which ask for a role on the map and nothing else.
    "Reviewers": frozenset(),
}


def make_groups(sender: AppConfig, using: str, **options: Any) -> None:
    """Make the groups, and give them what they lack, each time that `migrate` has run.

    Permissions are made after migrations, by a receiver that may come after this one: hence the
    call, which does nothing where they are there.
    """
    create_permissions(sender, using=using, verbosity=0)
    known = Permission.objects.using(using).filter(content_type__app_label=sender.label)
    for name, codenames in PERMISSIONS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*known.filter(codename__in=codenames))
