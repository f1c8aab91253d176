from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core.history import Logged, OvertakenError, Step, net, stacks
from argmap.core.kinds import Verb

DO, UNDO, REDO = Verb.EDIT, Verb.UNDO, Verb.REDO


def played(moves: list[Verb]) -> tuple[list[Logged], list[int], list[int]]:
    """Play an editor: return its log, what is done, and what was taken back and can be redone."""
    log: list[Logged] = []
    done: list[int] = []
    taken_back: list[int] = []
    for move in moves:
        number = len(log) + 1
        if move is UNDO and done:
            taken_back.append(done.pop())
            log.append(Logged(number, UNDO, taken_back[-1]))
        elif move is REDO and taken_back:
            done.append(taken_back.pop())
            log.append(Logged(number, REDO, done[-1]))
        elif move is DO:
            done.append(number)
            taken_back.clear()
            log.append(Logged(number, DO))
    return log, done, taken_back


MOVES = st.lists(st.sampled_from([DO, DO, UNDO, UNDO, REDO]), max_size=40)


@given(MOVES)
def test_the_log_gives_the_stacks_of_an_editor(moves: list[Verb]) -> None:
    log, done, taken_back = played(moves)

    assert stacks(log) == (tuple(done), tuple(taken_back))


@given(MOVES, st.integers(0, 40))
def test_a_log_that_begins_late_gives_the_tops_of_the_stacks(moves: list[Verb], cut: int) -> None:
    log, done, taken_back = played(moves)
    late = log[cut:]

    found = stacks(late)

    for known, whole in ((found.undo, done), (found.redo, taken_back)):
        assert list(known) == whole[len(whole) - len(known) :]
    made_late = {each.number for each in late if each.verb is DO}
    assert {number for number in done if number in made_late} <= set(found.undo)


def test_what_is_not_known_any_more_is_passed_over() -> None:
    assert stacks([Logged(1, DO), Logged(2, UNDO), Logged(3, REDO)]) == ((1,), ())


def step(
    start: dict[str, Any] | None, end: dict[str, Any] | None, type_: str = "statement"
) -> Step:
    return Step(type_, "C1", start, end)


RECORDS = st.dictionaries(st.sampled_from("abcdef"), st.none() | st.integers(0, 2))


@given(RECORDS, RECORDS)
def test_a_step_and_back_leads_where_one_was(start: dict[str, Any], end: dict[str, Any]) -> None:
    there = step(start, end)

    assert there.moved(start) == end
    assert there.back.moved(there.moved(start)) == start


@given(RECORDS, RECORDS, RECORDS)
def test_a_step_writes_its_own_fields_or_nothing(
    now: dict[str, Any], start: dict[str, Any], end: dict[str, Any]
) -> None:
    there = step(start, end)
    fields = there.fields
    overtaken = [
        name for name in fields if (name in now, now.get(name)) != (name in start, start.get(name))
    ]
    if overtaken:
        with pytest.raises(OvertakenError) as caught:
            there.moved(now)
        assert caught.value.fields == overtaken
        return

    found = there.moved(now)

    for name in {*now, *end}:
        told = end if name in fields else now
        assert (name in found, found.get(name)) == (name in told, told.get(name))


def test_someone_elses_field_is_left_alone_and_their_word_stands() -> None:
    edited = step({"text": "old", "note": ""}, {"text": "new", "note": ""})

    assert edited.back.moved({"text": "new", "note": "theirs"}) == {"text": "old", "note": "theirs"}
    with pytest.raises(OvertakenError, match="text"):
        edited.back.moved({"text": "theirs", "note": ""})


def test_several_steps_of_a_row_are_one() -> None:
    first, second = step({"a": 1}, {"a": 2}), step({"a": 2}, {"a": 3})
    other = step(None, {"a": 1}, "inference")

    assert net([first, other, second]) == [step({"a": 1}, {"a": 3}), other]
    assert net([other, other.back]) == []


def test_a_step_needs_what_its_fields_name() -> None:
    start = {"premises": ["E1"], "conclusion": "C1", "scheme": "sign", "weight": 1.0}
    end = {"premises": ["E1", "E2"], "conclusion": "C1", "scheme": "sign", "weight": 0.5}
    turned = step(start, end, "inference")
    assert (turned.needs, turned.scheme) == (("E1", "E2"), None)

    made = step(None, end, "inference")
    assert (made.needs, made.scheme) == (("E1", "E2", "C1"), "sign")
    assert (made.back.needs, made.back.scheme) == ((), None)

    excerpt = step(None, {"statement": "E1", "source": "S1", "start": 4}, "excerpt")
    assert excerpt.needs == ("E1", "S1")
    assert step(excerpt.end, {**(excerpt.end or {}), "start": 9}, "excerpt").needs == ()
    assert step(None, {"text": "premises"}).needs == ()
