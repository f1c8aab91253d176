"""`manage.py fonts`: makes the pages' web fonts from the installed font package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import font_source_sans_pro
from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools import subset

from argmap.core.advances import REGULAR

FONTS = {
    "source-sans-regular.woff2": "SourceSansPro-Regular.ttf",
    "source-sans-semibold.woff2": "SourceSansPro-Semibold.ttf",
}


class Command(BaseCommand):
    help = "Makes the pages' web fonts from the installed font package."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        source = Path(font_source_sans_pro.__file__).parent / "files"
        target = Path(settings.BASE_DIR, "argmap/static/argmap/fonts")
        target.mkdir(parents=True, exist_ok=True)
        # The very characters that the widths of boxes are reckoned from: other scripts come from
        # the reader's own fonts, and are measured as such.
        measured = ",".join(
            f"{first:X}-{first + len(widths) - 1:X}" for first, widths in REGULAR.items()
        )
        for name, original in FONTS.items():
            made = target / name
            subset.main(
                [
                    str(source / original),
                    f"--unicodes={measured}",
                    "--flavor=woff2",
                    f"--output-file={made}",
                ]
            )
            self.stdout.write(f"{name}: {made.stat().st_size / 1024:.0f} kB")
