"""The ratings of a statement, as its panel shows them: blind until one has given one's own."""

from __future__ import annotations

from dataclasses import dataclass

from argmap.access import Person
from argmap.core.kinds import Likelihood, Role
from argmap.core.spread import Spread, spread
from argmap.models import Rating, Statement
from argmap.review import RatingsSeen, differences_since, ratings_of
from argmap.web.review.judge_forms import JudgementForm, RatingForm
from argmap.web.review.since import Since, said_of


@dataclass(slots=True)
class Rated:
    """What one person sees of the ratings of a statement, and the form of their own.

    `form` is None for who may not rate; `since` says what changed where their own is stale.
    """

    statement: Statement
    seen: RatingsSeen
    form: RatingForm | None
    since: Since | None
    chart: Spread | None

    @property
    def others(self) -> int:
        """How many others have rated, whether one may see how or not."""
        return self.seen.count - (self.seen.own is not None)

    @property
    def rows(self) -> list[Rating]:
        """The ratings that may be seen, one's own first."""
        own = [self.seen.own] if self.seen.own else []
        return [*own, *self.seen.others]

    @property
    def counted(self) -> list[tuple[str, int]]:
        """How many chose each band that anybody chose, in words."""
        figures = self.seen.figures
        return (
            [(each.label.lower(), figures.counts[each]) for each in figures.given]
            if figures
            else []
        )

    @property
    def least(self) -> str:
        """The least likely band that was chosen, in words."""
        return self.counted[0][0]

    @property
    def most(self) -> str:
        """The most likely band that was chosen, in words."""
        return self.counted[-1][0]

    @property
    def band(self) -> str:
        """The band in which the mean falls, in words; "" where there is no mean to be seen."""
        if self.seen.figures is None:
            return ""
        mean = self.seen.figures.mean
        return next(
            (each.label.lower() for each in Likelihood if mean < each.band.upper),
            Likelihood.ALMOST_CERTAIN.label.lower(),
        )

    @property
    def mean(self) -> int:
        """The mean of the bands' middles, in per cent, where it may be seen."""
        return round(100 * self.seen.figures.mean) if self.seen.figures else 0


def rated(
    statement: Statement, *, role: Role, person: Person, judged: JudgementForm | None = None
) -> Rated:
    """Return what someone may see of a statement's ratings.

    One query, two where anybody has rated, and one more for what made one's own stale. `judged` is
    a form that was refused.
    """
    seen = ratings_of(person, statement)
    own = seen.own
    return Rated(
        statement=statement,
        seen=seen,
        form=_form(statement, own, judged) if role.may(Role.REVIEWER) else None,
        since=_since(own) if own and own.stale else None,  # type: ignore[attr-defined]
        chart=_chart(seen),
    )


def _since(own: Rating) -> Since:
    return said_of(differences_since([own]).get(own.pk, ()))


def _chart(seen: RatingsSeen) -> Spread | None:
    if seen.figures is None:
        return None
    return spread(seen.figures, Likelihood(seen.own.likelihood) if seen.own else None)


def _form(statement: Statement, own: Rating | None, judged: JudgementForm | None) -> RatingForm:
    if isinstance(judged, RatingForm):
        return judged
    told = {"likelihood": own.likelihood, "confidence": own.confidence} if own else {}
    # Nothing is chosen beforehand but that nothing is said of confidence: a blind rating is blind.
    return RatingForm(initial={"confidence": "", **told, "version_seen": statement.map.version})
