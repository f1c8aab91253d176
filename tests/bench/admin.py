"""How long the pages of the admin take as the site grows, on SQLite and on PostgreSQL.

The ratio is the time on a site with two hundred maps to that on a site with one, whose one map is
large enough to fill a page of each list: so it tells what the rest of the site costs. Only the list
of maps shows more rows. In brackets is the ratio of the processors' time, the database's included,
which is for machines that do other things as well. `python -m tests.bench.admin FILE` measures on
one engine, the one that `DATABASE_URL` names.
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
"""The most that a page may take, by the same page on a site with one map."""


def report() -> dict[str, Any]:
    """Measure on both engines, each in processes of its own, print the tables and return them."""
    return measured_on_both("admin", _print)


def _print(result: dict[str, Any]) -> None:
    many = str(result["maps"])
    heads = f"{'1 map':>12}{f'{many} maps':>12}   queries"
    sys.stdout.write(f"\nThe admin on {result['engine']:16}{heads}\n")
    for name, page in result["pages"].items():
        one, all_ = page["1"], page[many]
        clock, work = all_["clock"] / one["clock"], all_["work"] / one["work"]
        judged = f"goal ≤ {GOAL:g}: {'met' if clock <= GOAL else 'missed'}"
        if one["rows"] != all_["rows"]:
            judged += f", with {one['rows']} and {all_['rows']} rows"
        sys.stdout.write(
            f"{name:29}{one['clock']:9.1f} ms{all_['clock']:9.1f} ms"
            f"{one['queries']:5} → {all_['queries']:<3}{clock:6.2f} ({work:.2f})   {judged}\n"
        )


def main(file: str) -> None:
    """Measure on one engine, and write the figures down."""
    set_up(os.environ["DATABASE_URL"])
    # Not before: it reads the settings.
    from tests.bench.desk import measure  # noqa: PLC0415

    Path(file).write_text(json.dumps(measure()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
