from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError

from argmap import actions
from argmap.access import Archived, Person
from argmap.core.kinds import Role, Verb, Visibility
from argmap.models import ArgumentMap, Change, ChangeItem, Rating, Statement
from argmap.review import may_see_ratings, ratings_of, visible_ratings


def on(actor: User, argument_map: ArgumentMap) -> dict[str, Any]:
    return {"actor": actor, "argument_map": argument_map}


@pytest.fixture
def second(a_map: ArgumentMap, analyst: User) -> User:
    """Another reviewer."""
    user = User.objects.create_user("second")
    actions.set_member(**on(analyst, a_map), user=user, role=Role.REVIEWER)
    return user


def test_a_rating_is_activity_and_there_is_one_for_each_person(
    a_map: ArgumentMap, reviewer: User
) -> None:
    version, activity = a_map.version, a_map.activity

    first = actions.rate(**on(reviewer, a_map), statement="C1", likelihood="likely")
    revised = actions.rate(
        **on(reviewer, a_map), statement="C1", likelihood="unlikely", confidence="low"
    )

    assert (a_map.version, a_map.activity) == (version, activity + 2)
    assert first == revised == Rating.objects.get()
    assert (revised.likelihood, revised.confidence) == ("unlikely", "low")
    assert revised.changed_at > revised.created_at


def test_others_figures_are_hidden_until_one_has_given_ones_own(
    a_map: ArgumentMap, reviewer: User, second: User
) -> None:
    statement = Statement.objects.get(map=a_map, key="C1")
    actions.rate(**on(second, a_map), statement="C1", likelihood="very_unlikely")

    before = ratings_of(reviewer, statement)
    assert (before.count, before.hidden, before.own) == (1, True, None)
    assert (before.others, before.figures) == ((), None)

    actions.rate(**on(reviewer, a_map), statement="C1", likelihood="likely")
    after = ratings_of(reviewer, statement)
    assert [each.likelihood for each in after.others] == ["very_unlikely"]
    assert after.figures is not None
    assert (after.figures.count, after.figures.mean) == (2, 0.4)

    actions.withdraw_rating(**on(reviewer, a_map), statement="C1")
    assert ratings_of(reviewer, statement).hidden


def test_who_could_see_figures_sees_them_once_the_map_is_archived(
    a_map: ArgumentMap, analyst: User, editor: User, reviewer: User, second: User
) -> None:
    actions.rate(**on(second, a_map), statement="C1", likelihood="likely")
    actions.archive_map(actor=analyst, argument_map=a_map)
    statement = Statement.objects.get(map=a_map, key="C1")

    assert not ratings_of(editor, statement).hidden
    assert not ratings_of(second, statement).hidden
    assert ratings_of(reviewer, statement).hidden
    with pytest.raises(Archived):
        actions.rate(**on(reviewer, a_map), statement="C1", likelihood="likely")


def test_to_have_rated_one_statement_opens_no_other(
    a_map: ArgumentMap, reviewer: User, second: User
) -> None:
    for key in ("C1", "E1"):
        actions.rate(**on(second, a_map), statement=key, likelihood="likely")
    actions.rate(**on(reviewer, a_map), statement="C1", likelihood="likely")

    seen = visible_ratings(reviewer).filter(author=second)
    assert [rating.about for rating in seen] == ["C1"]


def test_editors_see_what_they_asked_for_and_who_cannot_rate_sees_nothing(
    a_map: ArgumentMap,
    analyst: User,
    editor: User,
    reviewer: User,
    viewer: User,
    outsider: User,
    admin: User,
) -> None:
    actions.edit_map(**on(analyst, a_map), visibility=Visibility.PUBLIC)
    actions.rate(**on(reviewer, a_map), statement="C1", likelihood="likely")
    statement = Statement.objects.get(map=a_map, key="C1")

    everyone: tuple[Person, ...] = (
        analyst,
        editor,
        reviewer,
        viewer,
        outsider,
        admin,
        AnonymousUser(),
    )
    seen = [not ratings_of(person, statement).hidden for person in everyone]
    roles = (
        Role.OWNER,
        Role.EDITOR,
        Role.REVIEWER,
        Role.VIEWER,
        Role.VIEWER,
        Role.OWNER,
        Role.VIEWER,
    )
    told = [
        may_see_ratings(person, role, statement)
        for person, role in zip(everyone, roles, strict=True)
    ]
    assert seen == told == [True, True, True, False, False, True, False]


