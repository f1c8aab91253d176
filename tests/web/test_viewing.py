"""What a page shows of a large map stays in sight, whatever is added to the map or taken from it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import QueryDict

from argmap.core.graph import Graph
from argmap.web.viewing import Wish, read_wish
from tests.core.maps import graph_of, support


def tree(*levels: int) -> Graph:
    """Return a map of so many statements on each level below C1, shared out among those above."""
    above, steps, number = ["C1"], [], 1
    for count in levels:
        level = [f"C{number + each}" for each in range(1, count + 1)]
        steps += [
            support(f"I{key[1:]}", key, above[place % len(above)])
            for place, key in enumerate(level)
        ]
        above, number = level, number + count
    return graph_of(*steps)


def with_one_more(graph: Graph, conclusion: str) -> Graph:
    return graph_of(*graph.inferences, support("I9999", "C9999", conclusion))


def shown(wish: Wish, graph: Graph) -> set[str]:
    return set(wish.view(graph).graph.statement)


@pytest.mark.parametrize("query", ["", "fold=C2", "open=C12", "focus=C30&depth=1", "levels=2"])
@pytest.mark.parametrize("levels", [(10, 49, 98), (9, 49, 91), (9, 140), (149,), (200,)])
def test_one_statement_more_takes_nothing_out_of_sight(levels: tuple[int, ...], query: str) -> None:
    wish, before = read_wish(QueryDict(query)), tree(*levels)
    for conclusion in ("C3", "C150"):
        after = with_one_more(before, conclusion)
        kept = wish.keeping(wish.extent(before), after, ["C9999"])
        assert shown(kept, after) >= shown(wish, before)
        assert "C9999" in shown(kept, after)
        # And the one who is told of it by another page has what there was.
        followed = wish.keeping(wish.extent(before), after)
        assert shown(followed, after) >= shown(wish, before)


@pytest.mark.parametrize("levels", [(10, 49, 98), (10, 50, 98), (10, 140), (150,)])
def test_one_statement_less_brings_nothing_in_sight(levels: tuple[int, ...]) -> None:
    wish, after = read_wish(QueryDict()), tree(*levels)
    before = with_one_more(after, "C5")
    kept = wish.keeping(wish.extent(before), after, ["C9999"])
    assert shown(kept, after) == shown(wish, before) - {"C9999"}


def test_where_as_much_is_shown_the_address_says_no_more() -> None:
    wish, before = read_wish(QueryDict()), tree(10, 40, 120)
    after = with_one_more(before, "C100")
    assert wish.keeping(wish.extent(before), after) == wish


def test_what_is_in_sight_is_named_by_no_key() -> None:
    wish, graph = read_wish(QueryDict()), tree(10, 40, 120)
    assert wish.showing(graph, "C20") == wish
    assert wish.showing(graph, "C999") == wish
    assert wish.showing(graph, "C170").opened == ("I170",)


def test_a_root_without_room_is_shown_by_its_own_key() -> None:
    lone = replace(tree(1), statements=(*tree(1).statements, *graph_of(C9="", C8="").statements))
    wish = read_wish(QueryDict("boxes=2"))
    assert "C9" not in shown(wish, lone)
    assert wish.showing(lone, "C9").opened == ("C9",)
    assert shown(wish.showing(lone, "C9"), lone) == shown(wish, lone) | {"C9"}


def test_a_branch_that_is_no_longer_folded_is_open() -> None:
    graph = tree(10, 40, 120)
    folded = read_wish(QueryDict("fold=C20"))
    assert "C20" in shown(folded, graph)
    opened = folded.opening("C20", len(graph.statements))
    assert (opened.fold, opened.opened) == ((), ("C20",))
    assert shown(opened, graph) > shown(folded, graph)
    small = tree(3, 3)
    assert read_wish(QueryDict("fold=C2")).opening("C2", len(small.statements)).opened == ()


def test_a_long_way_up_leaves_room_for_what_is_near() -> None:
    chain = tree(*[1] * 299)
    view = read_wish(QueryDict("focus=C290&depth=2")).view(chain).graph.statement
    assert set(view) >= {"C288", "C289", "C290", "C291", "C292"}
    joint = read_wish(QueryDict("focus=I270&depth=1")).view(chain)
    assert "I270" in joint.graph.inference
