from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.core.graph import Inference
from argmap.core.sentences import sentence
from tests.core.maps import attack, support


@pytest.mark.parametrize(
    ("inference", "expected"),
    [
        (support("I1", "E4", "C2"), "E4 supports C2."),
        (support("I1", "E4 E5", "C2"), "E4 and E5 together support C2."),
        (attack("I1", "E1 E2 E3", "C2"), "E1, E2 and E3 together attack C2."),
        (attack("I1", "K1", "I7"), "K1 undercuts I7."),
        (support("I1", "E1 E2", "I7"), "E1 and E2 together back I7."),
    ],
)
def test_premises_and_conclusion_agree(inference: Inference, expected: str) -> None:
    assert sentence(inference) == expected


def test_scheme_and_warrant_follow() -> None:
    inference = replace(support("I1", "E4", "C2"), scheme="sign", warrant="smoke\n tells of fire.")
    assert sentence(inference) == "E4 supports C2 (sign), because smoke tells of fire."
    named = sentence(inference, {"sign": "argument from sign"})
    assert named == "E4 supports C2 (argument from sign), because smoke tells of fire."


@pytest.mark.parametrize(
    ("warrant", "because"),
    [
        ("The pilot waited.", "because the pilot waited."),
        ("Pakistan waited.", "because Pakistan waited."),
        ("IS claimed it.", "because IS claimed it."),
        ("A", "because a."),
    ],
)
def test_a_sentence_goes_on_without_a_capital_unless_it_is_a_name(
    warrant: str, because: str
) -> None:
    inference = replace(support("I1", "E4", "C2"), warrant=warrant)
    assert sentence(inference).endswith(because)
