from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from argmap.core.graph import Graph, Inference
from argmap.core.kinds import Likelihood, Status
from argmap.core.merge import Merge, merge
from argmap.core.merged import inference_fields, lost_judgements, statement_fields
from argmap.core.problems import violations
from tests.core.maps import attack, graph_of, support
from tests.strategies import graphs


def joined(found: Merge) -> dict[str, str]:
    return {key: f"{' '.join(it.premises)} > {it.conclusion}" for key, it in found.joined.items()}


def test_premises_and_conclusions_are_those_of_the_one_that_stays() -> None:
    graph = graph_of(support("I1", "E1 E2", "C1"), attack("I2", "K1", "C2"))
    assert joined(merge(graph, ["C2"], "C1")) == {"I2": "K1 > C1"}
    assert joined(merge(graph, ["E2"], "E1")) == {"I1": "E1 > C1"}


def test_what_would_repeat_another_goes_and_what_bears_on_it_goes_over() -> None:
    graph = graph_of(
        support("I1", "E1", "C1"),
        support("I2", "E1", "C2"),
        attack("I3", "K1", "I2"),
        attack("I4", "K1", "I1"),
        attack("I5", "E1", "C2"),
        attack("I6", "K2", "I2"),
    )
    found = merge(graph, ["C2"], "C1")
    # I5 attacks: it is not what I1 says. I3 comes to say what I4 says, one level up.
    assert found.repeats == {"I2": "I1", "I3": "I4"}
    assert joined(found) == {"I5": "E1 > C1", "I6": "K2 > I1"}
    assert found.circular == found.fallen == ()


def test_of_two_that_both_come_to_say_it_the_first_stays() -> None:
    graph = graph_of(support("I10", "E1", "C2"), support("I9", "E1", "C3"), C1="Alone.")
    found = merge(graph, ["C2", "C3"], "C1")
    assert found.repeats == {"I10": "I9"}
    assert joined(found) == {"I9": "E1 > C1"}


def test_what_says_the_same_already_is_left_alone() -> None:
    graph = graph_of(support("I1", "E1", "C1"), support("I2", "E1", "C1"), C2="Alone.")
    found = merge(graph, ["C2"], "C1")
    assert found == Merge({}, {}, (), ())


def test_what_would_be_its_own_premise_goes_with_what_bears_on_it() -> None:
    graph = graph_of(
        support("I1", "C2 E1", "C1"), attack("I2", "K1", "I1"), support("I3", "E2", "I2")
    )
    found = merge(graph, ["C2"], "C1")
    assert (found.circular, found.fallen) == (("I1",), ("I2", "I3"))
    assert found.gone == ("I3", "I2", "I1")


@given(graph=graphs(), data=st.data())
def test_what_is_left_breaks_no_rule_and_names_nothing_that_went(
    graph: Graph, data: st.DataObject
) -> None:
    if len(graph.statements) < 2:
        return
    keys = data.draw(
        st.lists(st.sampled_from(sorted(graph.statement)), min_size=2, max_size=4, unique=True)
    )
    found = merge(graph, keys[1:], keys[0])
    left: list[Inference] = [
        found.joined.get(each.key, each) for each in graph.inferences if each.key not in found.gone
    ]
    statements = tuple(each for each in graph.statements if each.key not in keys[1:])
    after = replace(graph, statements=statements, inferences=tuple(left))
    assert violations(after) == violations(graph) == ()


def test_what_the_others_say_differently_is_told_in_the_note() -> None:
    bare = graph_of(C1="It closes.", C2="It shuts.", C3="It closes.").statement
    kept = replace(bare["C1"], note="Mine.", tags=("b",), likelihood=Likelihood.LIKELY)
    others = [
        replace(bare["C2"], title="Shut", note="Theirs.", tags=("a", "b"), foreign={"x": 1}),
        replace(bare["C3"], title="Closed", status=Status.REVIEWED, base_score=0.5),
    ]
    assert statement_fields(kept, others) == {
        "title": "Shut",
        "note": "Mine.\n\nMerged from C2: It shuts.\nTheirs.\n\nMerged from C3: Closed",
        "tags": ["a", "b"],
        "foreign": {"x": 1},
    }
    assert [each[:2] for each in lost_judgements(kept, others)] == [
        ("C3", "base_score"),
        ("C3", "status"),
    ]


def test_a_repeated_inference_leaves_its_warrant_and_its_scheme() -> None:
    first, other = graph_of(support("I1", "E1", "C1"), support("I2", "E1", "C2")).inferences
    repeats = [replace(other, warrant="So.", scheme="sign"), replace(other, warrant="As seen.")]
    assert inference_fields(replace(first, warrant="As seen."), repeats) == {
        "warrant": "As seen.\n\nSo.",
        "scheme": "sign",
    }
