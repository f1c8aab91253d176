"""`make pictures`: photographs the demo, as its users see it, into docs/pictures/."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from tests import browser as chromium

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "pictures"
MAP = "/maps/challenging-the-state/"
START_SECONDS = 30
TYPED = "Groups that fight the state are struck, and others are not."


@dataclass(frozen=True)
class Shot:
    """One picture: what to open, as whom, and how large and how light the window is.

    `follow` is the text of a link to go on by: the admin's addresses hold numbers.
    """

    name: str
    path: str
    person: str = "reviewer"
    width: int = 1440
    height: int = 900
    dark: bool = False
    follow: str = ""
    press: str = ""
    """The key of a tool, pressed on the chosen box: then TYPED is typed."""


SHOTS = (
    Shot("seed-map", f"{MAP}?select=C13"),
    Shot("seed-map-dark", f"{MAP}?select=C13", dark=True),
    Shot("seed-map-focused", f"{MAP}?focus=C13&depth=2&select=C13"),
    Shot("seed-map-edit", f"{MAP}?focus=C13&depth=1&select=C13", person="analyst", press="s"),
    Shot("seed-map-colour", f"{MAP}?focus=C1&depth=1&colour=stance&select=C1"),
    Shot("seed-map-outline", f"{MAP}?select=C13&outline=1"),
    Shot("seed-map-folded", f"{MAP}?fold=C13,C7,K12&select=C13"),
    Shot("seed-map-phone", MAP, width=390, height=844),
    Shot("outline", f"{MAP}outline/"),
    Shot("review", f"{MAP}review/", person="analyst", height=1000),
    Shot("maps", "/", height=600),
    Shot(
        "admin-map", "/admin/argmap/argumentmap/", person="analyst", follow="Challenging the state"
    ),
    Shot("admin-claims", "/admin/argmap/claim/", person="analyst"),
    Shot("admin-claim", "/admin/argmap/claim/?q=selective", person="analyst", follow="C13"),
    Shot("admin-inference", "/admin/argmap/inference/?q=I47", person="analyst", follow="I47"),
)


def main() -> int:
    """Serve the demo on a database of its own, and take each picture."""
    path = chromium.find()
    if path is None:
        print(chromium.MISSING)  # noqa: T201
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    with serving() as address, sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        for shot in SHOTS:
            take(launched, address, shot)
            print(f"docs/pictures/{shot.name}.png")  # noqa: T201
        launched.close()
    return 0


def take(launched: Browser, address: str, shot: Shot) -> None:
    """Sign in as the shot's person, open its page, and photograph the window."""
    passwords = tomllib.loads((ROOT / "seeds" / "demo.toml").read_text("utf-8"))["passwords"]
    context = launched.new_context(
        base_url=address,
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"/accounts/login/?next={MAP}")
    page.get_by_label("Username").fill(shot.person)
    page.get_by_label("Password").fill(passwords[shot.person])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{MAP}")
    page.goto(shot.path, wait_until="networkidle")
    if shot.follow:
        page.get_by_role("link", name=shot.follow).first.click()
        page.wait_for_load_state("networkidle")
    if shot.press:
        page.locator(".node.selected").focus()
        page.keyboard.press(shot.press)
        page.locator("#draft form").wait_for()
        page.keyboard.type(TYPED)
    page.screenshot(path=TARGET / f"{shot.name}.png")
    context.close()


@contextmanager
def serving() -> Iterator[str]:
    """Run the demo in a folder that goes away afterwards; give its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "ENV_FILE": os.devnull,
            "DEBUG": "1",
            "SECRET_KEY": "pictures",
            "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
            "PORT": str(port),
        }
        command = [sys.executable, "manage.py", "demo"]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/health/live", server)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the address answers; raise when the server stops or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except URLError:
            if server.poll() is not None:
                raise RuntimeError(f"the server stopped ({server.returncode})") from None
            time.sleep(0.2)
    raise TimeoutError(f"no answer from {address}")


if __name__ == "__main__":
    sys.exit(main())
