from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nowhere/", "/maps/no such map/", "/maps/"])
def test_unknown_addresses_are_answered_with_a_page(address: str, client: Client) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "There is nothing here" in response.text


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "403_csrf"])
def test_error_pages_need_neither_a_request_nor_the_database(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert "<h1>" in page
    assert 'href="/"' in page
