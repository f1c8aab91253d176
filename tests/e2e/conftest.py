"""A real browser, whose pages fail the test on any error that they report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Condition

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from argmap import actions
from argmap.core.kinds import Stance
from argmap.models import ArgumentMap
from tests import browser as chromium

HERE = Path(__file__).parent
MILLISECONDS = 10_000

PageAs = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test of this folder as one that drives a browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None and chromium.is_required():
        pytest.fail(chromium.MISSING)
    if path is None:
        pytest.skip(chromium.MISSING)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's synchronous face runs an event loop in this thread, where Django would refuse
        # to touch the database. Nothing is awaited while a query runs, so nothing can be mixed up.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        launched = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page_errors() -> list[str]:
    """Errors that pages reported, CSP violations included; a test that provokes one clears it."""
    return []


class Requests:
    """How many requests the live server is answering, since pages ask on when a test has ended."""

    def __init__(self) -> None:
        self.number = 0
        self.changed = Condition()

    def count(self, by: int, sender: type) -> None:
        """Count one more or one less; what the test client asks has an end of its own."""
        if issubclass(sender, WSGIHandler):
            with self.changed:
                self.number += by
                self.changed.notify_all()

    def finish(self) -> None:
        """Wait until all are answered: one that still reads would hold up the emptying of tables."""
        with self.changed:
            assert self.changed.wait_for(lambda: not self.number, timeout=MILLISECONDS / 1000)


@pytest.fixture
def requests() -> Iterator[Requests]:
    counted = Requests()

    def started(sender: type, **_: object) -> None:
        counted.count(1, sender)

    def finished(sender: type, **_: object) -> None:
        counted.count(-1, sender)

    request_started.connect(started)
    request_finished.connect(finished)
    yield counted
    request_started.disconnect(started)
    request_finished.disconnect(finished)


@pytest.fixture
def page_as(
    browser: Browser, live_server: LiveServer, requests: Requests, page_errors: list[str]
) -> Iterator[PageAs]:
    """Give `page_as(user, **options)`: a page signed in as the user, or as nobody for None.

    Paths such as `page.goto("/")` are the live server's. Options go to `Browser.new_context`, as
    `viewport`, `color_scheme` or `java_script_enabled`.
    """
    contexts = []

    def open_page(user: User | None = None, **options: object) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(MILLISECONDS)
        if user is not None:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
            )
        page = context.new_page()
        page.on("console", lambda message: _note(message, page_errors))
        page.on("pageerror", lambda error: page_errors.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    requests.finish()
    assert not page_errors


@pytest.fixture
def long_map(a_map: ArgumentMap, analyst: User) -> ArgumentMap:
    """A chain of forty claims, each of which supports the one before it."""
    last = "C1"
    for number in range(40):
        text = f"Claim {number} of a long chain, in so many words that its box has several lines."
        row = actions.add_statement(actor=analyst, argument_map=a_map, kind="claim", text=text)
        actions.add_inference(
            actor=analyst,
            argument_map=a_map,
            stance=Stance.SUPPORT,
            premises=[row.key],
            conclusion=last,
        )
        last = row.key
    return a_map


def _note(message: ConsoleMessage, errors: list[str]) -> None:
    if message.type == "error":
        errors.append(f"{message.text} ({message.location['url']})")
