"""The chart of ratings, and the words for how far they agree."""

from __future__ import annotations

from itertools import pairwise
from math import copysign

from hypothesis import given
from hypothesis import strategies as st

from argmap.core.agreement import agreement, midpoint
from argmap.core.kinds import Likelihood
from argmap.core.limits import TEXT_LIMIT
from argmap.core.questions import quotes, undercut_text, warrant_of
from argmap.core.spread import COLUMN, spread
from tests.strategies import word

JUDGED = st.lists(word(Likelihood), min_size=1, max_size=60)


@given(JUDGED, st.data())
def test_each_rating_has_a_mark_in_its_band_and_none_lies_on_another(
    judged: list[Likelihood], data: st.DataObject
) -> None:
    figures = agreement(judged)
    assert figures is not None
    own = data.draw(st.none() | st.sampled_from(judged))
    chart = spread(figures, own)
    counted = [sum(mark.x == column.x for mark in chart.marks) for column in chart.columns]
    assert counted == [judged.count(each) for each in Likelihood]
    assert [mark.own for mark in chart.marks].count(True) == (own is not None)
    assert bool(chart.own) == (own is not None)
    for mark in chart.marks:
        assert chart.head <= mark.y - chart.size
        assert mark.y + chart.size <= chart.base
    for lower, upper in pairwise(chart.marks):
        assert lower.x != upper.x or lower.y - upper.y >= 2 * chart.size - 0.05


@given(word(Likelihood), st.integers(1, 20))
def test_no_disagreement_is_a_zero_without_a_sign(judged: Likelihood, times: int) -> None:
    figures = agreement([judged] * times)
    assert figures is not None
    assert (figures.disagreement, copysign(1, figures.disagreement)) == (0, 1)


@given(JUDGED)
def test_the_mean_stands_in_the_column_of_its_band(judged: list[Likelihood]) -> None:
    figures = agreement(judged)
    assert figures is not None
    chart = spread(figures)
    band = list(Likelihood)[min(int(chart.mean // COLUMN), 6)].band
    assert band.lower - 1e-9 <= figures.mean <= band.upper + 1e-9
    assert 14 <= chart.mean_name <= chart.width - 14


def test_one_band_alone_has_the_mean_in_its_middle() -> None:
    for place, each in enumerate(Likelihood):
        figures = agreement([each, each])
        assert figures is not None
        assert figures.mean == midpoint(each)
        assert spread(figures).mean == (place + 0.5) * COLUMN


def test_how_far_people_agree_is_said_in_words() -> None:
    said = [
        (found.in_words, [each.value for each in found.given])
        for judged in (
            ["likely"],
            ["likely", "likely"],
            ["likely", "very_likely"],
            ["likely", "unlikely"],
            ["likely", "very_unlikely"],
            ["almost_certain", "almost_no_chance"],
        )
        if (found := agreement([Likelihood(each) for each in judged]))
    ]
    assert said == [
        ("", ["likely"]),
        ("They agree.", ["likely"]),
        ("They are close.", ["likely", "very_likely"]),
        ("They differ.", ["unlikely", "likely"]),
        ("They differ much.", ["very_unlikely", "likely"]),
        ("They are split.", ["almost_no_chance", "almost_certain"]),
    ]


@given(st.text(max_size=50), st.text(max_size=2 * TEXT_LIMIT))
def test_an_undercut_quotes_its_question_and_is_never_too_long(question: str, why: str) -> None:
    said = undercut_text(question, why)
    assert len(said) <= TEXT_LIMIT
    assert said.startswith(f"“{question.strip()}” is not satisfied")
    assert quotes(question, said, why)
    assert quotes(question, why, warrant_of(question, why))
    assert warrant_of(question, said) == ""
