"""Proposals, agreement, verdicts and the weight of threads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core.agreement import HIGHEST, LOWEST, agreement, disagreement, midpoint
from argmap.core.formats import FormatError
from argmap.core.kinds import CommentKind, Flag, Likelihood, Proposed, Verdict
from argmap.core.proposals import FIELDS, based_on, differences, proposal_from
from argmap.core.threads import ON_A_ROOT, thread_weight
from argmap.core.verdicts import GRAVEST_FIRST, Given, standing_review

likelihoods = st.lists(st.sampled_from(Likelihood), min_size=1, max_size=30)


def test_the_middles_of_the_bands_rise_with_them() -> None:
    points = [midpoint(each) for each in Likelihood]
    assert points == sorted(points) == [0.03, 0.125, 0.325, 0.5, 0.675, 0.875, 0.97]


@given(likelihoods)
def test_figures_lie_within_what_was_judged(judged: list[Likelihood]) -> None:
    found = agreement(judged)
    assert found is not None
    assert found.count == sum(found.counts.values()) == len(judged)
    assert found.low <= found.median <= found.high
    assert found.low - 1e-6 <= found.mean <= found.high + 1e-6
    assert 0 <= found.deviation <= found.spread / 2 + 1e-6
    assert 0 <= found.disagreement <= 1
    assert (found.disagreement == 0) == (len(set(judged)) == 1)


@given(likelihoods)
def test_the_order_and_a_second_copy_of_all_say_nothing(judged: list[Likelihood]) -> None:
    points = [midpoint(each) for each in judged]
    assert disagreement(points) == pytest.approx(disagreement(points[::-1]), abs=1e-6)
    assert disagreement(points) == pytest.approx(disagreement(points * 2), abs=1e-6)


def test_two_camps_at_the_ends_differ_as_far_as_can_be() -> None:
    assert disagreement([LOWEST, HIGHEST]) == 1
    assert disagreement([LOWEST, HIGHEST]) > disagreement([LOWEST, LOWEST, HIGHEST]) > 0
    assert agreement([]) is None


verdicts = st.lists(
    st.builds(
        Given,
        st.sampled_from("abc"),
        st.sampled_from(Verdict),
        st.integers(0, 5),
        st.sampled_from([None, 1, 2]),
    )
    | st.builds(
        Given,
        st.sampled_from("abc"),
        st.sampled_from(Verdict),
        st.integers(0, 5),
        brought=st.just(value=True),
    ),
    max_size=12,
)


@given(verdicts, st.integers(0, 5))
def test_each_reviewer_has_one_verdict_that_is_present_or_stale(
    all_given: list[Given], version: int
) -> None:
    found = standing_review(all_given, version)
    last = {each.person: each for each in all_given}
    assert {*found.present, *found.stale, *found.brought} == set(last.values())
    assert all(each.version_seen >= version for each in found.present)
    held = [each.verdict for each in found.present if each.verdict is not Verdict.ABSTAIN]
    assert found.overall == min(held, key=GRAVEST_FIRST.index, default=None)
    assert sum(found.counts.values()) == len(found.present)


@given(verdicts, st.integers(0, 5))
def test_what_an_import_brought_changes_nothing_of_what_was_given_here(
    all_given: list[Given], version: int
) -> None:
    found = standing_review(all_given, version)
    here = standing_review([each for each in all_given if not each.brought], version)
    assert replace(found, brought=()) == here
    assert all(each.brought for each in found.brought)


@given(st.sampled_from(CommentKind), st.sampled_from(CommentKind), st.sampled_from(Flag))
def test_no_flag_and_no_place_outweighs_what_a_thread_asks(
    kind: CommentKind, other: CommentKind, flag: Flag
) -> None:
    bare = thread_weight(kind, None, on_root=False)
    assert thread_weight(kind, flag, on_root=True) - thread_weight(kind, flag, on_root=False) == (
        ON_A_ROOT
    )
    if thread_weight(other, None, on_root=False) > bare:
        assert thread_weight(other, None, on_root=False) > thread_weight(kind, flag, on_root=True)


NEW = {"kind": "counterargument", "text": "It thawed.", "warrant": "", "scheme": None}


@pytest.mark.parametrize(
    ("does", "on", "move", "words"),
    [
        ("support", "C1", "support", "Suggests a counterargument that supports C1: It thawed."),
        ("attack", "E1", "attack", "Suggests a counterargument that attacks E1: It thawed."),
        ("attack", "I1", "undercut", "Suggests a counterargument that undercuts I1: It thawed."),
        ("support", "I1", "backing", "Suggests a counterargument that backs I1: It thawed."),
    ],
)
def test_a_new_statement_is_named_by_the_field_s_word(
    does: str, on: str, move: str, words: str
) -> None:
    proposal = proposal_from({"does": does, "on": on, "after": NEW})
    assert (proposal.move, proposal.words) == (move, words)
    assert [each.field for each in differences(proposal)] == ["kind", "text"]
    assert proposal_from(proposal.record) == proposal


def test_an_edit_keeps_the_fields_in_which_it_differs() -> None:
    given_fields = {"title": "Ice", "text": "It froze.", "note": ""}
    proposal = proposal_from({"does": "edit", "on": "E1", "after": given_fields})
    based = based_on(proposal, {"title": "", "text": "It froze.", "note": ""})
    assert (based.before, based.after) == ({"title": ""}, {"title": "Ice"})
    assert based.words == "Suggests another title of E1."
    with pytest.raises(FormatError, match="that is what E1 says already"):
        based_on(proposal, given_fields)


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ([], "must be an object, not a list"),
        ({"does": "edit", "on": "E1"}, "after: is missing"),
        ({"does": "edit", "on": "E1", "after": {}, "by": 1}, "by: is not one of"),
        ({"does": "edit", "on": "E1", "after": {"a" * 99: 1}}, "is not one of kind, title"),
        ({"does": "attack", "on": "E1", "after": NEW, "before": {"text": "x"}}, "before: "),
        ({"does": "edit", "on": "E1", "after": {"base_score": float("nan")}}, "after.base_score"),
        (
            {
                "does": "edit",
                "on": "E1",
                "after": {"text": b"a\\u0000".decode("unicode_escape")},
            },
            "U+0000",
        ),
    ],
)
def test_what_has_another_shape_is_refused_with_its_place(record: object, told: str) -> None:
    with pytest.raises(FormatError) as caught:
        proposal_from(record)
    assert told in str(caught.value)


def test_each_proposal_has_its_fields_in_one_order() -> None:
    assert FIELDS[:3] == ("kind", "title", "text")
    assert [each.stance for each in Proposed] == [None, "support", "attack"]