def test_who_may_no_longer_review_sees_their_own_alone(
    a_map: ArgumentMap, analyst: User, reviewer: User, second: User
) -> None:
    for person in (reviewer, second):
        actions.rate(**on(person, a_map), statement="C1", likelihood="likely")
    actions.set_member(**on(analyst, a_map), user=reviewer, role=Role.VIEWER)
    assert [each.author for each in visible_ratings(reviewer)] == [reviewer]
    actions.remove_member(**on(analyst, a_map), user=reviewer)
    assert not visible_ratings(reviewer).exists()


def test_no_figure_comes_into_the_log(a_map: ArgumentMap, reviewer: User) -> None:
    actions.rate(**on(reviewer, a_map), statement="C1", likelihood="likely", confidence="high")
    actions.rate(**on(reviewer, a_map), statement="C1", likelihood="unlikely", confidence="low")
    actions.confirm_rating(**on(reviewer, a_map), statement="C1")
    actions.withdraw_rating(**on(reviewer, a_map), statement="C1")

    items = ChangeItem.objects.filter(change__map=a_map, type="rating")
    logged = json.dumps(list(items.values_list("before", "after")))
    assert items.count() == 3
    assert not any(word in logged for word in ("likely", "unlikely", "high", "low"))
    assert "reviewer on C1" in str(Rating(author_name="reviewer", lost_target="C1"))
    verbs = Change.objects.filter(map=a_map).order_by("-activity").values_list("verb", flat=True)
    assert list(verbs[:3]) == [Verb.WITHDRAW, Verb.RATE, Verb.RATE]


def test_a_rating_is_kept_when_its_statement_goes_and_found_again_with_it(
    a_map: ArgumentMap, reviewer: User, analyst: User
) -> None:
    actions.rate(**on(reviewer, a_map), statement="K1", likelihood="likely")
    actions.delete_statement(**on(analyst, a_map), key="K1")
    lost = Rating.objects.get()
    assert (lost.about, lost.lost_target) == ("", "K1")

    actions.undo(**on(analyst, a_map))
    found = Rating.objects.get()
    assert (found.about, found.lost_target) == ("K1", "")

    actions.delete_statement(**on(analyst, a_map), key="K1")
    actions.withdraw_rating(**on(reviewer, a_map), statement="K1")
    assert not Rating.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"likelihood": ""}, "likelihood"),
        ({"likelihood": "perhaps"}, "likelihood"),
        ({"confidence": "very"}, "confidence"),
        ({"version_seen": 10_000}, "version_seen"),
    ],
)
def test_bad_fields_are_named(
    a_map: ArgumentMap, reviewer: User, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        actions.rate(**{**on(reviewer, a_map), "statement": "C1", "likelihood": "likely", **fields})
    assert list(caught.value.message_dict) == [field]


def test_what_is_not_there_cannot_be_rated_or_withdrawn(a_map: ArgumentMap, reviewer: User) -> None:
    with pytest.raises(actions.Gone):
        actions.rate(**on(reviewer, a_map), statement="C9", likelihood="likely")
    with pytest.raises(actions.Gone):
        actions.withdraw_rating(**on(reviewer, a_map), statement="C1")


def test_who_could_see_the_others_figures_did_not_rate_blind(
    a_map: ArgumentMap, analyst: User, reviewer: User, second: User
) -> None:
    def blind(person: User, likelihood: str) -> bool:
        return actions.rate(**on(person, a_map), statement="C1", likelihood=likelihood).blind

    assert blind(analyst, "likely"), "there is nothing to see yet"
    assert blind(reviewer, "likely")
    assert blind(reviewer, "likely"), "it says the same"
    assert not blind(reviewer, "unlikely")
    actions.withdraw_rating(**on(reviewer, a_map), statement="C1")
    assert not blind(reviewer, "very_unlikely"), "they were seen before that"
    assert blind(second, "likely")
    actions.withdraw_rating(**on(analyst, a_map), statement="C1")
    assert not blind(analyst, "likely"), "who edits the map sees them all"
