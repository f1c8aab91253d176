"""The fixed cast: people named by what each may do, and one small map that they meet on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User

from argmap import actions
from argmap.core.graph import Excerpt, Source
from argmap.core.kinds import Kind, Role, Stance, Visibility
from argmap.models import ArgumentMap, Scheme
from tests.core.maps import graph_of, support

PASSWORD = "open sesame, please"


def person(name: str, **fields: bool) -> User:
    """Make someone who can sign in with PASSWORD."""
    return User.objects.create_user(name, f"{name}@example.org", PASSWORD, **fields)


@pytest.fixture
def analyst(db: None) -> User:
    """Owns the map, and works in the admin."""
    return person("analyst", is_staff=True)


@pytest.fixture
def editor(db: None) -> User:
    """Edits the map, and works in the admin."""
    return person("editor", is_staff=True)


@pytest.fixture
def reviewer(db: None) -> User:
    """Comments on the map."""
    return person("reviewer")


@pytest.fixture
def viewer(db: None) -> User:
    """Reads the map."""
    return person("viewer")


@pytest.fixture
def outsider(db: None) -> User:
    """Can sign in, and is no member."""
    return person("outsider")


@pytest.fixture
def admin(db: None) -> User:
    """A superuser, and no member."""
    return person("admin", is_staff=True, is_superuser=True)


@pytest.fixture
def a_map(analyst: User, editor: User, reviewer: User, viewer: User) -> ArgumentMap:
    """A map for members: E1 and E2 together support C1 by I1, and K1 undercuts that by I2.

    E1 rests on excerpt X1 of source S1, whose text is not here.
    """
    found = actions.create_map(
        actor=analyst,
        title="The harbour should close",
        slug="harbour",
        issue="Should the harbour close in winter?",
        visibility=Visibility.MEMBERS,
    )
    for member, role in (
        (editor, Role.EDITOR),
        (reviewer, Role.REVIEWER),
        (viewer, Role.VIEWER),
    ):
        actions.set_member(actor=analyst, argument_map=found, user=member, role=role)
    _fill(found, analyst)
    return found


def _fill(argument_map: ArgumentMap, analyst: User) -> None:
    Scheme.objects.get_or_create(slug="sign", defaults={"name": "Argument from sign"})
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": argument_map}
    for kind, text in (
        (Kind.CLAIM, "The harbour should close in winter."),
        (Kind.EVIDENCE, "Ice blocked the harbour on forty days last winter."),
        (Kind.EVIDENCE, "Each blocked day costs more than a month of keeping it open."),
        (Kind.COUNTERARGUMENT, "Last winter was the coldest for a century."),
    ):
        actions.add_statement(**on_it, kind=kind, text=text)
    actions.add_inference(
        **on_it,
        stance=Stance.SUPPORT,
        premises=["E1", "E2"],
        conclusion="C1",
        scheme="sign",
        warrant="What was so dear last winter will be dear again.",
    )
    actions.add_inference(**on_it, stance=Stance.ATTACK, premises=["K1"], conclusion="I1")
    actions.add_source(
        **on_it, title="The harbour master's log", authors=["A. Pilot"], published="2016-12"
    )
    actions.add_excerpt(
        **on_it,
        statement="E1",
        source="S1",
        quotation="On forty days no ship came in.",
        locator={"section": "Winter", "paragraph": 2, "sentence": 1},
    )


def a_tree(owner: User, size: int) -> ArgumentMap:
    """Make a map of `size` claims, two below each, with an excerpt of one source in each."""
    steps = [
        support(f"I{number}", f"C{number}", f"C{number // 2}") for number in range(2, size + 1)
    ]
    bare = graph_of(*steps, C1="It follows.")
    quoting = tuple(
        replace(claim, excerpts=(Excerpt(key=f"X{claim.key[1:]}", source="S1", exact="So it is."),))
        for claim in bare.statements
    )
    graph = replace(
        bare, slug="tree", version=1, statements=quoting, sources=(Source(key="S1", title="Log"),)
    )
    return actions.import_graph(actor=owner, graph=graph, owner=owner).map


@pytest.fixture
def by_analyst(a_map: ArgumentMap, analyst: User) -> dict[str, Any]:
    """How the analyst calls actions on the map."""
    return {"actor": analyst, "argument_map": a_map}


@pytest.fixture
def by_reviewer(a_map: ArgumentMap, reviewer: User) -> dict[str, Any]:
    """How the reviewer calls actions on the map."""
    return {"actor": reviewer, "argument_map": a_map}
