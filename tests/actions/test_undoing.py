from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from argmap import actions, graphs
from argmap.audit import audit
from argmap.core.graph import Graph
from argmap.core.kinds import Role, Verb
from argmap.models import ArgumentMap, Change, Comment, Scheme, Statement


def graph(a_map: ArgumentMap) -> Graph:
    a_map.refresh_from_db()
    return graphs.load_graph(a_map)


def same(one: Graph, other: Graph) -> bool:
    """Tell whether two graphs differ in their versions only."""
    return one == Graph(**{**vars_of(other), "version": one.version})


def vars_of(found: Graph) -> dict[str, Any]:
    return {name: getattr(found, name) for name in Graph.__dataclass_fields__}


def undo(a_map: ArgumentMap, actor: User) -> Change:
    return actions.undo(actor=actor, argument_map=a_map)


def redo(a_map: ArgumentMap, actor: User) -> Change:
    return actions.redo(actor=actor, argument_map=a_map)


def edit(a_map: ArgumentMap, actor: User, key: str = "C1", **fields: Any) -> Statement:
    return actions.edit_statement(actor=actor, argument_map=a_map, key=key, **fields)


Doing = Callable[[dict[str, Any]], object]

DOINGS: dict[str, Doing] = {
    "edits a statement": lambda on: actions.edit_statement(
        **on, key="E1", text="Ice.", likelihood="likely", base_score=0.5, tags=["ice"]
    ),
    "changes a kind": lambda on: actions.edit_statement(**on, key="K1", kind="claim"),
    "adds a statement": lambda on: actions.add_statement(**on, kind="claim", text="New."),
    "deletes a premise": lambda on: actions.delete_statement(**on, key="E1"),
    "deletes the conclusion": lambda on: actions.delete_statement(**on, key="C1"),
    "adds an inference": lambda on: actions.add_inference(
        **on, stance="attack", premises=["E2", "K1"], conclusion="I2", weight=0.25
    ),
    "edits an inference": lambda on: actions.edit_inference(
        **on, key="I1", premises=["K1", "E2"], scheme=None, warrant="", weight=0.5, stance="attack"
    ),
    "turns an undercut": lambda on: actions.edit_inference(**on, key="I2", conclusion="E1"),
    "deletes an inference": lambda on: actions.delete_inference(**on, key="I1"),
    "gives a reason": lambda on: actions.add_reason(
        **on, about="I2", stance="attack", kind="evidence", text="No."
    ),
    "adds a premise": lambda on: actions.add_new_premise(
        **on, key="I1", kind="evidence", text="And."
    ),
    "splits": lambda on: actions.split_inference(**on, key="I1"),
    "adds a source": lambda on: actions.add_source(**on, title="Almanac", note="Blue."),
    "edits a source": lambda on: actions.edit_source(
        **on, key="S1", authors=["B. Pilot"], note="Kept by hand.", published=""
    ),
    "adds an excerpt": lambda on: actions.add_excerpt(
        **on,
        statement="E2",
        source="S1",
        quotation="Dear.",
        locator={"section": "Costs", "paragraph": 1, "sentence": 1},
    ),
    "edits an excerpt": lambda on: actions.edit_excerpt(
        **on,
        key="X1",
        quotation="On fifty.",
        locator={"section": "Winter", "paragraph": 3, "sentence": 1},
    ),
    "deletes an excerpt": lambda on: actions.delete_excerpt(**on, key="X1"),
    "edits the map": lambda on: actions.edit_map(**on, title="Close it", slug="quay", summary="!"),
}


@pytest.mark.parametrize("doing", DOINGS.values(), ids=DOINGS)
def test_whatever_was_done_is_undone_and_redone(
    a_map: ArgumentMap, analyst: User, doing: Doing
) -> None:
    before = graph(a_map)
    doing({"actor": analyst, "argument_map": a_map})
    after = graph(a_map)
    change = Change.objects.filter(map=a_map).latest("activity")

    undone = undo(a_map, analyst)
    assert same(graph(a_map), before)
    redone = redo(a_map, analyst)
    assert same(graph(a_map), after)

    assert (undone.verb, redone.verb) == (Verb.UNDO, Verb.REDO)
    assert undone.of == redone.of == change
    assert (redone.activity, redone.version) == (change.activity + 2, change.version + 2)
    touched = sorted(change.items.values_list("type", "key"))
    for again in (undone, redone):
        assert again.actor == analyst
        keys = [(type_, key) for type_, key in again.items.values_list("type", "key")]
        assert sorted(key for key in keys if key[0] != "map") == [
            key for key in touched if key[0] != "map"
        ]
    assert not audit(a_map)


