"""The site keeps to the table of access, and the table leaves no address or verb out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from wsgiref.headers import Headers

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from argmap import actions
from argmap.core.kinds import Visibility
from argmap.models import (
    ArgumentMap,
    Change,
    Excerpt,
    Inference,
    Scheme,
    Source,
    Statement,
)
from tests.access_table import ADMIN, ROLES, TABLE, VERBS, Row


def addresses() -> Iterator[str]:
    """Yield each address that the resolver knows, as it is written there."""
    waiting: list[tuple[str, Any]] = [("", get_resolver())]
    while waiting:
        before, known = waiting.pop()
        for each in known.url_patterns:
            whole = before + str(each.pattern)
            if isinstance(each, URLResolver):
                waiting.append((whole, each))
            else:
                yield whole


def test_no_address_is_missing_and_none_is_there_no_more() -> None:
    assert {row.address for row in (*TABLE, *ADMIN)} == set(addresses())


@dataclass(frozen=True)
class World:
    """A map with everything on it, the people who have to do with it, and how things are named."""

    argument_map: ArgumentMap
    people: Mapping[str, User | None]
    numbers: Mapping[str, int]

    def path(self, row: Row) -> str:
        """Fill in the names in a row's address."""
        names = {"slug": "harbour", "key": "E1", "scheme": "sign", "file_format": "json"}
        names["snapshot"] = str(self.numbers["snapshot"])
        names["question"] = str(self.numbers["question"])
        if "questions/" in row.address:
            names["key"] = "I1"
        number = next((pk for part, pk in self.numbers.items() if part in row.address), 0)
        filled = row.filled or re.sub(
            r"<(?:\w+:)?(\w+)>", lambda name: names.get(name[1], str(number)), row.address
        )
        return f"/{filled}"

    def ask(self, row: Row, name: str) -> int:
        """Return the status that someone gets, and undo what they did."""
        client = Client()
        person = self.people[name]
        if person is not None:
            client.force_login(person)
        with transaction.atomic():
            send = getattr(client, row.verb)
            in_json = row.address.startswith("api/")
            more = {"content_type": "application/json"} if in_json and row.verb != "get" else {}
            answer = send(self.path(row), row.sent, **more)
            transaction.set_rollback(True)
        # It takes plain strings alone, and the demonstration is served through it.
        Headers(list(answer.items()))
        status: int = answer.status_code
        return status


@pytest.fixture
def world(
    a_map: ArgumentMap,
    analyst: User,
    editor: User,
    reviewer: User,
    viewer: User,
    outsider: User,
    admin: User,
) -> World:
    comment = actions.add_comment(actor=reviewer, argument_map=a_map, about="E1", body="Sure?")
    theirs: dict[str, Any] = {"actor": reviewer, "argument_map": a_map}
    question = Scheme.objects.get(slug="sign").questions.create(order=1, text="Is it a sign?")
    answer = actions.answer_question(
        **theirs, inference="I1", question=question.pk, says="satisfied"
    )
    suggestion = actions.suggest(**theirs, does="edit", on="C1", after={"text": "It may."})
    actions.rate(**theirs, statement="E1", likelihood="likely")
    verdict = actions.give_verdict(**theirs, verdict="sound")
    asked = actions.ask_for_review(actor=analyst, argument_map=a_map, reviewers=[reviewer])
    token, _ = actions.make_token(user=analyst, name="export")
    analysts = Group.objects.get(name="Analysts")
    analysts.user_set.add(analyst, editor)
    people = (None, outsider, viewer, reviewer, editor, analyst, admin)
    snapshot = actions.take_snapshot(actor=analyst, argument_map=a_map, name="First")
    numbers = {
        "tokens/": token.pk,
        "review/threads/": comment.pk,
        "review/verdicts/": verdict.pk,
        "question": question.pk,
        "answers/": answer.pk,
        "comments/": comment.pk,
        "suggestions/": suggestion.comment_id,
        "reviews/": verdict.pk,
        "rounds/": asked.pk,
        "argmap/comment/": comment.pk,
        "argmap/argumentmap/": a_map.pk,
        "argmap/claim/": _pk(Statement, "C1"),
        "argmap/evidence/": _pk(Statement, "E1"),
        "argmap/counterargument/": _pk(Statement, "K1"),
        "argmap/inference/": _pk(Inference, "I1"),
        "argmap/source/": _pk(Source, "S1"),
        "argmap/excerpt/": _pk(Excerpt, "X1"),
        "argmap/change/": Change.objects.filter(map=a_map).latest("pk").pk,
        "argmap/scheme/": Scheme.objects.get(slug="sign").pk,
        "auth/user/": viewer.pk,
        "auth/group/": analysts.pk,
        "snapshot": snapshot.pk,
    }
    return World(a_map, dict(zip(ROLES, people, strict=True)), numbers)


def _pk(model: type[Any], key: str) -> int:
    pk: int = model.objects.get(key=key).pk
    return pk


@pytest.mark.parametrize("row", [*TABLE, *ADMIN], ids=lambda row: f"{row.verb} {row.address}")
def test_everyone_gets_what_the_table_says(world: World, row: Row) -> None:
    got = {}
    # What is the same on every map need not be asked of each.
    same = len(set(row.rights.values())) == 1
    for visibility in [Visibility.MEMBERS] if same else Visibility:
        actions.edit_map(actor=None, argument_map=world.argument_map, visibility=visibility)
        got[visibility] = tuple(world.ask(row, name) for name in ROLES)
    assert got == {visibility: row.rights[visibility] for visibility in got}


@pytest.mark.parametrize("address", sorted({row.address for row in TABLE}))
def test_no_verb_is_missing(world: World, address: str) -> None:
    rows = [row for row in TABLE if row.address == address]
    told = {row.verb for row in rows}
    for verb in set(VERBS) - told:
        untold = Row(address, verb, {}, filled=rows[0].filled)
        assert world.ask(untold, "analyst") == 405, verb
