"""Two writers at the same moment, on a real database with real transactions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection

from argmap import actions
from argmap.models import ArgumentMap, Change, Statement

WRITERS = 4

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work: Callable[[int], object]) -> list[object]:
    """Run `work` in several threads that start together; return results or exceptions."""
    barrier = Barrier(WRITERS)

    def run(number: int) -> object:
        try:
            barrier.wait(timeout=20)
            return work(number)
        except (actions.Conflict, actions.NothingToUndo) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def test_writers_wait_for_one_another_and_none_is_lost(a_map: ArgumentMap, analyst: User) -> None:
    before = a_map.activity

    made = at_once(
        lambda number: (
            actions.add_statement(
                actor=analyst,
                argument_map=ArgumentMap.objects.get(pk=a_map.pk),
                kind="evidence",
                text=f"Seen by {number}.",
            ).key
        )
    )

    assert sorted(map(str, made)) == ["E3", "E4", "E5", "E6"]
    a_map.refresh_from_db()
    assert a_map.activity == before + WRITERS
    activities = Change.objects.filter(map=a_map).values_list("activity", flat=True)
    assert sorted(activities) == list(range(1, a_map.activity + 1))


def test_of_several_edits_of_one_statement_one_is_kept(a_map: ArgumentMap, analyst: User) -> None:
    seen = a_map.version

    results = at_once(
        lambda number: (
            actions.edit_statement(
                actor=analyst,
                argument_map=ArgumentMap.objects.get(pk=a_map.pk),
                key="C1",
                seen=seen,
                text=f"As {number} says.",
            ).text
        )
    )

    kept = [result for result in results if isinstance(result, str)]
    assert len(kept) == 1
    assert Statement.objects.get(map=a_map, key="C1").text == kept[0]


def test_of_several_undos_at_once_each_takes_back_another_change(
    a_map: ArgumentMap, editor: User
) -> None:
    for text in ("One.", "Two."):
        actions.edit_statement(actor=editor, argument_map=a_map, key="C1", text=text)

    results = at_once(
        lambda number: (
            actions.undo(actor=editor, argument_map=ArgumentMap.objects.get(pk=a_map.pk)).of_id
        )
    )

    edits = Change.objects.filter(map=a_map, actor=editor, verb="edit")
    assert sorted(pk for pk in results if isinstance(pk, int)) == sorted(
        edits.values_list("pk", flat=True)
    )
    assert sum(isinstance(result, actions.NothingToUndo) for result in results) == WRITERS - 2
    assert Statement.objects.get(map=a_map, key="C1").text == "The harbour should close in winter."
