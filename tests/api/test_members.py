"""Who belongs to a map."""

from __future__ import annotations

from django.contrib.auth.models import User

from argmap import actions
from argmap.core.kinds import Visibility
from argmap.models import ArgumentMap
from tests.api.conftest import As

MEMBERS = "/api/v1/maps/harbour/members/"


def test_lists_names_with_roles(as_: As, viewer: User, a_map: ArgumentMap) -> None:
    assert as_(viewer).get(MEMBERS).json()["results"] == [
        {"user": "analyst", "role": "owner"},
        {"user": "editor", "role": "editor"},
        {"user": "reviewer", "role": "reviewer"},
        {"user": "viewer", "role": "viewer"},
    ]


def test_filters(as_: As, viewer: User, a_map: ArgumentMap) -> None:
    assert as_(viewer).get(f"{MEMBERS}?role=owner").json()["count"] == 1


def test_names_nobody_to_the_world(
    as_: As, analyst: User, outsider: User, a_map: ArgumentMap
) -> None:
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=Visibility.PUBLIC)
    assert as_().get("/api/v1/maps/harbour/").status_code == 200
    assert as_().get(MEMBERS).status_code == 401
    assert as_(outsider).get(MEMBERS).status_code == 200
