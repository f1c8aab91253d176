"""What can be done with whole maps in the admin."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from argmap import actions, exports, graphs
from argmap.admin.acts import ACTS
from argmap.models import ArgumentMap, Change, Membership, Snapshot

Desks = Callable[[User], Any]
NAMES = [act.name for act in ACTS]
TOOLS = ["Duplicate", "Take a snapshot"]


def owner_of(argument_map: ArgumentMap) -> str:
    return Membership.objects.get(map=argument_map, role="owner").user.username


def tools_of(page: Any) -> list[str]:
    return [label for _, label in page.context["map_links"]["tools"]]


def test_each_sees_the_tools_that_they_may_use(
    desk: Desks, analyst: User, editor: User, viewer: User, a_map: ArgumentMap
) -> None:
    seen = {
        person.username: tools_of(desk(person).open("argumentmap_change", a_map.pk))
        for person in (analyst, editor, viewer)
    }
    assert seen == {
        "analyst": [*TOOLS, "Hand over", "Archive", "Export…", "Import table…"],
        "editor": [*TOOLS, "Export…", "Import table…"],
        "viewer": ["Duplicate", "Export…"],
    }


def test_a_map_is_duplicated(desk: Desks, viewer: User, a_map: ArgumentMap) -> None:
    page = desk(viewer).open("argumentmap_duplicate", a_map.pk)
    answer = desk(viewer).send(page, title="What if it froze?")
    made = ArgumentMap.objects.get(slug="what-if-it-froze")
    assert answer.redirect_chain == [
        (reverse("admin:argmap_argumentmap_change", args=[made.pk]), 302)
    ]
    assert owner_of(made) == "viewer"
    assert made.statements.count() == 4


def test_a_snapshot_is_taken_listed_and_downloaded_as_it_was(
    desk: Desks, editor: User, a_map: ArgumentMap
) -> None:
    before = exports.write(graphs.load_graph(a_map), "json")
    page = desk(editor).open("argumentmap_snapshot", a_map.pk)
    shown = desk(editor).send(page, name="As sent").content.decode()
    taken = Snapshot.objects.get(map=a_map)
    assert shown.count(taken.sha256) == 2
    actions.edit_statement(actor=editor, argument_map=a_map, key="C1", text="Otherwise.")
    file = desk(editor).open("argumentmap_snapshot_file", a_map.pk, taken.pk)
    assert file.content == before
    assert sha256(file.content).hexdigest() == taken.sha256
    name = f'attachment; filename="harbour-{taken.version}.json"'
    assert file.headers["Content-Disposition"] == name


def test_a_name_that_is_taken_is_said_on_its_field(
    desk: Desks, editor: User, a_map: ArgumentMap
) -> None:
    actions.take_snapshot(actor=editor, argument_map=a_map, name="As sent")
    page = desk(editor).open("argumentmap_snapshot", a_map.pk)
    refused = desk(editor).send(page, name="As sent")
    assert "has a snapshot of this name already" in str(refused.context["form"].errors["name"])
    assert 'value="As sent"' in refused.content.decode()


def test_a_snapshot_of_another_map_is_not_there(
    desk: Desks, analyst: User, outsider: User, a_map: ArgumentMap, hidden_map: ArgumentMap
) -> None:
    taken = actions.take_snapshot(actor=outsider, argument_map=hidden_map, name="Covert")
    for number in (a_map.pk, hidden_map.pk):
        answer = desk(analyst).open("argumentmap_snapshot_file", number, taken.pk)
        assert answer.status_code == 404


def test_a_map_is_handed_over_by_name(
    desk: Desks, analyst: User, outsider: User, a_map: ArgumentMap
) -> None:
    page = desk(analyst).open("argumentmap_transfer", a_map.pk)
    assert "Members: editor, reviewer, viewer." in page.content.decode()
    for name, said in (
        ("nobody", "Nobody with this name"),
        ("analyst", "analyst owns this map already"),
        ("", "This field is required"),
    ):
        assert said in desk(analyst).send(page, owner=name).content.decode()
    desk(analyst).send(page, owner="outsider")
    assert owner_of(a_map) == "outsider"
    assert Membership.objects.get(map=a_map, user=analyst).role == "editor"
    assert Change.objects.filter(map=a_map).latest("activity").verb == "share"


def test_a_map_is_archived_and_taken_back_in_use(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    at_work = desk(analyst)
    before = at_work.open("argumentmap_change", a_map.pk)
    at_work.send(at_work.open("argumentmap_archive", a_map.pk))
    page = at_work.open("argumentmap_change", a_map.pk)
    assert "this map can be read, not written" in page.content.decode()
    assert "_save" not in page.content.decode()
    assert tools_of(page) == ["Duplicate", "Hand over", "Take back in use", "Export…"]
    late = at_work.send(before, title="Typed too late")
    assert late.status_code == 403
    assert "Typed too late" in late.content.decode()
    claim = at_work.open("claim_change", a_map.statements.get(key="C1").pk)
    assert "_save" not in claim.content.decode()
    assert tools_of(claim) == []
    assert a_map.slug not in at_work.open("claim_add").content.decode()
    assert at_work.open("argumentmap_snapshot", a_map.pk).status_code == 403
    at_work.send(at_work.open("argumentmap_unarchive", a_map.pk))
    assert "_save" in at_work.open("argumentmap_change", a_map.pk).content.decode()


def test_archived_maps_are_listed_apart(desk: Desks, analyst: User, a_map: ArgumentMap) -> None:
    other = actions.create_map(actor=analyst, title="In use")
    actions.archive_map(actor=analyst, argument_map=a_map)

    def listed(query: str) -> set[ArgumentMap]:
        return set(desk(analyst).open("argumentmap_changelist", query=query).context["cl"].queryset)

    assert listed("") == {other}
    assert listed("?archived=yes") == {a_map}
    assert listed("?archived=all") == {a_map, other}
    html = desk(analyst).open("argumentmap_changelist", query="?_facets=True").content.decode()
    for told in ("In use (1)", "Archived (1)", "All (2)"):
        assert told in html


# Who gets which answer: the owner, an editor, a viewer, a reviewer without a desk, someone who is
# no member, and a superuser.
STATUSES = {
    "duplicate": (200, 200, 200, 302, 404, 200),
    "snapshot": (200, 200, 403, 302, 404, 200),
    "transfer": (200, 403, 403, 302, 404, 200),
    "archive": (200, 403, 403, 302, 404, 200),
    "unarchive": (200, 403, 403, 302, 404, 200),
}


@pytest.mark.parametrize("name", NAMES)
def test_every_act_for_every_role(
    request: pytest.FixtureRequest, desk: Desks, a_map: ArgumentMap, name: str
) -> None:
    people = ("analyst", "editor", "viewer", "reviewer", "outsider", "admin")
    address = reverse(f"admin:argmap_argumentmap_{name}", args=[a_map.pk])
    for person, status in zip(people, STATUSES[name], strict=True):
        client = desk(request.getfixturevalue(person)).client
        assert (person, client.get(address).status_code) == (person, status)
        if status != 200:
            assert client.post(address, {"name": "x", "owner": person}).status_code == status
    assert owner_of(a_map) == "analyst"
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("name", NAMES)
def test_a_role_without_the_groups_permissions_does_nothing(
    desk: Desks, analyst: User, a_map: ArgumentMap, name: str
) -> None:
    analyst.groups.set([Group.objects.get(name="Librarians")])
    assert desk(analyst).open(f"argumentmap_{name}", a_map.pk).status_code == 403


def choose(desk: Any, action: str, *maps: ArgumentMap) -> Any:
    data = {"action": action, "_selected_action": [each.pk for each in maps]}
    address = reverse("admin:argmap_argumentmap_changelist")
    return desk.client.post(f"{address}?archived=all", data, follow=True)


def test_several_are_archived_and_taken_back_all_or_none(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    other = actions.create_map(actor=editor, title="The editor's", visibility="public")
    refused = choose(desk(analyst), "archive_chosen", a_map, other).content.decode()
    assert "Nothing was done." in refused
    assert "This takes the role of owner on the map." in refused
    assert not ArgumentMap.objects.filter(archived_at__isnull=False).exists()
    third = actions.create_map(actor=analyst, title="Third")
    choose(desk(analyst), "archive_chosen", a_map, third)
    assert set(ArgumentMap.objects.filter(archived_at__isnull=False)) == {a_map, third}
    choose(desk(analyst), "unarchive_chosen", a_map, third)
    assert not ArgumentMap.objects.filter(archived_at__isnull=False).exists()


def test_several_are_duplicated_and_exported(
    desk: Desks, viewer: User, a_map: ArgumentMap, hidden_map: ArgumentMap
) -> None:
    choose(desk(viewer), "duplicate_chosen", a_map, hidden_map)
    made = ArgumentMap.objects.get(memberships__user=viewer, memberships__role="owner")
    assert made.slug == "the-harbour-should-close-copy"
    answer = choose(desk(viewer), "export_chosen", a_map, made, hidden_map)
    assert answer.headers["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(answer.content)) as archive:
        assert set(archive.namelist()) == {"harbour.json", f"{made.slug}.json"}
        assert archive.read("harbour.json") == exports.write(graphs.load_graph(a_map), "json")
