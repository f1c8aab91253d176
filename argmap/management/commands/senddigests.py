"""`manage.py senddigests`: tells people by e-mail what is news to them. For cron, once a day or more."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from argmap import actions
from argmap.mail import SiteUnknown, count_of


class Command(BaseCommand):
    help = (
        "Sends the digests of the day, and what could not be sent at once. Ends with 1 where any "
        "was not sent: the next run tries again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sent = actions.send_digests()
        except SiteUnknown as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count_of(sent.mails, 'mail')} sent")
        for name, reason in sent.refused.items():
            self.stderr.write(f"{name}: {reason}")
        if sent.down:
            raise CommandError(f"the mail server does not answer: {sent.down}")
        if sent.refused:
            raise CommandError(f"{count_of(len(sent.refused), 'mail')} refused")
