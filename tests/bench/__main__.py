"""`make bench`: how long things take, to the screen and to var/bench.json.

`ARGS` names the parts that are wanted, as in `make bench ARGS=admin`; without it all of them run.
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from tests.bench.setting_up import set_up

RESULT = Path(__file__).parents[2] / "var" / "bench.json"
PARTS = ("graphs", "pages", "admin", "inbox")
"""The modules that measure."""

APART = {"admin", "inbox"}
"""Those that set up sites of their own."""


def main(wanted: list[str]) -> int:
    """Measure what is wanted, and keep the figures beside those of the other parts."""
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        sys.stderr.write(f"There is no part {', '.join(unknown)}: {', '.join(PARTS)} are there.\n")
        return 2
    results = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        if set(wanted or PARTS) - APART:
            set_up(f"sqlite:///{folder}/bench.sqlite3")
        for name in wanted or PARTS:
            # Not before: they read the settings.
            results[name] = import_module(f"tests.bench.{name}").report()
    RESULT.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