def test_what_is_put_back_is_stamped_with_the_new_version(
    a_map: ArgumentMap, analyst: User
) -> None:
    edit(a_map, analyst, text="Else.")
    actions.delete_statement(actor=analyst, argument_map=a_map, key="E1")

    undo(a_map, analyst)
    again = a_map.version
    undo(a_map, analyst)

    for rows, key in ((a_map.statements, "E1"), (a_map.inferences, "I1"), (a_map.excerpts, "X1")):
        assert rows.get(key=key).changed_in == again
    assert a_map.statements.get(key="C1").changed_in == a_map.version == again + 1


def test_an_undo_of_an_excerpt_stamps_its_statement(a_map: ArgumentMap, analyst: User) -> None:
    actions.delete_excerpt(actor=analyst, argument_map=a_map, key="X1")

    undo(a_map, analyst)

    assert a_map.statements.get(key="E1").changed_in == a_map.version


def test_each_undo_takes_back_one_more_and_each_redo_makes_one_again(
    a_map: ArgumentMap, analyst: User
) -> None:
    for said in ("One.", "Two.", "Three."):
        edit(a_map, analyst, text=said)

    def text() -> str:
        return a_map.statements.get(key="C1").text

    undo(a_map, analyst)
    undo(a_map, analyst)
    assert text() == "One."
    redo(a_map, analyst)
    assert text() == "Two."
    edit(a_map, analyst, text="Four.")
    with pytest.raises(actions.NothingToUndo, match="nothing to redo"):
        redo(a_map, analyst)
    undo(a_map, analyst)
    undo(a_map, analyst)
    assert text() == "One."


def test_each_person_takes_back_their_own(a_map: ArgumentMap, analyst: User, editor: User) -> None:
    edit(a_map, analyst, text="Mine.")
    edit(a_map, editor, note="Theirs.")
    edit(a_map, editor, "E1", note="Theirs too.")

    undo(a_map, analyst)

    row = a_map.statements.get(key="C1")
    assert (row.text, row.note) == ("The harbour should close in winter.", "Theirs.")
    undo(a_map, editor)
    undo(a_map, editor)
    with pytest.raises(actions.NothingToUndo, match="nothing to undo"):
        undo(a_map, editor)


def test_what_someone_wrote_since_is_not_overwritten(
    a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    edit(a_map, analyst, text="Mine.", note="Mine.")
    edit(a_map, editor, text="Theirs.")
    edit(a_map, editor, title="Later")
    before = graph(a_map)

    with pytest.raises(actions.Conflict, match=r"^editor changed C1 \(text\) after") as caught:
        undo(a_map, analyst)

    assert isinstance(caught.value.element, Statement)
    assert caught.value.element.text == "Theirs."
    assert caught.value.change
    assert caught.value.change.version == before.version - 1
    assert graph(a_map) == before
    undo(a_map, editor)
    undo(a_map, editor)
    undo(a_map, analyst)
    assert a_map.statements.get(key="C1").note == ""


def test_a_redo_does_not_overwrite_either(a_map: ArgumentMap, analyst: User, editor: User) -> None:
    edit(a_map, analyst, text="Mine.")
    undo(a_map, analyst)
    edit(a_map, editor, text="Theirs.")

    with pytest.raises(actions.Conflict, match=r"editor changed C1 \(text\).*redone"):
        redo(a_map, analyst)


def _edited(on: dict[str, Any]) -> None:
    actions.edit_statement(**on, key="C2", note="Theirs.")


def _borne_on(on: dict[str, Any]) -> None:
    actions.add_inference(**on, stance="support", premises=["E1"], conclusion="C2")


def _started_from(on: dict[str, Any]) -> None:
    actions.edit_inference(**on, key="I2", premises=["K1", "C2"])


def _resting(on: dict[str, Any]) -> None:
    place = {"section": "", "paragraph": 1, "sentence": 1}
    actions.add_excerpt(**on, statement="C2", source="S1", quotation="Ice.", locator=place)


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        (_edited, r"editor changed C2 \(note\)"),
        (_borne_on, "editor put I3 on C2"),
        (_started_from, "editor put I2 on C2"),
        (_resting, "editor put X2 on C2"),
    ],
)
def test_what_others_use_is_not_taken_away(
    a_map: ArgumentMap, analyst: User, editor: User, theirs: Doing, told: str
) -> None:
    actions.add_statement(actor=analyst, argument_map=a_map, kind="claim", text="New.")
    theirs({"actor": editor, "argument_map": a_map})
    before = graph(a_map)

    with pytest.raises(actions.Conflict, match=f"^{told} after that. Nothing was undone") as caught:
        undo(a_map, analyst)

    assert str(caught.value.element) == "C2 New."
    assert graph(a_map) == before
    undo(a_map, editor)
    undo(a_map, analyst)
    assert "C2" not in graph(a_map).statement


