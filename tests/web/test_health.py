from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries


@pytest.mark.django_db
def test_living_takes_no_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/health/live")
    assert response.status_code == 200


@pytest.mark.django_db
def test_ready_names_the_engine(client: Client) -> None:
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json()["database"] is True
    assert response.json()["engine"]


@pytest.mark.django_db
def test_without_an_engine_the_site_is_ready_all_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("argmap.render.available_engine", lambda: None)
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["engine"]) == (200, None)


def test_without_a_database_it_is_not(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OperationalError("no connection")

    monkeypatch.setattr("django.db.connection.cursor", fail)
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["database"]) == (503, False)
