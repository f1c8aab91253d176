"""The queue of threads: what is in it, in which order, for whom."""

from __future__ import annotations

from itertools import product
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import CommentKind, CommentState, Flag, Visibility
from argmap.core.threads import thread_weight
from argmap.models import ArgumentMap, Comment
from argmap.review import threads, threads_of


def test_the_database_weighs_threads_as_the_core_does(a_map: ArgumentMap, reviewer: User) -> None:
    wanted: dict[int, int] = {}
    roots = {"C1": True, "E1": False, "I1": False, "": False}
    for kind, flag, about in product(CommentKind, (None, *Flag), roots):
        comment = actions.add_comment(
            actor=reviewer,
            argument_map=a_map,
            about=about,
            kind=kind,
            flag=flag.value if flag else "",
            body="Why?",
        )
        wanted[comment.pk] = thread_weight(kind, flag, on_root=roots[about])

    found = list(threads_of(a_map))

    assert {each.pk: each.weight for each in found} == wanted
    weights = [each.weight for each in found]
    assert weights == sorted(weights, reverse=True)


def test_a_thread_knows_its_answers_and_who_spoke_last(
    a_map: ArgumentMap, reviewer: User, analyst: User
) -> None:
    on: dict[str, Any] = {"argument_map": a_map}
    first = actions.add_comment(**on, actor=reviewer, body="Why?")
    answer = actions.add_comment(**on, actor=analyst, parent=first.pk, body="So.")

    def told() -> tuple[int, str, int]:
        row: Any = threads_of(a_map).get()
        return row.answers, row.last_by_name, row.last_by

    assert told() == (1, "analyst", analyst.pk)
    actions.delete_comment(**on, actor=analyst, comment=answer.pk)
    assert told() == (0, "reviewer", reviewer.pk)


def test_only_threads_on_maps_that_one_may_read_are_there(
    a_map: ArgumentMap, reviewer: User, outsider: User, analyst: User
) -> None:
    actions.add_comment(actor=reviewer, argument_map=a_map, body="Why?")
    assert [threads(each).count() for each in (reviewer, outsider, AnonymousUser())] == [1, 0, 0]
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=Visibility.PUBLIC)
    assert threads(outsider).count() == 1


def test_a_queue_of_any_length_is_one_query(
    a_map: ArgumentMap, reviewer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    on: dict[str, Any] = {"actor": reviewer, "argument_map": a_map}
    for about in ("C1", "E1", "I1", "X1", ""):
        first = actions.add_comment(**on, about=about, body="Why?")
        actions.add_comment(**on, parent=first.pk, body="So.")
    actions.suggest(**on, does="edit", on="C1", after={"title": "Close it"})
    # threads, with all that a line of the queue says
    with django_assert_num_queries(1):
        said = [
            (each.map.slug, each.about, each.author, each.weight, getattr(each, "suggestion", None))
            for each in threads(reviewer).filter(state=CommentState.OPEN)
        ]
    assert len(said) == 6
    assert Comment.objects.count() == 11
