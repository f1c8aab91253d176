"""The review page of a map: its standing review, its rounds, and all threads by weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from argmap import access
from argmap import review as reading
from argmap.core.agreement import Agreement
from argmap.core.graph import key_order
from argmap.core.kinds import Likelihood, Role, Verdict
from argmap.core.verdicts import StandingReview
from argmap.models import ArgumentMap, Review, Round, Statement
from argmap.web.middleware import WebRequest
from argmap.web.review.filters import ThreadFilter, authors_on
from argmap.web.review.forms import AskForm, VerdictForm
from argmap.web.review.moved import Told, told
from argmap.web.review.paging import numbered, paged
from argmap.web.review.rows import row_of

CLOSED = 20
"""Most rounds that are over which the page tells of."""

DISPUTED = 10
"""Most statements on which reviewers differ that the page names."""


@dataclass(slots=True)
class Asked:
    """A round, who was asked in it, and how it stands with its last day."""

    round: Round
    reviews: Sequence[Review]
    today: date

    @property
    def given(self) -> int:
        """How many have given their verdict."""
        return sum(each.finished_at is not None for each in self.reviews)

    @property
    def overdue(self) -> int:
        """How many days the last day is past, where verdicts are missing; 0 where it is not."""
        if not self.round.is_open or self.given == len(self.reviews):
            return 0
        return self.round.days_over(self.today)

    def asks(self, person: access.Person) -> bool:
        """Tell whether the round asks someone, and still takes verdicts."""
        return self.round.is_open and any(each.reviewer_id == person.pk for each in self.reviews)


@dataclass(slots=True)
class Standing:
    """The standing review with its verdicts: each reviewer's last, and those before.

    `since` tells what has changed since the newest of the stale ones, `own_since` since the
    reader's own, where that is stale.
    """

    review: StandingReview
    last: list[Any]
    earlier: list[Any]
    own: Any = None
    since: list[Told] = field(default_factory=list)
    own_since: list[Told] = field(default_factory=list)

    @property
    def counts(self) -> list[tuple[Verdict, int]]:
        """The verdicts on the present version that somebody gave, and how many did."""
        return [(verdict, count) for verdict, count in self.review.counts.items() if count]

    @property
    def since_version(self) -> int:
        """The version of the newest stale verdict."""
        return max((each.version_seen for each in self.review.stale), default=0)


@dataclass(frozen=True, slots=True)
class Disputed:
    """A statement on which reviewers differ, and how many hold it how probable."""

    statement: Statement
    figures: Agreement

    @property
    def bands(self) -> list[tuple[Likelihood, int]]:
        """How many judged each of the seven bands."""
        return list(self.figures.counts.items())

    @property
    def told(self) -> str:
        """The same in words, without the bands that nobody chose."""
        return ", ".join(f"{count} {band.label.lower()}" for band, count in self.bands if count)


@dataclass(frozen=True, slots=True)
class Questions:
    """How the critical questions of a map stand: those that are not satisfied, and those `left`.

    `left` holds how many nobody has answered, by the inference's key.
    """

    failed: Sequence[Any]
    left: Mapping[str, int]

    @property
    def total_left(self) -> int:
        """How many nobody has answered."""
        return sum(self.left.values())

    @property
    def by_key(self) -> list[tuple[str, int]]:
        """Those that are left, the inferences in the order of their keys."""
        return sorted(self.left.items(), key=lambda each: key_order(each[0]))


@login_not_required
@require_safe
def review(request: WebRequest, slug: str) -> HttpResponse:
    """Show how the review of a map stands. The address says which threads are listed."""
    argument_map, role = access.find_map(request.user, slug)
    return show_review(request, argument_map, role)


def show_review(
    request: WebRequest,
    argument_map: ArgumentMap,
    role: Role,
    *,
    ask: AskForm | None = None,
    verdict: VerdictForm | None = None,
) -> HttpResponse:
    """Answer with the page; a form that was refused stands in it as it was typed."""
    person = request.user
    rounds = asked_on(argument_map, person)
    asking = rounds_that_ask(rounds, person)
    waiting = {each.round.pk for each in rounds if not _has_answered(each, person)}
    shown = ThreadFilter(request.GET, authors=authors_on(argument_map), person=person)
    found = shown.narrowed(reading.threads_of(argument_map), person)
    page = paged(found, request.GET.get("page", ""))
    context = {
        "map": argument_map,
        "role": role,
        "edits": role.may(Role.EDITOR),
        "reviews": role.may(Role.REVIEWER),
        "standing": standing_on(argument_map, person),
        "open_rounds": [each for each in rounds if each.round.is_open],
        "closed_rounds": [each for each in rounds if not each.round.is_open][:CLOSED],
        "ask": ask or _fresh_ask(argument_map, person),
        "asking": asking,
        "asked_now": [each for each in asking if each.pk in waiting],
        "verdict": verdict or _fresh_verdict(argument_map, asking),
        "questions": Questions(
            list(reading.failed_on(argument_map)), reading.unanswered(argument_map)
        ),
        "disputed": [
            Disputed(statement, figures)
            for statement, figures in reading.disagreements(person, argument_map)[:DISPUTED]
        ],
        "filter": shown,
        "page": page,
        "rows": [row_of(each, role, person) for each in numbered(found, page.object_list)],
        "suggested": role.may(Role.EDITOR)
        and reading.open_suggestions(argument_map.comments.all()).exists(),
    }
    refused = ask or verdict
    return render(request, "review/page.html", context, status=422 if refused else 200)


def standing_on(argument_map: ArgumentMap, person: access.Person) -> Standing:
    """Return how the review of a map stands, for someone to read.

    Two queries, and one for what has changed where a verdict is stale; one more where the reader's
    own is of another version than the newest.
    """
    last, earlier = reading.last_and_earlier(reading.verdicts_on(argument_map))
    found = Standing(reading.standing_of(argument_map), last, earlier)
    found.own = next((each for each in found.last if each.reviewer_id == person.pk), None)
    if found.review.stale:
        found.since = told(reading.changes_since(argument_map, found.since_version))
    if isinstance(person, User) and found.own and found.own.stale:
        same = found.own.version_seen == found.since_version
        found.own_since = (
            found.since
            if same
            else told(reading.changes_since(argument_map, found.own.version_seen))
        )
    return found


def asked_on(argument_map: ArgumentMap, person: access.Person) -> list[Asked]:
    """Return the rounds on a map, the latest first (two queries).

    Who was asked is for nobody to read who is not signed in.
    """
    if not isinstance(person, User):
        return []
    today = timezone.localdate()
    rounds = argument_map.rounds.order_by("-asked_at", "-pk").prefetch_related("reviews")
    return [Asked(each, sorted(each.reviews.all(), key=_name), today) for each in rounds]


def _name(row: Review) -> str:
    return row.reviewer_name


def _fresh_ask(argument_map: ArgumentMap, person: access.Person) -> AskForm:
    initial = {"version": argument_map.version}
    return AskForm(initial=initial, argument_map=argument_map, person=person, auto_id="ask-%s")


def _fresh_verdict(argument_map: ArgumentMap, asking: list[Round]) -> VerdictForm:
    initial = {
        "version_seen": argument_map.version,
        "round": asking[0].pk if asking else None,
    }
    return VerdictForm(initial=initial, rounds=asking, auto_id="verdict-%s")


def rounds_that_ask(rounds: list[Asked], person: access.Person) -> list[Round]:
    """Return the open rounds that ask someone, those first that they have not answered."""
    asking = [each for each in rounds if each.asks(person)]
    asking.sort(key=lambda each: _has_answered(each, person))
    return [each.round for each in asking]


def _has_answered(asked: Asked, person: access.Person) -> bool:
    return any(each.reviewer_id == person.pk and each.finished_at for each in asked.reviews)
