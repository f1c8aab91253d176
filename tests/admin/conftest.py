"""The cast at work in the admin, and what reads and sends its forms as a browser does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from argmap import actions
from argmap.core.kinds import Visibility
from argmap.models import ArgumentMap, Change
from tests.admin.forms import form_in


def _at_work(person: User) -> User:
    """Give someone a desk in the admin: what they may touch is then a matter of their maps."""
    person.is_staff = True
    person.save()
    person.groups.add(Group.objects.get(name="Analysts"))
    return person


@pytest.fixture
def analyst(analyst: User) -> User:
    return _at_work(analyst)


@pytest.fixture
def editor(editor: User) -> User:
    return _at_work(editor)


@pytest.fixture
def viewer(viewer: User) -> User:
    return _at_work(viewer)


@pytest.fixture
def outsider(outsider: User) -> User:
    return _at_work(outsider)


@pytest.fixture
def hidden_map(outsider: User) -> ArgumentMap:
    """A map of the outsider's own, which nobody else may read."""
    found = actions.create_map(
        actor=outsider, title="Covert plan", slug="covert", visibility=Visibility.PRIVATE
    )
    on_it: dict[str, Any] = {"actor": outsider, "argument_map": found}
    actions.add_statement(**on_it, kind="claim", text="Covert claim.")
    actions.add_statement(**on_it, kind="evidence", text="Covert evidence.")
    actions.add_statement(**on_it, kind="counterargument", text="Covert counterargument.")
    actions.add_inference(
        **on_it, stance="support", premises=["E1"], conclusion="C1", warrant="Covert warrant."
    )
    actions.add_source(**on_it, title="Covert source")
    actions.add_excerpt(
        **on_it,
        statement="E1",
        source="S1",
        quotation="Covert words.",
        locator={"section": "Covert section", "paragraph": 1, "sentence": 1},
    )
    actions.add_comment(**on_it, body="Covert comment.", about="C1")
    return found


class Desk:
    """Someone's browser in the admin."""

    def __init__(self, person: User) -> None:
        self.client = Client()
        self.client.force_login(person)

    def open(self, name: str, *args: Any, query: str = "") -> Any:
        """Return the answer of an admin page, named as Django names it without "admin:argmap_"."""
        return self.client.get(reverse(f"admin:argmap_{name}", args=args) + query)

    def send(self, page: Any, **typed: Any) -> HttpResponse:
        """Send a page's form as it was shown, but for what is typed; follow to the next page."""
        data = {**form_in(page.content.decode()), **typed}
        address = page.request["PATH_INFO"]
        if page.request["QUERY_STRING"]:
            address += f"?{page.request['QUERY_STRING']}"
        answer: HttpResponse = self.client.post(address, data, follow=True)  # type: ignore[assignment]
        return answer


@pytest.fixture
def desk() -> Callable[[User], Desk]:
    return Desk


@pytest.fixture
def last_change(a_map: ArgumentMap) -> Callable[[], list[tuple[str, str, str, list[str]]]]:
    """Tell the items of the latest change on the map: who, verb, key, fields."""

    def told() -> list[tuple[str, str, str, list[str]]]:
        change = Change.objects.filter(map=a_map).latest("activity")
        return [
            (change.actor_name, change.verb, item.key, item.fields) for item in change.items.all()
        ]

    return told
