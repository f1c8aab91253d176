"""`make bench`: how long things take, to the screen and to var/bench.json."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

RESULT = Path(__file__).parents[2] / "var" / "bench.json"


def main() -> None:
    """Set up a site with a database of its own, measure, and keep the figures."""
    with tempfile.TemporaryDirectory() as folder:
        _set_up(Path(folder))
        # Not before: they read the settings.
        from tests.bench import graphs, pages  # noqa: PLC0415

        results = {"graphs": graphs.report(), "pages": pages.report()}
    RESULT.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def _set_up(folder: Path) -> None:
    import tests.environment  # noqa: F401, PLC0415

    os.environ.update(DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3", LOG_LEVEL="ERROR")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "argmap.settings")
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    # The settings of tests, which need no collected files; but as quick as a server's.
    settings.DEBUG = False
    django.setup()
    call_command("migrate", verbosity=0)
    # What a server loads, and does once it is loaded.
    import argmap.wsgi  # noqa: F401, PLC0415


if __name__ == "__main__":
    main()
