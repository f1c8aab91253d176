"""What people said of a statement that is merged or moved goes along with it, and comes back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from argmap import actions
from argmap.audit import audit
from argmap.core.kinds import Role, Visibility
from argmap.models import ArgumentMap, ChangeItem, Rating, Statement
from argmap.review import earlier_bodies, ratings_of


@pytest.fixture
def other_map(analyst: User) -> ArgumentMap:
    """A map of the analyst's with a claim C1."""
    found = actions.create_map(actor=analyst, title="The port", visibility=Visibility.MEMBERS)
    actions.add_statement(actor=analyst, argument_map=found, kind="claim", text="Ports pay.")
    return found


def rate(actor: User, argument_map: ArgumentMap, key: str, likelihood: str) -> Rating:
    return actions.rate(
        actor=actor, argument_map=argument_map, statement=key, likelihood=likelihood
    )


def where(argument_map: ArgumentMap) -> list[tuple[str, str, str, str]]:
    """Return each rating of a map: of what, by whom, what it says, and what it remembers."""
    rows = argument_map.ratings.select_related("statement").order_by("pk")
    return [(row.about, row.author_name, row.likelihood, row.lost_target) for row in rows]


def test_ratings_go_to_the_statement_that_stays_and_back(
    a_map: ArgumentMap, analyst: User, reviewer: User
) -> None:
    rate(reviewer, a_map, "E2", "likely")
    rate(analyst, a_map, "E2", "unlikely")
    before = where(a_map)

    actions.merge_statements(actor=analyst, argument_map=a_map, keys=["E1", "E2"], kept="E1")
    merged = where(a_map)
    assert merged == [
        ("E1", reviewer.username, "likely", ""),
        ("E1", analyst.username, "unlikely", ""),
    ]

    actions.undo(actor=analyst, argument_map=a_map)
    assert where(a_map) == before
    actions.redo(actor=analyst, argument_map=a_map)
    assert where(a_map) == merged
    assert not audit(a_map)


def test_of_two_ratings_by_one_person_the_heirs_holds_and_the_other_remembers(
    a_map: ArgumentMap, analyst: User, reviewer: User
) -> None:
    rate(reviewer, a_map, "E1", "likely")
    rate(reviewer, a_map, "E2", "unlikely")
    before = where(a_map)

    actions.merge_statements(actor=analyst, argument_map=a_map, keys=["E1", "E2"], kept="E1")
    assert where(a_map) == [
        ("E1", reviewer.username, "likely", ""),
        ("", reviewer.username, "unlikely", "E2"),
    ]

    actions.undo(actor=analyst, argument_map=a_map)
    assert where(a_map) == before


def test_ratings_of_people_who_left_all_go_along(
    a_map: ArgumentMap, other_map: ArgumentMap, analyst: User
) -> None:
    for name in ("first", "second"):
        user = User.objects.create_user(name)
        actions.set_member(actor=analyst, argument_map=a_map, user=user, role=Role.REVIEWER)
        rate(user, a_map, "E2", "likely")
        user.delete()

    moved = actions.move_statements(
        actor=analyst, argument_map=a_map, keys=["E2"], target=other_map
    )
    key = moved.keys["E2"]
    assert where(other_map) == [(key, "first", "likely", ""), (key, "second", "likely", "")]


def test_ratings_move_to_the_other_map_unseen_and_back(
    a_map: ArgumentMap, other_map: ArgumentMap, analyst: User, reviewer: User
) -> None:
    for person in (reviewer, User.objects.create_user("second")):
        actions.set_member(actor=analyst, argument_map=other_map, user=person, role=Role.REVIEWER)
    rate(reviewer, a_map, "E2", "very_unlikely")
    before = where(a_map)

    moved = actions.move_statements(
        actor=analyst, argument_map=a_map, keys=["E2"], target=other_map
    )
    assert where(a_map) == []
    assert where(other_map) == [(moved.keys["E2"], reviewer.username, "very_unlikely", "")]
    statement = Statement.objects.get(map=other_map, key=moved.keys["E2"])
    assert ratings_of(User.objects.get(username="second"), statement).hidden
    logged = ChangeItem.objects.filter(type="rating").values_list("before", "after")
    assert "very_unlikely" not in str([*logged])

    actions.undo_batch(actor=analyst, batch=moved.batch)
    assert where(a_map) == before
    assert where(other_map) == []
    assert not audit(a_map)
    assert not audit(other_map)


def test_to_have_been_on_another_map_is_no_rewording(
    a_map: ArgumentMap, other_map: ArgumentMap, analyst: User
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    comment = actions.add_comment(**on_it, about="E2", body="Why?")
    actions.edit_comment(**on_it, comment=comment.pk, body="Why then?")
    moved = actions.move_statements(**on_it, keys=["E2"], target=other_map)
    actions.undo_batch(actor=analyst, batch=moved.batch)
    comment.refresh_from_db()
    assert comment.map == a_map
    assert [earlier.body for earlier in earlier_bodies(comment)] == ["Why?"]


def test_a_suggestion_is_on_what_it_went_along_with(
    a_map: ArgumentMap, other_map: ArgumentMap, analyst: User, reviewer: User
) -> None:
    reworded = actions.suggest(
        actor=reviewer, argument_map=a_map, does="edit", on="E2", after={"text": "It froze."}
    )
    actions.add_comment(
        actor=reviewer, argument_map=a_map, about="E2", body="Here, too.", nonce="2"
    )
    actions.set_member(actor=analyst, argument_map=other_map, user=reviewer, role=Role.REVIEWER)
    actions.add_comment(actor=reviewer, argument_map=other_map, body="So?", nonce="2")

    moved = actions.move_statements(
        actor=analyst, argument_map=a_map, keys=["E2"], target=other_map
    )
    reworded.refresh_from_db()
    assert reworded.proposal["on"] == moved.keys["E2"]
    actions.accept_suggestion(actor=analyst, argument_map=other_map, comment=reworded.comment_id)
    assert other_map.statements.get(key=moved.keys["E2"]).text == "It froze."


def test_a_suggestion_goes_back_with_the_statement_that_it_is_on(
    a_map: ArgumentMap, analyst: User, reviewer: User
) -> None:
    made = actions.suggest(
        actor=reviewer,
        argument_map=a_map,
        does="support",
        on="E2",
        after={"kind": "evidence", "text": "It froze."},
    )
    actions.merge_statements(actor=analyst, argument_map=a_map, keys=["E1", "E2"], kept="E1")
    made.refresh_from_db()
    assert made.proposal["on"] == "E1"
    actions.undo(actor=analyst, argument_map=a_map)
    made.refresh_from_db()
    assert made.proposal["on"] == "E2"
