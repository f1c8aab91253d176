"""Whole maps from files, in the admin."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from argmap import actions, graphs, render
from argmap.actions.uploads import KEPT_FOR
from argmap.core.formats import native
from argmap.core.graph import Graph
from argmap.core.kinds import Role
from argmap.models import ArgumentMap, Change, Scheme, Upload
from tests.core.maps import graph_of, support

Desks = Callable[[User], Any]

HERE = "/admin/argmap/argumentmap/import/"


def upload(desk: Any, content: str | bytes, name: str = "map.json") -> Any:
    data = content if isinstance(content, bytes) else content.encode()
    return desk.client.post(HERE, {"file": SimpleUploadedFile(name, data)}, follow=True)


def a_file(graph: Graph, **more: Any) -> str:
    return json.dumps({**json.loads(native.dump(graph)), **more})


def large(size: int) -> Graph:
    steps = (
        support(f"I{number}", f"C{number}", f"C{number // 2}") for number in range(2, size + 1)
    )
    return replace(graph_of(*steps), slug="large", title="A large tree", version=7)


@pytest.fixture
def harbour(a_map: ArgumentMap) -> str:
    return native.dump(graphs.load_graph(a_map))


def test_a_preview_says_what_would_be_made_and_lost(
    desk: Desks, outsider: User, harbour: str
) -> None:
    harbour = harbour.replace('"sign"', '"tea-leaves"')
    comment = {
        "number": 1,
        "kind": "comment",
        "author": "someone",
        "at": "2017-02-16T09:30:00Z",
        "version": 0,
        "body": "Why?",
    }
    content = json.dumps({**json.loads(harbour), "comments": [comment]})
    html = upload(desk(outsider), content).content.decode()
    for told in (
        "<bdi>map.json</bdi>: argmap (JSON), version",
        "Claims: 1",
        "Evidence: 2",
        "Counterarguments: 1",
        "Inferences that support: 1",
        "Inferences that attack: 1",
        "Sources: 1",
        "Excerpts: 1",
        "Comments: 1",
        "Verdicts: 0",
        "Unknown schemes, which would be made without questions: tea-leaves",
        "Ice blocked the harbour on forty days last winter.",
        'name="slug" value="harbour"',
    ):
        assert told in html
    assert 'class="drawing"' in html or render.available_engine() is None
    assert ArgumentMap.objects.count() == 1
    assert not Scheme.objects.filter(slug="tea-leaves").exists()


def test_a_map_is_made_for_who_asks(
    desk: Desks, outsider: User, a_map: ArgumentMap, harbour: str
) -> None:
    at = desk(outsider)
    page = upload(at, harbour)
    html = at.send(page, visibility="members").content.decode()
    made = ArgumentMap.objects.get(slug="harbour-2")
    assert "was made." in html
    assert (made.visibility, made.version) == ("members", a_map.version)
    assert [(each.user, each.role) for each in made.memberships.all()] == [(outsider, Role.OWNER)]
    change = Change.objects.get(map=made)
    assert (change.verb, change.actor) == ("import", outsider)
    assert graphs.load_graph(made).statements == graphs.load_graph(a_map).statements
    assert not Upload.objects.exists()


def test_what_people_said_comes_along_and_only_ones_own_is_in_ones_account(
    desk: Desks, outsider: User, reviewer: User, harbour: str
) -> None:
    said = {"at": "2017-02-16T09:30:00Z", "version": 0}
    comment = {**said, "kind": "comment", "target": "C1", "body": "Why?"}
    mine = {**comment, "number": 1, "author": outsider.username}
    theirs = {**comment, "number": 2, "author": reviewer.username}
    verdict = {**said, "reviewer": reviewer.username, "verdict": "sound", "summary": ""}
    content = {**json.loads(harbour), "comments": [mine, theirs], "reviews": [verdict]}
    at = desk(outsider)
    at.send(upload(at, json.dumps(content)), slug="mine")

    made = ArgumentMap.objects.get(slug="mine")
    rows = made.comments.order_by("pk")
    assert [(row.about, row.author_name, row.author) for row in rows] == [
        ("C1", outsider.username, outsider),
        ("C1", reviewer.username, None),
    ]
    assert [(row.verdict, row.reviewer) for row in made.reviews.all()] == [("sound", None)]
    types = Change.objects.get(map=made).items.values_list("type", flat=True)
    assert {"comment", "review"} <= {*types}


def test_schemes_that_were_made_are_named(desk: Desks, outsider: User, harbour: str) -> None:
    actions.delete_map(actor=None, argument_map=ArgumentMap.objects.get())
    Scheme.objects.all().delete()
    at = desk(outsider)
    page = upload(at, harbour)
    html = at.send(page, slug="mine").content.decode()
    assert "New schemes, without questions: sign." in html
    assert ArgumentMap.objects.get().slug == "mine"


def test_answers_to_what_is_not_asked_here_are_named_as_lost(
    desk: Desks, outsider: User, harbour: str
) -> None:
    said = {"at": "2017-02-16T09:30:00Z", "version": 0, "author": "reviewer", "says": "satisfied"}
    answer = {**said, "inference": "I1", "scheme": "sign", "question": 7}
    at = desk(outsider)
    page = upload(at, json.dumps({**json.loads(harbour), "answers": [answer]}))
    assert "Answers: 1" in page.content.decode()
    html = at.send(page, slug="mine").content.decode()
    assert "Lost: answers[0]: what reviewer answered to question 7 of the scheme" in html


def test_a_slug_that_is_none_is_refused(desk: Desks, outsider: User, harbour: str) -> None:
    at = desk(outsider)
    page = at.send(upload(at, harbour), slug="no slug")
    assert "valid “slug”" in page.content.decode()
    assert ArgumentMap.objects.count() == 1


def test_a_large_map_tells_how_far_it_is(desk: Desks, outsider: User) -> None:
    at = desk(outsider)
    page = upload(at, native.dump(large(2_000)))
    given = {"slug": "large", "visibility": "private"}
    answer = at.client.post(page.request["PATH_INFO"], given)
    parts = [part.decode() for part in answer.streaming_content]
    bars = [part for part in parts if "<progress" in part]
    # A row and a line of the log for each: map, 2,000 statements, 1,999 inferences.
    assert 'max="8000"' in bars[1]
    done = [int(bar.split('value="')[1].split('"')[0]) for bar in bars]
    assert done == sorted(set(done))
    assert (done[0], done[1], done[-1]) == (0, 501, 8_000)
    assert "The map “A large tree” was made." in parts[-2]
    made = ArgumentMap.objects.get(slug="large")
    assert reverse("admin:argmap_argumentmap_change", args=[made.pk]) in parts[-2]
    assert (made.statements.count(), made.changes.get().items.count()) == (2_000, 4_000)


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_left_half_way_leaves_nothing(desk: Desks, outsider: User) -> None:
    at = desk(outsider)
    page = upload(at, native.dump(large(2_000)))
    given = {"slug": "large", "visibility": "private"}
    answer = at.client.post(page.request["PATH_INFO"], given)
    parts = iter(answer.streaming_content)
    assert any("2,001 of 8,000" in next(parts).decode() for _ in range(10))
    answer.close()
    assert not ArgumentMap.objects.exists()
    assert Upload.objects.count() == 1


def test_a_fault_half_way_is_told_and_leaves_nothing(
    desk: Desks, outsider: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("The disk is full.")

    at = desk(outsider)
    page = upload(at, native.dump(large(600)))
    monkeypatch.setattr("argmap.actions.imports.write_change", fail)
    answer = at.client.post(page.request["PATH_INFO"], {"slug": "x", "visibility": "private"})
    html = b"".join(answer.streaming_content).decode()
    assert "Nothing was written. The site has a fault" in html
    assert "The disk is full." in caplog.text
    assert (ArgumentMap.objects.count(), Upload.objects.count()) == (0, 1)


def test_a_file_is_made_a_map_once(desk: Desks, outsider: User, harbour: str) -> None:
    at = desk(outsider)
    page = upload(at, harbour)
    at.send(page)
    assert "imported already" in at.send(page).content.decode()
    assert ArgumentMap.objects.count() == 2


def test_a_file_waits_for_half_a_day(desk: Desks, outsider: User, harbour: str) -> None:
    at = desk(outsider)
    upload(at, harbour)
    Upload.objects.update(made_at=timezone.now() - KEPT_FOR)
    new = upload(at, harbour).context["upload"]
    assert [*Upload.objects.all()] == [new]


HEAD = '{"format": "argmap/1", "map": {"title": "x"}, '


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The submitted file is empty."),
        (b"\n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n", "byte 1: the file is not UTF-8"),
        (b"PK\x03\x04\x14\x00", "this is a workbook or an archive: maps come as JSON or TOML"),
        (b"key,kind,text\n,claim,Ice.\n", "the file is of no known format"),
        (b'{"format": "argmap/1"', "line 1, column 22: this is not JSON"),
        (
            f'{HEAD}"statements": [{{"key": "C1", "kind": "hunch"}}]}}'.encode(),
            "statements[0].text",
        ),
        (
            (
                f'{HEAD}"statements": [{{"key": "C1", "kind": "claim", "text": "x"}}], "inferences": ['
                '{"key": "I1", "stance": "support", "premises": ["C1"], "conclusion": "I2"},'
                '{"key": "I2", "stance": "support", "premises": ["C1"], "conclusion": "I1"}]}'
            ).encode(),
            "inferences[0].conclusion: I1, I2 bear on one another in a ring",
        ),
        (b"[" * 100_000, "the file is of no known format"),
    ],
)
def test_a_hostile_file_is_told_in_one_line(
    desk: Desks, outsider: User, content: bytes, told: str
) -> None:
    page = upload(desk(outsider), content)
    assert page.status_code == 200
    assert told in page.context["form"].errors["file"][0]
    assert not Upload.objects.exists()


def test_nobody_sees_what_another_sent(
    desk: Desks, outsider: User, admin: User, harbour: str
) -> None:
    sent = upload(desk(outsider), harbour).context["upload"]
    answer = desk(admin).client.get(f"{HERE}{sent.pk}/", follow=True)
    assert "is kept no longer" in answer.content.decode()


def test_who_may_not_add_maps_may_not_import(desk: Desks, outsider: User, harbour: str) -> None:
    sent = upload(desk(outsider), harbour).context["upload"]
    group = Group.objects.get(name="Analysts")
    group.permissions.remove(Permission.objects.get(codename="add_argumentmap"))
    at = desk(outsider)
    assert HERE not in at.open("argumentmap_changelist").content.decode()
    for there in (HERE, f"{HERE}{sent.pk}/"):
        assert at.client.get(there).status_code == 403
        assert at.client.post(there, {"slug": "x", "visibility": "private"}).status_code == 403


def test_the_list_leads_to_it(desk: Desks, outsider: User) -> None:
    assert f'href="{HERE}"' in desk(outsider).open("argumentmap_changelist").content.decode()
