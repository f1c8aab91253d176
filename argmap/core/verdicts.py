"""What the verdicts on a map come to: its standing review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from argmap.core.kinds import Verdict

Person = tuple[int | None, str, bool]


class Given(NamedTuple):
    """A verdict, who gave it, and the version of the map that they judged.

    `account` is the number of theirs, None where they have none; `brought` tells that only an
    import says so: nobody gave it here.
    """

    reviewer: str
    verdict: Verdict
    version_seen: int
    account: int | None = None
    brought: bool = False

    @property
    def person(self) -> Person:
        """Who gave it: an account, by whatever name, or a name, which is nobody's account."""
        return person(self.account, self.reviewer, brought=self.brought)


def person(account: int | None, name: str, *, brought: bool) -> Person:
    """Return what tells one reviewer from another: a name that a file brought is not the user's."""
    return (account, "" if account is not None else name, brought)


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
    brought: tuple[Given, ...] = ()

    @property
    def is_stale(self) -> bool:
        """Tell whether there are verdicts, and none of them is on the present version."""
        return bool(self.stale) and not self.present


def standing_review(given: Iterable[Given], version: int) -> StandingReview:
    """Return the standing review of a map at `version` from all its verdicts, the first first."""
    last = {each.person: each for each in given}
    here = [each for each in last.values() if not each.brought]
    present = tuple(each for each in here if each.version_seen >= version)
    stale = tuple(each for each in here if each.version_seen < version)
    counted = Counter(each.verdict for each in present)
    return StandingReview(
        overall=next((verdict for verdict in GRAVEST_FIRST if counted[verdict]), None),
        present=present,
        stale=stale,
        counts={verdict: counted[verdict] for verdict in Verdict},
        brought=tuple(each for each in last.values() if each.brought),
    )
