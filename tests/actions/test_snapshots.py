"""Snapshots: the bytes that are cited stay as they were."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from argmap import actions, exports, graphs
from argmap.models import ArgumentMap, Change, Snapshot


def test_it_keeps_the_bytes_of_the_export(a_map: ArgumentMap, analyst: User) -> None:
    exported = exports.write(graphs.load_graph(a_map), "json")

    taken = actions.take_snapshot(actor=analyst, argument_map=a_map, name=" As published ")
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Otherwise.")

    kept = Snapshot.objects.get(pk=taken.pk)
    assert kept.content.encode() == exported
    assert kept.sha256 == sha256(exported).hexdigest()
    assert (kept.name, kept.made_by_name) == ("As published", "analyst")
    assert kept.version == a_map.version - 1


def test_it_is_a_change_and_no_version(a_map: ArgumentMap, editor: User) -> None:
    version, activity = a_map.version, a_map.activity
    taken = actions.take_snapshot(actor=editor, argument_map=a_map, name="First")

    assert (a_map.version, a_map.activity) == (version, activity + 1)
    change = Change.objects.get(map=a_map, verb="snapshot")
    assert [item.after for item in change.items.all()] == [
        {"name": "First", "version": version, "sha256": taken.sha256}
    ]


def test_a_name_is_taken_once_in_a_map(a_map: ArgumentMap, analyst: User) -> None:
    other = actions.create_map(actor=analyst, title="Another")
    for argument_map in (a_map, other):
        actions.take_snapshot(actor=analyst, argument_map=argument_map, name="First")
    with pytest.raises(ValidationError) as caught:
        actions.take_snapshot(actor=analyst, argument_map=a_map, name="First ")
    assert caught.value.message_dict == {
        "name": ["This map has a snapshot of this name already: First. Choose another name."]
    }


@pytest.mark.parametrize("name", ["", " ", "n" * 121])
def test_it_has_a_name(a_map: ArgumentMap, analyst: User, name: str) -> None:
    with pytest.raises(ValidationError) as caught:
        actions.take_snapshot(actor=analyst, argument_map=a_map, name=name)
    assert list(caught.value.message_dict) == ["name"]
    assert not Snapshot.objects.exists()


def test_reviewers_take_none(a_map: ArgumentMap, reviewer: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.take_snapshot(actor=reviewer, argument_map=a_map, name="Mine")
