"""Acts on many statements at once, on one map and on several."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from argmap import actions
from argmap.actions import Chosen
from argmap.audit import audit
from argmap.core.kinds import Role, Satisfaction, Verb, Visibility
from argmap.models import Answer, ArgumentMap, Change, Comment, CriticalQuestion, Scheme, Source
from tests.cast import a_tree


@pytest.fixture
def other_map(analyst: User, editor: User) -> ArgumentMap:
    """A map of the analyst's that the editor edits too, with one claim."""
    found = actions.create_map(actor=analyst, title="The port", visibility=Visibility.MEMBERS)
    actions.set_member(actor=analyst, argument_map=found, user=editor, role=Role.EDITOR)
    actions.add_statement(actor=analyst, argument_map=found, kind="claim", text="Ports pay.")
    return found


def keys(a_map: ArgumentMap) -> set[str]:
    return {*a_map.statements.values_list("key", flat=True)}


def steps(a_map: ArgumentMap) -> dict[str, str]:
    return {
        each.key: " ".join(
            [
                *(premise.statement.key for premise in each.premises.all()),
                ">",
                str(each.conclusion.key),
            ]
        )
        for each in a_map.inferences.all()
        if each.conclusion
    }


def changes(a_map: ArgumentMap) -> list[Change]:
    return list(Change.objects.filter(map=a_map).order_by("-activity"))


# --- Editing ------------------------------------------------------------------------------------


def test_many_are_edited_in_one_change_a_map(
    a_map: ArgumentMap, other_map: ArgumentMap, analyst: User
) -> None:
    actions.edit_statement(actor=analyst, argument_map=a_map, key="E1", tags=["ice", "old"])
    batch = actions.edit_statements(
        actor=analyst,
        chosen=[Chosen(a_map, ["E1", "E2"]), Chosen(other_map, ["C1"])],
        status="reviewed",
        kind="counterargument",
        add_tags=["winter"],
        remove_tags=["old"],
    )

    row = a_map.statements.get(key="E1")
    assert (row.status, row.kind, row.tags) == ("reviewed", "counterargument", ["ice", "winter"])
    assert row.changed_in == a_map.version
    for found, touched in ((a_map, ["E1", "E2"]), (other_map, ["C1"])):
        change = changes(found)[0]
        assert (change.verb, change.batch, change.actor) == (Verb.EDIT, batch, analyst)
        assert [item.key for item in change.items.all()] == touched
        assert not audit(found)


def test_what_is_so_already_leaves_no_change(a_map: ArgumentMap, analyst: User) -> None:
    before = a_map.activity
    batch = actions.edit_statements(actor=analyst, chosen=[Chosen(a_map, ["E1"])], status="draft")
    a_map.refresh_from_db()
    assert a_map.activity == before
    assert actions.batch_of(analyst, batch) == []


def test_a_refusal_names_the_statement_and_nothing_is_done(
    a_map: ArgumentMap, other_map: ArgumentMap, analyst: User, editor: User
) -> None:
    chosen = [Chosen(other_map, ["C1"]), Chosen(a_map, ["E1", "E2"], seen=a_map.version)]
    with pytest.raises(ValidationError, match=r"C1 of “The port”: tags: A tag has 1 to"):
        actions.edit_statements(actor=analyst, chosen=chosen, add_tags=["x" * 61])
    with pytest.raises(ValidationError, match=r"C1 of “The port”: status"):
        actions.edit_statements(actor=analyst, chosen=chosen, status="splendid")
    actions.edit_statement(actor=editor, argument_map=a_map, key="E2", note="New.")
    with pytest.raises(actions.Conflict, match=r"editor changed E2 \(note\)"):
        actions.edit_statements(actor=analyst, chosen=chosen, status="reviewed")
    actions.delete_statement(actor=editor, argument_map=a_map, key="E1")
    with pytest.raises(actions.Gone, match="E1 was deleted"):
        actions.edit_statements(actor=analyst, chosen=chosen, status="reviewed")
    assert other_map.statements.get().status == "draft"


