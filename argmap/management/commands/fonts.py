"""`manage.py fonts`: makes the pages' web fonts from the installed font package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import font_source_sans_pro
from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools import subset

from argmap.core.advances import REGULAR

FONTS = {"regular": "SourceSansPro-Regular.ttf", "semibold": "SourceSansPro-Semibold.ttf"}
BASIC = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x00FF),  # Latin-1
    (0x2000, 0x206F),  # general punctuation
    (0x20AC, 0x20AC),  # the euro
    (0x2190, 0x21FF),  # arrows
    (0x2212, 0x2212),  # minus
    (0x25BE, 0x25BE),  # what opens
)
"""What English and our own pages are written in; fonts.css has the same ranges.

In a file of its own for each weight: all that is measured would be twice as much to fetch.
"""


class Command(BaseCommand):
    help = "Makes the pages' web fonts from the installed font package."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        source = Path(font_source_sans_pro.__file__).parent / "files"
        target = Path(settings.BASE_DIR, "argmap/static/argmap/fonts")
        target.mkdir(parents=True, exist_ok=True)
        for name, original in FONTS.items():
            for part, codes in _parts().items():
                made = target / f"source-sans-{name}{part}.woff2"
                subset.main(
                    [
                        str(source / original),
                        f"--unicodes={','.join(f'{code:X}' for code in sorted(codes))}",
                        "--flavor=woff2",
                        f"--output-file={made}",
                    ]
                )
                self.stdout.write(f"{made.name}: {made.stat().st_size / 1024:.0f} kB")


def _parts() -> dict[str, set[int]]:
    """Return the code points of each file, by what its name ends in.

    Together they are the very characters that the widths of boxes are reckoned from: other
    scripts come from the reader's own fonts, and are measured as such.
    """
    measured = {first + place for first, widths in REGULAR.items() for place in range(len(widths))}
    basic = {code for code in measured if any(first <= code <= last for first, last in BASIC)}
    return {"": basic, "-more": measured - basic}
