"""The documentation of the API, under the same strict policy as every page."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User

from argmap.models import ArgumentMap
from tests.e2e.conftest import PageAs


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(scheme: str, page_as: PageAs, viewer: User) -> None:
    page = page_as(viewer, color_scheme=scheme)
    page.goto("/api/v1/docs/")
    page.locator("#operations-maps-maps_list").wait_for()
    found = Axe().run(page).response["violations"]
    assert [(wrong["id"], wrong["nodes"][0]["html"]) for wrong in found] == []


def test_is_read_and_tried_out_without_a_violation(
    page_as: PageAs, viewer: User, a_map: ArgumentMap
) -> None:
    page = page_as(viewer)
    page.goto("/api/v1/docs/")
    page.get_by_role("heading", name="argmap").wait_for()
    operation = page.locator("#operations-problems-maps_problems_list")
    operation.get_by_role("button").first.click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_placeholder("slug").fill("harbour")
    operation.get_by_role("button", name="Execute").click()
    operation.get_by_text("evidence_without_excerpt").first.wait_for()
