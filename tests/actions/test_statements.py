from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from argmap import actions
from argmap.core.kinds import Kind, Verb
from argmap.core.limits import TEXT_LIMIT
from argmap.models import ArgumentMap, Change, Statement


def edit(a_map: ArgumentMap, actor: User, key: str = "C1", **fields: Any) -> Statement:
    return actions.edit_statement(actor=actor, argument_map=a_map, key=key, **fields)


def test_an_edit_leaves_one_change_with_before_and_after(a_map: ArgumentMap, analyst: User) -> None:
    version, activity = a_map.version, a_map.activity

    edit(a_map, analyst, text="The harbour should close from January.", tags=["ice", "cost"])

    change = Change.objects.filter(map=a_map).latest("activity")
    item = change.items.get()
    assert (change.verb, change.actor, change.actor_name) == (Verb.EDIT, analyst, "analyst")
    assert (change.activity, change.version) == (activity + 1, version + 1)
    assert (item.type, item.key, item.fields) == ("statement", "C1", ["tags", "text"])
    assert item.before
    assert item.after
    assert item.before["text"] == "The harbour should close in winter."
    assert item.after["tags"] == ["cost", "ice"]
    assert Statement.objects.get(map=a_map, key="C1").changed_in == version + 1


def test_an_edit_that_changes_nothing_leaves_nothing(a_map: ArgumentMap, analyst: User) -> None:
    before = (a_map.version, a_map.activity, Change.objects.count())

    edit(a_map, analyst, text=" The harbour should close in winter. ")

    a_map.refresh_from_db()
    assert (a_map.version, a_map.activity, Change.objects.count()) == before


def test_keys_are_never_handed_out_twice(a_map: ArgumentMap, analyst: User) -> None:
    actions.delete_statement(actor=analyst, argument_map=a_map, key="E2")

    made = actions.add_statement(
        actor=analyst, argument_map=a_map, kind=Kind.EVIDENCE, text="Ships went elsewhere."
    )

    assert made.key == "E3"


def test_a_kind_that_changes_keeps_its_key(a_map: ArgumentMap, analyst: User) -> None:
    edit(a_map, analyst, "K1", kind=Kind.CLAIM)

    assert Statement.objects.get(map=a_map, key="K1").kind == Kind.CLAIM


def test_a_stale_edit_of_the_same_statement_conflicts_and_says_who(
    a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    seen = a_map.version
    edit(a_map, editor, text="The harbour should close in February.")

    with pytest.raises(actions.Conflict, match=r"editor changed C1 \(text\)") as caught:
        edit(a_map, analyst, seen=seen, note="Mine")

    assert isinstance(caught.value.element, Statement)
    assert caught.value.element.text == "The harbour should close in February."
    assert Statement.objects.get(map=a_map, key="C1").note == ""


def test_edits_of_different_statements_never_conflict(
    a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    seen = a_map.version

    edit(a_map, editor, "E1", note="Theirs", seen=seen)
    edit(a_map, analyst, "E2", note="Mine", seen=seen)

    notes = Statement.objects.filter(map=a_map, key__in=["E1", "E2"]).order_by("key")
    assert list(notes.values_list("note", flat=True)) == ["Theirs", "Mine"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": "   "}, "text"),
        ({"text": "x" * (TEXT_LIMIT + 1)}, "text"),
        ({"text": "a NUL \x00 byte"}, "text"),
        ({"kind": "premise"}, "kind"),
        ({"likelihood": "maybe"}, "likelihood"),
        ({"base_score": 1.5}, "base_score"),
        ({"tags": "ice"}, "tags"),
        ({"tags": ["x" * 100]}, "tags"),
        ({"changed_in": 0}, "changed_in"),
        ({"map_id": 7}, "map_id"),
    ],
)
def test_what_may_not_be_stored_is_refused_by_field(
    a_map: ArgumentMap, analyst: User, fields: dict[str, Any], field: str
) -> None:
    activity = a_map.activity

    with pytest.raises(ValidationError) as caught:
        edit(a_map, analyst, **fields)

    a_map.refresh_from_db()
    assert list(caught.value.message_dict) == [field]
    assert a_map.activity == activity


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\"'\\&amp;", "یہ دعویٰ ہے", "🜁" * 99]
)
def test_other_texts_are_kept_to_the_letter(a_map: ArgumentMap, analyst: User, text: str) -> None:
    edit(a_map, analyst, text=text)

    assert Statement.objects.get(map=a_map, key="C1").text == text


def test_roles_are_checked_again_under_the_lock(
    a_map: ArgumentMap, reviewer: User, outsider: User
) -> None:
    for person in (reviewer, outsider):
        with pytest.raises(PermissionDenied):
            edit(a_map, person, text="Mine now.")


def test_what_was_deleted_meanwhile_is_said(a_map: ArgumentMap, analyst: User) -> None:
    actions.delete_statement(actor=analyst, argument_map=a_map, key="C1")

    with pytest.raises(actions.Gone, match="C1"):
        edit(a_map, analyst, text="Too late.")


def test_deleting_a_premise_deletes_the_inference_and_its_undercut(
    a_map: ArgumentMap, analyst: User
) -> None:
    actions.delete_statement(actor=analyst, argument_map=a_map, key="E2")

    assert not a_map.inferences.exists()
    assert set(a_map.statements.values_list("key", flat=True)) == {"C1", "E1", "K1"}
    items = Change.objects.filter(map=a_map).latest("activity").items
    assert set(items.values_list("key", flat=True)) == {"I2", "I1", "E2"}


def test_deleting_conflicts_when_what_falls_with_it_changed(
    a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    seen = a_map.version
    actions.edit_inference(actor=editor, argument_map=a_map, key="I1", warrant="Better.")

    with pytest.raises(actions.Conflict, match="I1"):
        actions.delete_statement(actor=analyst, argument_map=a_map, key="E2", seen=seen)

    assert a_map.statements.filter(key="E2").exists()


def test_comments_outlive_their_target(a_map: ArgumentMap, analyst: User, reviewer: User) -> None:
    comments = [
        actions.add_comment(actor=reviewer, argument_map=a_map, about=about, body="Why?")
        for about in ("E1", "I1", "X1")
    ]

    actions.delete_statement(actor=analyst, argument_map=a_map, key="E1")

    for comment, about in zip(comments, ("E1", "I1", "X1"), strict=True):
        comment.refresh_from_db()
        assert (comment.about, comment.lost_target) == ("", about)