def test_sources_and_inferences_that_others_use_stay(
    a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    mine: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    theirs: dict[str, Any] = {"actor": editor, "argument_map": a_map}
    place = {"section": "", "paragraph": 1, "sentence": 1}
    actions.add_inference(**mine, stance="support", premises=["E1"], conclusion="C1")
    actions.add_inference(**theirs, stance="attack", premises=["K1"], conclusion="I3")
    with pytest.raises(actions.Conflict, match="editor put I4 on I3"):
        undo(a_map, analyst)

    actions.add_source(**mine, title="Almanac")
    actions.add_excerpt(**theirs, statement="E2", source="S2", quotation="Ice.", locator=place)
    with pytest.raises(actions.Conflict, match="editor put X2 on S2"):
        undo(a_map, analyst)


def test_what_was_deleted_comes_back_only_on_what_is_there(
    a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    actions.delete_inference(actor=analyst, argument_map=a_map, key="I1")
    actions.delete_statement(actor=editor, argument_map=a_map, key="E2")
    before = graph(a_map)

    with pytest.raises(actions.Gone, match=r"^editor deleted E2, which I1 needs, after that"):
        undo(a_map, analyst)

    assert graph(a_map) == before
    undo(a_map, editor)
    undo(a_map, analyst)
    assert graph(a_map).inference["I1"].premises == ("E1", "E2")


def test_what_was_changed_and_then_deleted_by_someone_is_said(
    a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    edit(a_map, analyst, "K1", text="Mine.")
    actions.delete_statement(actor=editor, argument_map=a_map, key="K1")

    with pytest.raises(actions.Gone, match=r"^editor deleted K1 after that. Nothing was undone"):
        undo(a_map, analyst)


def test_a_rule_of_the_graph_stands_above_an_undo(
    a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    actions.edit_inference(actor=analyst, argument_map=a_map, key="I2", conclusion="C1")
    actions.edit_inference(actor=editor, argument_map=a_map, key="I1", conclusion="I2")
    before = graph(a_map)

    with pytest.raises(ValidationError, match="by way of others"):
        undo(a_map, analyst)

    assert graph(a_map) == before


def test_comments_are_kept_and_find_back(a_map: ArgumentMap, analyst: User, reviewer: User) -> None:
    on_it: dict[str, Any] = {"actor": reviewer, "argument_map": a_map}
    abouts = ("E1", "I1", "X1", "I2", "E2")
    comments = [actions.add_comment(**on_it, about=about, body="Why?") for about in abouts]

    def told() -> list[tuple[str, str]]:
        fresh = Comment.objects.in_bulk([comment.pk for comment in comments])
        return [(fresh[each.pk].about, fresh[each.pk].lost_target) for each in comments]

    before = told()
    actions.delete_statement(actor=analyst, argument_map=a_map, key="E1")
    gone = told()
    undo(a_map, analyst)
    assert told() == before
    redo(a_map, analyst)
    assert told() == gone


def test_comments_go_over_with_a_join_and_back(
    a_map: ArgumentMap, analyst: User, reviewer: User
) -> None:
    mine: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.split_inference(**mine, key="I1")
    before = graph(a_map)
    comment = actions.add_comment(actor=reviewer, argument_map=a_map, about="I3", body="Why?")

    def about() -> str:
        comment.refresh_from_db()
        return comment.about

    actions.join_inferences(**mine, keys=["I1", "I3"])
    joined = graph(a_map)
    assert about() == "I1"
    undo(a_map, analyst)
    assert about() == "I3"
    assert same(graph(a_map), before)
    redo(a_map, analyst)
    assert about() == "I1"
    assert same(graph(a_map), joined)
    undo(a_map, analyst)
    undo(a_map, analyst)
    assert about() == "I1"


def test_a_source_with_a_text_does_not_come_back(a_map: ArgumentMap, analyst: User) -> None:
    mine: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.add_source(**mine, title="Almanac")
    actions.attach_text(**mine, key="S2", data=b"Ice.", media_type="text/plain")
    with pytest.raises(actions.Conflict, match=r"analyst changed S2 .*text_length"):
        undo(a_map, analyst)

    actions.delete_source(**mine, key="S2")
    with pytest.raises(ValidationError, match="S2 was deleted with its text"):
        undo(a_map, analyst)


def test_a_scheme_that_is_gone_is_said(a_map: ArgumentMap, analyst: User) -> None:
    actions.delete_inference(actor=analyst, argument_map=a_map, key="I1")
    Scheme.objects.get(slug="sign").delete()

    with pytest.raises(actions.Gone, match="The scheme sign, which I1 needs"):
        undo(a_map, analyst)


def test_the_owners_fields_take_the_owner_to_undo(
    a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    actions.edit_map(actor=analyst, argument_map=a_map, slug="quay", title="The quay")
    actions.set_member(actor=analyst, argument_map=a_map, user=editor, role=Role.OWNER)
    with pytest.raises(PermissionDenied):
        undo(a_map, analyst)

    actions.set_member(actor=editor, argument_map=a_map, user=analyst, role=Role.OWNER)
    undo(a_map, analyst)
    assert (a_map.slug, a_map.title) == ("harbour", "The harbour should close")


def test_a_slug_that_was_taken_since_cannot_come_back(a_map: ArgumentMap, analyst: User) -> None:
    actions.edit_map(actor=analyst, argument_map=a_map, slug="quay")
    actions.create_map(actor=analyst, title="Another", slug="harbour")

    with pytest.raises(ValidationError, match="slug cannot be used"):
        undo(a_map, analyst)


def test_an_undo_takes_the_role_of_editor(
    a_map: ArgumentMap, analyst: User, editor: User, reviewer: User, outsider: User
) -> None:
    edit(a_map, editor, text="Else.")
    actions.set_member(actor=analyst, argument_map=a_map, user=editor, role=Role.REVIEWER)
    for person in (editor, reviewer, outsider):
        for take in (undo, redo):
            with pytest.raises(PermissionDenied):
                take(a_map, person)


def test_comments_members_imports_and_texts_are_no_part_of_it(
    a_map: ArgumentMap, analyst: User, outsider: User
) -> None:
    mine: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    edit(a_map, analyst, text="Mine.")
    undo(a_map, analyst)
    comment = actions.add_comment(**mine, body="Well?")
    actions.edit_comment(**mine, comment=comment.pk, body="Well.")
    actions.set_member(**mine, user=outsider, role=Role.VIEWER)
    actions.attach_text(**mine, key="S1", data=b"Ice.", media_type="text/plain")
    actions.delete_comment(**mine, comment=comment.pk)

    next_undo, next_redo = actions.undoable(analyst, a_map)

    assert next_redo
    assert [item.key for item in next_redo.items.all()] == ["C1"]
    assert next_undo
    assert [item.key for item in next_undo.items.all()] == ["X1"]


def test_making_a_map_is_not_taken_back(analyst: User) -> None:
    made = actions.create_map(actor=analyst, title="Empty")
    imported = actions.import_graph(actor=analyst, graph=graphs.load_graph(made), owner=analyst).map

    for a_map in (made, imported):
        assert actions.undoable(analyst, a_map) == (None, None)


def test_the_peek_says_what_undo_and_redo_would_be_of_in_one_query(
    a_map: ArgumentMap, analyst: User, editor: User, django_assert_num_queries: Any
) -> None:
    for text in ("One.", "Two.", "Three."):
        edit(a_map, editor, text=text)
    changes = list(Change.objects.filter(map=a_map, actor=editor).order_by("activity"))
    undo(a_map, editor)

    # The person's latest changes.
    with django_assert_num_queries(1):
        assert actions.undoable(editor, a_map) == (changes[1], changes[2])
    assert undo(a_map, editor).of == changes[1]
    assert redo(a_map, editor).of == changes[1]
    assert redo(a_map, editor).of == changes[2]
    assert actions.undoable(AnonymousUser(), a_map) == (None, None)
    nobodys = actions.create_map(actor=None, title="Nobody's")
    assert actions.undoable(editor, nobodys) == (None, None)


def test_what_is_taken_back_in_bulk_costs_the_same_for_few_and_many(
    a_map: ArgumentMap, analyst: User
) -> None:
    """Undo a deletion, with what fell, and redo it: lock, role, log, items; each table once."""
    mine: dict[str, Any] = {"actor": analyst, "argument_map": a_map}

    def cost() -> tuple[int, int]:
        actions.delete_statement(**mine, key="C1")
        counts = []
        for take in (undo, redo, undo):
            with CaptureQueriesContext(connection) as queries:
                take(a_map, analyst)
            counts.append(len(queries))
        return counts[0], counts[1]

    few = cost()
    for _ in range(20):
        actions.add_reason(**mine, about="C1", stance="support", kind="claim", text="More.")
    assert cost() == few
