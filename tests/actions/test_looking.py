"""How far someone has looked: their own business, which only ever grows."""

from __future__ import annotations

from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.models import ArgumentMap, Change, Look


def looks(person: User) -> dict[str, int]:
    return dict(Look.objects.filter(user=person).values_list("map__slug", "activity"))


def test_it_is_noted_and_leaves_no_change(a_map: ArgumentMap, analyst: User, editor: User) -> None:
    logged, activity = Change.objects.count(), a_map.activity
    assert actions.look_at(actor=editor, seen={a_map.pk: activity - 2}) == 1
    assert looks(editor) == {"harbour": activity - 2}
    actions.look_at(actor=editor, seen={a_map.pk: activity})
    assert looks(editor) == {"harbour": activity}
    assert looks(analyst) == {}
    a_map.refresh_from_db()
    assert (Change.objects.count(), a_map.activity) == (logged, activity)


def test_nobody_looks_less_far_than_before_or_further_than_the_log(
    a_map: ArgumentMap, editor: User
) -> None:
    for activity in (a_map.activity + 99, 1):
        actions.look_at(actor=editor, seen={a_map.pk: activity})
        assert looks(editor) == {"harbour": a_map.activity}


def test_maps_that_one_may_not_read_are_passed_by(a_map: ArgumentMap, outsider: User) -> None:
    assert actions.look_at(actor=outsider, seen={a_map.pk: 1, 999_999: 1}) == 0
    assert not Look.objects.exists()


def test_it_takes_the_same_queries_for_many_maps(
    a_map: ArgumentMap, analyst: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    maps = [a_map, *(actions.create_map(actor=analyst, title=f"{n}") for n in range(5))]
    # A savepoint and its release; the maps that may be read, the looks so far, and the new ones.
    with django_assert_num_queries(5):
        actions.look_at(actor=analyst, seen={each.pk: each.activity for each in maps})
    assert len(looks(analyst)) == 6
