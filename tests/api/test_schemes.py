"""Argumentation schemes."""

from __future__ import annotations

from django.contrib.auth.models import User

from argmap.models import CriticalQuestion, Scheme
from tests.api.conftest import As


def test_come_with_their_questions_in_order(as_: As, viewer: User) -> None:
    scheme = Scheme.objects.create(slug="sign", name="Argument from sign")
    for order, text in ((2, "Are there others?"), (1, "How strong is the sign?")):
        CriticalQuestion.objects.create(scheme=scheme, order=order, text=text)
    listed = as_(viewer).get("/api/v1/schemes/").json()["results"]
    assert listed == [as_(viewer).get("/api/v1/schemes/sign/").json()]
    assert listed[0]["questions"] == ["How strong is the sign?", "Are there others?"]


def test_are_not_for_the_world(as_: As, db: None) -> None:
    assert as_().get("/api/v1/schemes/").status_code == 401
