"""Parts of the bench that are measured on SQLite and on PostgreSQL, in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def measured_on_both(part: str, tell: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Run `python -m tests.bench.PART FILE` on each engine, tell what it finds, and return it.

    The engine is the one that `DATABASE_URL` names there.
    """
    measure = [sys.executable, "-m", f"tests.bench.{part}"]
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.json"
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/{part}.sqlite3"}
        results = {}
        for command in (measure, [sys.executable, "-m", "tests.postgres", *measure]):
            subprocess.run([*command, str(found)], env=environment, check=True)  # noqa: S603
            result = json.loads(found.read_text(encoding="utf-8"))
            results[result["engine"]] = result
            tell(result)
    return results