@pytest.mark.parametrize("person", ["reviewer", "viewer", "outsider"])
def test_only_editors_may(
    a_map: ArgumentMap, other_map: ArgumentMap, person: str, request: pytest.FixtureRequest
) -> None:
    someone: User = request.getfixturevalue(person)
    on_it: dict[str, Any] = {"actor": someone, "argument_map": a_map}
    for act in (
        lambda: actions.edit_statements(
            actor=someone, chosen=[Chosen(a_map, ["E1"])], status="draft"
        ),
        lambda: actions.delete_statements(actor=someone, chosen=[Chosen(a_map, ["E1"])]),
        lambda: actions.merge_statements(**on_it, keys=["E1", "E2"], kept="E1"),
        lambda: actions.move_statements(**on_it, keys=["E1"], target=other_map),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert keys(a_map) == {"C1", "E1", "E2", "K1"}


def test_the_queries_do_not_grow_with_the_statements(analyst: User) -> None:
    def cost(number: int) -> tuple[int, int, int]:
        tree = a_tree(analyst, 40)
        named = [f"C{place}" for place in range(2, 2 + number)]
        for key in named:
            actions.add_comment(actor=analyst, argument_map=tree, about=key, body="Why?")
        with CaptureQueriesContext(connection) as edits:
            batch = actions.edit_statements(
                actor=analyst, chosen=[Chosen(tree, named)], status="reviewed", add_tags=["x"]
            )
        with CaptureQueriesContext(connection) as undos:
            actions.undo_batch(actor=analyst, batch=batch)
        with CaptureQueriesContext(connection) as deletes:
            actions.delete_statements(actor=analyst, chosen=[Chosen(tree, named)])
        return len(edits), len(undos), len(deletes)

    assert cost(2) == cost(30)


# --- Deleting -----------------------------------------------------------------------------------


def test_many_are_deleted_with_what_falls(
    a_map: ArgumentMap, other_map: ArgumentMap, analyst: User
) -> None:
    actions.add_comment(actor=analyst, argument_map=a_map, about="E1", body="Why?")
    batch = actions.delete_statements(
        actor=analyst, chosen=[Chosen(a_map, ["E1", "E2"]), Chosen(other_map, ["C1"])]
    )
    assert keys(a_map) == {"C1", "K1"}
    assert not a_map.inferences.exists()
    assert not other_map.statements.exists()
    assert Comment.objects.get().lost_target == "E1"
    assert {change.batch for change in (changes(a_map)[0], changes(other_map)[0])} == {batch}

    actions.undo_batch(actor=analyst, batch=batch)
    assert keys(a_map) == {"C1", "E1", "E2", "K1"}
    assert steps(a_map) == {"I1": "E1 E2 > C1", "I2": "K1 > I1"}
    assert Comment.objects.get().about == "E1"
    assert other_map.statements.get().text == "Ports pay."


def test_what_came_to_hang_on_it_meanwhile_is_not_deleted(
    a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    seen = a_map.version
    actions.add_inference(
        actor=editor, argument_map=a_map, stance="support", premises=["E1"], conclusion="K1"
    )
    with pytest.raises(actions.Conflict, match="I3"):
        actions.delete_statements(actor=analyst, chosen=[Chosen(a_map, ["E1"], seen)])
    assert "E1" in keys(a_map)


# --- Merging ------------------------------------------------------------------------------------


def test_duplicates_become_one(a_map: ArgumentMap, analyst: User) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.edit_statement(**on_it, key="E2", tags=["cost"], note="Dear.", likelihood="likely")
    actions.add_inference(**on_it, stance="support", premises=["E1"], conclusion="C1")
    actions.add_comment(**on_it, about="I3", body="Enough?")
    thread = actions.add_comment(**on_it, about="E1", body="Why?")

    batch = actions.merge_statements(**on_it, keys=["E1", "E2"], kept="E2")

    row = a_map.statements.get(key="E2")
    assert row.note == "Dear.\n\nMerged from E1: Ice blocked the harbour on forty days last winter."
    assert (row.tags, row.likelihood) == (["cost"], "likely")
    assert row.excerpts.get().key == "X1"
    # Both come to say it, so I1 stays; what was said of I3 is said of I1.
    assert steps(a_map) == {"I1": "E2 > C1", "I2": "K1 > I1"}
    assert [each.about for each in Comment.objects.order_by("pk")] == ["I1", "E2"]
    assert thread.pk in a_map.comments.values_list("pk", flat=True)
    assert not audit(a_map)
    change = changes(a_map)[0]
    assert (change.verb, change.batch) == (Verb.MERGE, batch)

    actions.undo(**on_it)
    assert steps(a_map) == {"I1": "E1 E2 > C1", "I2": "K1 > I1", "I3": "E1 > C1"}
    assert [each.about for each in Comment.objects.order_by("pk")] == ["I3", "E1"]
    assert a_map.statements.get(key="E1").excerpts.get().key == "X1"
    actions.redo(**on_it)
    assert steps(a_map) == {"I1": "E2 > C1", "I2": "K1 > I1"}
    assert not audit(a_map)


def test_a_merge_is_refused_with_a_reason(a_map: ArgumentMap, analyst: User, editor: User) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    for named in (["E1"], ["E1", "E1"], ["E2", "C1"]):
        with pytest.raises(ValidationError, match="two statements or more"):
            actions.merge_statements(**on_it, keys=named, kept="E1")
    with pytest.raises(actions.Gone, match="E9"):
        actions.merge_statements(**on_it, keys=["E1", "E9"], kept="E1")
    actions.edit_statement(**on_it, key="E1", note="x" * 9_980)
    with pytest.raises(ValidationError, match=r"E1 of “The harbour should close”: note"):
        actions.merge_statements(**on_it, keys=["E1", "E2"], kept="E1")
    seen = a_map.version
    actions.edit_inference(actor=editor, argument_map=a_map, key="I1", warrant="New.")
    with pytest.raises(actions.Conflict, match=r"editor changed I1 \(warrant\)"):
        actions.merge_statements(**on_it, keys=["E1", "E2"], kept="E2", seen=seen)
    assert keys(a_map) == {"C1", "E1", "E2", "K1"}


def test_a_merge_costs_the_same_for_few_and_many(analyst: User) -> None:
    def cost(number: int) -> int:
        tree = a_tree(analyst, 40)
        named = [f"C{place}" for place in range(2, 2 + number)]
        for key in named:
            actions.add_comment(actor=analyst, argument_map=tree, about=key, body="Why?")
        with CaptureQueriesContext(connection) as queries:
            actions.merge_statements(actor=analyst, argument_map=tree, keys=named, kept=named[0])
        assert not audit(tree)
        return len(queries)

    assert cost(3) == cost(20)


# --- Moving -------------------------------------------------------------------------------------


def test_statements_move_with_what_hangs_on_them(
    a_map: ArgumentMap, other_map: ArgumentMap, analyst: User, reviewer: User
) -> None:
    thread = actions.add_comment(actor=reviewer, argument_map=a_map, about="I1", body="So?")
    scheme = Scheme.objects.get(slug="sign")
    question = CriticalQuestion.objects.create(scheme=scheme, order=1, text="Is it a sign?")
    answer = Answer.objects.create(
        map=a_map,
        inference=a_map.inferences.get(key="I1"),
        question=question,
        author=reviewer,
        author_name="reviewer",
        says=Satisfaction.SATISFIED,
    )

    moved = actions.move_statements(
        actor=analyst, argument_map=a_map, keys=["C1"], target=other_map
    )

    assert keys(a_map) == set()
    assert keys(other_map) == {"C1", "C2", "E1", "E2", "K1"}
    assert steps(other_map) == {"I1": "E1 E2 > C2", "I2": "K1 > I1"}
    assert moved.keys["C1"] == "C2"
    assert other_map.excerpts.get().source.title == "The harbour master's log"
    assert a_map.sources.get().key == "S1"
    for said in (thread, answer):
        said.refresh_from_db()
        assert said.map == other_map
        assert said.inference == other_map.inferences.get(key="I1")
    for found in (a_map, other_map):
        assert (changes(found)[0].verb, changes(found)[0].batch) == (Verb.MOVE, moved.batch)
        assert not audit(found)

    written_since = actions.add_comment(
        actor=analyst, argument_map=other_map, parent=thread.pk, body="So."
    )
    actions.undo(actor=analyst, argument_map=other_map)
    assert keys(a_map) == {"C1", "E1", "E2", "K1"}
    assert keys(other_map) == {"C1"}
    assert not other_map.sources.exists()
    for row in (thread, answer, written_since):
        row.refresh_from_db()
        assert row.map == a_map
        assert row.inference == a_map.inferences.get(key="I1")
    for found in (a_map, other_map):
        assert changes(found)[0].verb == Verb.UNDO
        assert not audit(found)

    actions.redo(actor=analyst, argument_map=a_map)
    assert keys(other_map) == {"C1", "C2", "E1", "E2", "K1"}


def test_a_source_that_the_other_map_has_is_not_copied(
    a_map: ArgumentMap, other_map: ArgumentMap, analyst: User
) -> None:
    there: dict[str, Any] = {"actor": analyst, "argument_map": other_map}
    actions.add_source(**there, title="Almanac")
    same = actions.add_source(**there, title="The harbour master's log", note="By hand.")
    actions.move_statements(actor=analyst, argument_map=a_map, keys=["E1"], target=other_map)
    assert other_map.excerpts.get().source == same
    assert other_map.sources.count() == 2


def test_a_hash_tells_sources_apart_and_texts_are_copied(
    a_map: ArgumentMap, other_map: ArgumentMap, analyst: User
) -> None:
    actions.attach_text(
        actor=analyst, argument_map=a_map, key="S1", data=b"On forty days no ship came in.",
        media_type="text/plain",
    )  # fmt: skip
    actions.add_source(
        actor=analyst, argument_map=other_map, title="The harbour master's log", sha256="0" * 64
    )
    actions.move_statements(actor=analyst, argument_map=a_map, keys=["E1"], target=other_map)
    copy = other_map.excerpts.get().source
    assert (copy.key, copy.text) == ("S2", "On forty days no ship came in.")
    assert Source.objects.filter(sha256=copy.sha256).count() == 2


def test_a_move_is_refused_with_a_reason(
    a_map: ArgumentMap, other_map: ArgumentMap, analyst: User, editor: User
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map, "keys": ["C1"]}
    with pytest.raises(ValidationError, match="on this map already"):
        actions.move_statements(**on_it, target=a_map)
    seen = a_map.version
    actions.edit_statement(actor=editor, argument_map=a_map, key="K1", note="New.")
    with pytest.raises(actions.Conflict, match="editor changed K1"):
        actions.move_statements(**on_it, target=other_map, seen=seen)
    theirs = actions.create_map(actor=editor, title="Theirs")
    with pytest.raises(PermissionDenied):
        actions.move_statements(**on_it, target=theirs)
    assert keys(a_map) == {"C1", "E1", "E2", "K1"}


# --- Taking back --------------------------------------------------------------------------------


def test_what_someone_did_since_on_one_map_keeps_all_of_it(
    a_map: ArgumentMap, other_map: ArgumentMap, analyst: User, editor: User
) -> None:
    moved = actions.move_statements(
        actor=analyst, argument_map=a_map, keys=["C1"], target=other_map
    )
    actions.edit_statement(actor=editor, argument_map=other_map, key="E1", note="New.")
    with pytest.raises(actions.Conflict, match=r"editor changed E1 \(note\).*Nothing was undone"):
        actions.undo_batch(actor=analyst, batch=moved.batch)
    with pytest.raises(actions.Conflict, match=r"editor changed E1"):
        actions.undo(actor=analyst, argument_map=a_map)
    assert keys(a_map) == set()
    assert "C2" in keys(other_map)


def test_an_act_of_someone_elses_is_not_taken_back(
    a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    chosen = [Chosen(a_map, ["E1"])]
    batch = actions.edit_statements(actor=analyst, chosen=chosen, status="reviewed")
    with pytest.raises(actions.NothingToUndo):
        actions.undo_batch(actor=editor, batch=batch)


def test_an_act_is_taken_back_where_other_changes_came_after_it(
    a_map: ArgumentMap, analyst: User
) -> None:
    chosen = [Chosen(a_map, ["E1", "E2"])]
    batch = actions.edit_statements(actor=analyst, chosen=chosen, status="reviewed")
    actions.edit_statement(actor=analyst, argument_map=a_map, key="E1", note="New.")

    (undone,) = actions.undo_batch(actor=analyst, batch=batch)

    assert undone.of
    assert undone.of.batch == batch
    row = a_map.statements.get(key="E1")
    assert (row.status, row.note) == ("draft", "New.")
    with pytest.raises(actions.NothingToUndo, match="already"):
        actions.undo_batch(actor=analyst, batch=batch)


def test_nothing_is_parted_where_one_of_the_maps_is_out_of_reach(
    a_map: ArgumentMap, other_map: ArgumentMap, analyst: User, editor: User
) -> None:
    chosen = [Chosen(a_map, ["E1"]), Chosen(other_map, ["C1"])]
    actions.edit_statements(actor=editor, chosen=chosen, status="reviewed")
    actions.set_member(actor=analyst, argument_map=other_map, user=editor, role=Role.VIEWER)
    with pytest.raises(actions.NothingToUndo, match="on 2 maps, and you may no longer"):
        actions.undo(actor=editor, argument_map=a_map)
    assert a_map.statements.get(key="E1").status == "reviewed"


def test_where_a_map_was_deleted_a_move_stays_and_an_edit_goes(
    a_map: ArgumentMap, other_map: ArgumentMap, analyst: User
) -> None:
    chosen = [Chosen(a_map, ["E1"]), Chosen(other_map, ["C1"])]
    edited = actions.edit_statements(actor=analyst, chosen=chosen, status="reviewed")
    actions.move_statements(actor=analyst, argument_map=a_map, keys=["K1"], target=other_map)
    actions.delete_map(actor=analyst, argument_map=other_map)
    with pytest.raises(actions.NothingToUndo, match=r"was deleted since\. Nothing was undone"):
        actions.undo(actor=analyst, argument_map=a_map)
    actions.undo_batch(actor=analyst, batch=edited)
    assert a_map.statements.get(key="E1").status == "draft"
