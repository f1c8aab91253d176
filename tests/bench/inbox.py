"""How long the inbox takes as open threads grow, on SQLite and on PostgreSQL.

The ratio is the time with five thousand open threads to that with fifty, on as many maps. In
brackets is the ratio of the process's own time, which is for machines that do other things as
well. `python -m tests.bench.inbox FILE` measures on one engine, that of `DATABASE_URL`.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from tests.bench.engines import measured_on_both
from tests.bench.setting_up import set_up

GOAL = 1.5
"""The most that the inbox may take, by the inbox with few threads."""

JUDGED = ("inbox", "badge")
"""The pages that the goal is for; the others are told beside it."""


def report() -> dict[str, Any]:
    """Measure on both engines, each in processes of its own, print the tables and return them."""
    return measured_on_both("inbox", _print)


def _print(result: dict[str, Any]) -> None:
    few, many = str(result["few"]), str(result["threads"])
    heads = f"{few:>9} open{many:>7} open   queries"
    sys.stdout.write(f"\nThe inbox on {result['engine']:13}{heads}\n")
    for name, page in result["pages"].items():
        little, much = page[few], page[many]
        clock, work = much["clock"] / little["clock"], much["work"] / little["work"]
        judged = f"   goal ≤ {GOAL:g}: {'met' if clock <= GOAL else 'missed'}"
        sys.stdout.write(
            f"{name:26}{little['clock']:9.1f} ms{much['clock']:9.1f} ms"
            f"{little['queries']:5} → {much['queries']:<3}{clock:6.2f} ({work:.2f})"
            f"{judged if name in JUDGED else ''}\n"
        )


def main(file: str) -> None:
    """Measure on one engine, and write the figures down."""
    set_up(os.environ["DATABASE_URL"])
    # Not before: it reads the settings.
    from tests.bench.queue import measure  # noqa: PLC0415

    Path(file).write_text(json.dumps(measure()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
