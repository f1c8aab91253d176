"""`manage.py checkmaps`: audits what the database cannot hold by itself."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from argmap.audit import audit
from argmap.management.lookup import map_named
from argmap.models import ArgumentMap


class Command(BaseCommand):
    help = "Checks the integrity of one map, or of all. Ends with 1 where anything is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", nargs="?", help="The map to check; all where left out.")

    def handle(self, *args: Any, slug: str | None, **options: Any) -> None:
        maps = [map_named(slug)] if slug else list(ArgumentMap.objects.order_by("slug"))
        findings = [finding for each in maps for finding in audit(each)]
        for finding in findings:
            self.stdout.write(str(finding))
        checked = f"{len(maps)} map{'' if len(maps) == 1 else 's'} checked"
        if findings:
            raise CommandError(f"{checked}, {len(findings)} wrong")
        self.stdout.write(f"{checked}, nothing wrong")
