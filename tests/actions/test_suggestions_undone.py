"""Accepted suggestions taken back, and made again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from argmap import actions, graphs
from argmap.audit import audit
from argmap.core.graph import Graph
from argmap.core.kinds import CommentState, Verb
from argmap.models import ArgumentMap, Change, Comment, Statement, Suggestion

REWORDED = "The harbour should close from December to March."
Made = Callable[..., Suggestion]


@pytest.fixture
def suggested(a_map: ArgumentMap, reviewer: User) -> Made:
    def make(**fields: Any) -> Suggestion:
        wanted = {"does": "edit", "on": "C1", "after": {"text": REWORDED, "likelihood": "likely"}}
        return actions.suggest(actor=reviewer, argument_map=a_map, **{**wanted, **fields})

    return make


def graph(a_map: ArgumentMap) -> Graph:
    a_map.refresh_from_db()
    return graphs.load_graph(a_map)


def same(one: Graph, other: Graph) -> bool:
    """Tell whether two graphs differ in their versions only."""
    return one.statements == other.statements and one.inferences == other.inferences


def stands(made: Suggestion) -> tuple[str, str, bool, str]:
    """Return what became of a suggestion: its outcome, by whom, whether when, and its thread."""
    row = Suggestion.objects.select_related("comment").get(pk=made.pk)
    return row.outcome, row.settled_by_name, row.settled_at is not None, row.comment.state


UNDERCUT = {
    "does": "attack",
    "on": "I1",
    "after": {"kind": "counterargument", "text": "Tugs break ice.", "warrant": "They do."},
}


@pytest.mark.parametrize("fields", [{}, UNDERCUT], ids=["an edit", "an undercut"])
@pytest.mark.parametrize(
    ("amended", "outcome"), [(None, "accepted"), ({"text": "Other words."}, "amended")]
)
def test_an_accepted_suggestion_is_open_again_once_undone_and_accepted_once_redone(
    fields: dict[str, Any],
    amended: dict[str, Any] | None,
    outcome: str,
    a_map: ArgumentMap,
    suggested: Made,
    by_analyst: dict[str, Any],
    reviewer: User,
) -> None:
    made = suggested(**fields)
    if amended and fields:
        amended = {**amended, "kind": "evidence"}
    before = graph(a_map)
    actions.accept_suggestion(**by_analyst, comment=made.comment_id, amended=amended)
    after = graph(a_map)
    change = Change.objects.latest("pk")
    assert stands(made) == (outcome, "analyst", True, "resolved")

    undone = actions.undo(**by_analyst)
    assert same(graph(a_map), before)
    assert stands(made) == ("open", "", False, "open")
    assert Suggestion.objects.get(pk=made.pk).change is None
    assert (undone.of, undone.proposed_by_name) == (change, "")

    redone = actions.redo(**by_analyst)
    assert same(graph(a_map), after)
    assert stands(made) == (outcome, "analyst", True, "resolved")
    assert Suggestion.objects.get(pk=made.pk).change == change
    assert (redone.of, redone.proposed_by, redone.proposed_by_name) == (
        change,
        reviewer,
        "reviewer",
    )

    assert actions.undo(**by_analyst).of == change
    assert same(graph(a_map), before)
    assert not audit(a_map)


def test_one_that_is_open_again_is_settled_like_any_other(
    suggested: Made, by_analyst: dict[str, Any], a_map: ArgumentMap, editor: User
) -> None:
    made = suggested()
    actions.accept_suggestion(**by_analyst, comment=made.comment_id)
    actions.undo(**by_analyst)

    actions.decline_suggestion(
        actor=editor, argument_map=a_map, comment=made.comment_id, reason="No."
    )

    with pytest.raises(actions.Conflict, match="editor settled the suggestion after that: declin"):
        actions.redo(**by_analyst)
    assert stands(made) == ("declined", "editor", True, "resolved")
    assert Statement.objects.get(key="C1").text != REWORDED


def test_what_somebody_else_accepted_meanwhile_is_not_done_twice(
    suggested: Made, by_analyst: dict[str, Any], a_map: ArgumentMap, editor: User
) -> None:
    made = suggested(**UNDERCUT)
    actions.accept_suggestion(**by_analyst, comment=made.comment_id)
    actions.undo(**by_analyst)
    actions.accept_suggestion(actor=editor, argument_map=a_map, comment=made.comment_id)

    with pytest.raises(actions.Conflict, match="editor settled the suggestion after that: accept"):
        actions.redo(**by_analyst)
    assert Statement.objects.filter(text="Tugs break ice.").count() == 1
    actions.undo(actor=editor, argument_map=a_map)
    assert stands(made)[0] == "open"


def test_one_that_was_deleted_is_withdrawn_once_undone(
    suggested: Made, by_analyst: dict[str, Any], a_map: ArgumentMap, reviewer: User
) -> None:
    made = suggested()
    actions.accept_suggestion(**by_analyst, comment=made.comment_id)
    actions.delete_comment(actor=reviewer, argument_map=a_map, comment=made.comment_id)

    actions.undo(**by_analyst)
    assert stands(made)[0] == "withdrawn"
    assert Statement.objects.get(key="C1").text != REWORDED
    actions.redo(**by_analyst)
    assert stands(made)[0] == "accepted"
    assert Statement.objects.get(key="C1").text == REWORDED


def test_one_that_is_deleted_while_it_is_open_again_is_not_redone(
    suggested: Made, by_analyst: dict[str, Any], a_map: ArgumentMap, reviewer: User
) -> None:
    made = suggested()
    actions.accept_suggestion(**by_analyst, comment=made.comment_id)
    actions.undo(**by_analyst)
    actions.delete_comment(actor=reviewer, argument_map=a_map, comment=made.comment_id)

    with pytest.raises(actions.Conflict, match="reviewer settled the suggestion after that: withd"):
        actions.redo(**by_analyst)
    assert Statement.objects.get(key="C1").text != REWORDED


def test_what_others_wrote_since_is_kept(
    suggested: Made, by_analyst: dict[str, Any], a_map: ArgumentMap, editor: User
) -> None:
    made = suggested()
    actions.accept_suggestion(**by_analyst, comment=made.comment_id)
    on_it: dict[str, Any] = {"actor": editor, "argument_map": a_map}
    actions.edit_statement(**on_it, key="C1", note="A note.")
    actions.add_comment(**on_it, parent=made.comment_id, body="Thank you.")
    actions.edit_statement(**on_it, key="C1", text="Close it.")

    with pytest.raises(actions.Conflict, match="editor changed C1"):
        actions.undo(**by_analyst)
    assert stands(made)[0] == "accepted"
    actions.undo(**on_it)
    actions.undo(**by_analyst)
    assert stands(made)[0] == "open"
    assert Statement.objects.get(key="C1").note == "A note."
    assert Comment.objects.filter(parent=made.comment_id).exists()


def test_a_thread_that_was_opened_again_by_hand_is_no_obstacle(
    suggested: Made, by_analyst: dict[str, Any]
) -> None:
    made = suggested()
    actions.accept_suggestion(**by_analyst, comment=made.comment_id)
    actions.settle_thread(**by_analyst, comment=made.comment_id, state=CommentState.OPEN)
    actions.undo(**by_analyst)
    assert stands(made) == ("open", "", False, "open")


def test_only_who_accepted_it_takes_it_back(
    suggested: Made, by_analyst: dict[str, Any], a_map: ArgumentMap, editor: User
) -> None:
    made = suggested()
    actions.accept_suggestion(**by_analyst, comment=made.comment_id)

    with pytest.raises(actions.NothingToUndo):
        actions.undo(actor=editor, argument_map=a_map)
    next_undo, _ = actions.undoable(by_analyst["actor"], a_map)
    assert next_undo is not None
    assert next_undo.verb == Verb.ACCEPT


def test_a_suggestion_that_was_declined_or_withdrawn_is_no_change_to_undo(
    suggested: Made, by_analyst: dict[str, Any], a_map: ArgumentMap, reviewer: User
) -> None:
    latest = actions.undoable(by_analyst["actor"], a_map)
    actions.decline_suggestion(**by_analyst, comment=suggested().comment_id, reason="No.")
    actions.withdraw_suggestion(actor=reviewer, argument_map=a_map, comment=suggested().comment_id)
    assert actions.undoable(by_analyst["actor"], a_map) == latest
    assert actions.undoable(reviewer, a_map) == (None, None)
