"""What the verdicts on a map come to: its standing review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from argmap.core.kinds import Verdict


class Given(NamedTuple):
    """A verdict, who gave it, and the version of the map that they judged."""

    reviewer: str
    verdict: Verdict
    version_seen: int


GRAVEST_FIRST = (Verdict.NOT_SOUND, Verdict.SOUND_WITH_CHANGES, Verdict.SOUND)


@dataclass(frozen=True, slots=True)
class StandingReview:
    """The last verdict of each reviewer: those on the present version, and those gone stale.

    `overall` is the gravest of the present ones, since one reviewer who finds a fault has found
    it, whatever the others say; None where nobody has judged the present version. Whoever
    abstains says nothing of it.
    """

    overall: Verdict | None
    present: tuple[Given, ...]
    stale: tuple[Given, ...]
    counts: Mapping[Verdict, int]
    """How many gave each verdict on the present version."""

    @property
    def is_stale(self) -> bool:
        """Tell whether there are verdicts, and none of them is on the present version."""
        return bool(self.stale) and not self.present


def standing_review(given: Iterable[Given], version: int) -> StandingReview:
    """Return the standing review of a map at `version` from all its verdicts, the first first."""
    last = {each.reviewer: each for each in given}
    present = tuple(each for each in last.values() if each.version_seen >= version)
    stale = tuple(each for each in last.values() if each.version_seen < version)
    counted = Counter(each.verdict for each in present)
    return StandingReview(
        overall=next((verdict for verdict in GRAVEST_FIRST if counted[verdict]), None),
        present=present,
        stale=stale,
        counts={verdict: counted[verdict] for verdict in Verdict},
    )
