"""The Chromium that browser tests drive; `python -m tests.browser` gets one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = "NO BROWSER: there is no Chromium here, and none could be had: browser tests do not run."


def find() -> str | None:
    """Return the path of an installed Chromium, or of Playwright's own, or None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def is_required() -> bool:
    """Return whether browser tests must run, as on a build server."""
    return os.environ.get("CI") == "true"


def fetch() -> None:
    """Try to install a Chromium: by the package manager where one may, else by Playwright."""
    ways = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        ways.insert(0, ["sh", "-c", "apt-get update -qq && apt-get install -qq -y chromium"])
    for way in ways:
        try:
            subprocess.run(way, check=True, capture_output=True, timeout=300)  # noqa: S603
        except (OSError, subprocess.SubprocessError):
            continue
        if find():
            return


def main() -> int:
    """Say which browser there is; fail where there is none and one is required."""
    if not find():
        fetch()
    path = find()
    print(f"Browser tests drive {path}" if path else MISSING)  # noqa: T201
    return int(path is None and is_required())


if __name__ == "__main__":
    sys.exit(main())
