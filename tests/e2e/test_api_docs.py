"""The documentation of the API, under the same strict policy as every page."""

from __future__ import annotations

from django.contrib.auth.models import User

from argmap.models import ArgumentMap
from tests.e2e.conftest import PageAs


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
