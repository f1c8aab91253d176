"""How far people agree who judged the same statement apart from one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean, median, pstdev

from argmap.core.kinds import Likelihood


def midpoint(likelihood: Likelihood) -> float:
    """Return the middle of a likelihood's band: "likely" (55-80 %) is 0.675."""
    lower, upper = likelihood.band
    return round((lower + upper) / 2, 6)


LOWEST, HIGHEST = midpoint(Likelihood.ALMOST_NO_CHANCE), midpoint(Likelihood.ALMOST_CERTAIN)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Several judgements in figures. All but `count` and `disagreement` are probabilities.

    `low` and `high` are the least and the greatest of the bands' midpoints, `deviation` is their
    standard deviation; `counts` says how many judged each band, of all seven.
    """

    count: int
    mean: float
    median: float
    low: float
    high: float
    deviation: float
    disagreement: float
    counts: Mapping[Likelihood, int]

    @property
    def spread(self) -> float:
        """How far the least and the greatest judgement lie apart."""
        return round(self.high - self.low, 6)

    @property
    def given(self) -> list[Likelihood]:
        """The bands that somebody judged, from the least likely."""
        return [each for each in Likelihood if self.counts[each]]

    @property
    def in_words(self) -> str:
        """How far people agree, as a sentence; "" where one has judged alone."""
        if self.count < 2:
            return ""
        return next(words for below, words in _WORDS if self.disagreement <= below)


_WORDS = (
    (0.0, "They agree."),
    (0.2, "They are close."),  # neighbouring bands
    (0.45, "They differ."),  # "likely" beside "unlikely"
    (0.7, "They differ much."),
    (1.0, "They are split."),
)
"""What each disagreement up to a limit is called."""


def agreement(likelihoods: Sequence[Likelihood]) -> Agreement | None:
    """Return what several judgements of one statement come to, by the midpoints of their bands.

    None where nobody has judged.
    """
    if not likelihoods:
        return None
    points = [midpoint(each) for each in likelihoods]
    counted = Counter(likelihoods)
    return Agreement(
        count=len(points),
        mean=round(fmean(points), 6),
        median=round(median(points), 6),
        low=min(points),
        high=max(points),
        deviation=round(pstdev(points), 6),
        disagreement=disagreement(points),
        counts={each: counted[each] for each in Likelihood},
    )


def disagreement(points: Sequence[float]) -> float:
    """Return the dissent among judgements in [LOWEST, HIGHEST], itself in [0, 1].

    0 is unanimity; 1 is two camps of one size at the two ends. It is 1 minus the consensus of
    W. J. Tastle and M. J. Wierman, "Consensus and dissention: a measure of ordinal dispersion",
    International Journal of Approximate Reasoning 45 (2007), 531-545: minus the mean of
    log2(1 - |x - mean| / width). It weighs how far apart judgements are, and not only how many
    differ; a standard deviation would do so too, but has no end that means "as far as can be".
    """
    mean, width = fmean(points), HIGHEST - LOWEST
    dissent = -fmean(log2(1 - abs(point - mean) / width) for point in points)
    # Of zeros `max` returns the first, and unanimity comes out of the sum as -0.0.
    return round(min(max(0.0, dissent), 1.0), 6)
