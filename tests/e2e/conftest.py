"""A real browser, whose pages fail the test on any error that they report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

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


@pytest.fixture
def page_as(browser: Browser, live_server: LiveServer, page_errors: list[str]) -> Iterator[PageAs]:
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
    assert not page_errors


def _note(message: ConsoleMessage, errors: list[str]) -> None:
    if message.type == "error":
        errors.append(f"{message.text} ({message.location['url']})")
