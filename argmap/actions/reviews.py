"""Asking for reviews, and giving verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from argmap import access
from argmap.actions.base import Edit, Gone, editing
from argmap.actions.comments import seen_or_present
from argmap.core.kinds import Role, Verb, Verdict
from argmap.core.limits import REVIEWERS_LIMIT
from argmap.models import ArgumentMap, Review, Round

SAME = ("verdict", "summary", "version_seen")
"""What two verdicts of one person say alike where a form was sent twice."""


def ask_for_review(
    *,
    actor: User,
    argument_map: ArgumentMap,
    reviewers: Sequence[User],
    due: date | None = None,
    message: str = "",
    version: int | None = None,
) -> Round:
    """Ask people for a review of a version of a map, the present one for None.

    They must be members who may review it, whom the map's visibility lets in. `due` is a date from
    today on, or None. Where an open round asks just this, as of a form that was sent twice, that is
    the one. Raises ValidationError by field.
    """
    with editing(argument_map, actor=actor, verb=Verb.ASK) as edit:
        asked = _reviewers(edit.map, reviewers)
        if due is not None and due < timezone.localdate():
            raise ValidationError({"due": "That day is over."})
        given = {
            "version": _version(edit, version),
            "asked_by": actor,
            "due": due,
            "message": message.strip(),
        }
        twice = _asked_before(edit, asked, given)
        if twice is not None:
            return twice
        made = edit.add(Round(map=edit.map, asked_by_name=actor.get_username(), **given))
        for person in asked:
            edit.add(
                Review(
                    map=edit.map,
                    round=made,
                    reviewer=person,
                    reviewer_name=person.get_username(),
                )
            )
        return made


def close_round(*, actor: User, argument_map: ArgumentMap, round: int) -> Round:  # noqa: A002
    """End a round: it takes no more verdicts, and those given stand. Raises Gone."""
    with editing(argument_map, actor=actor, verb=Verb.CLOSE) as edit:
        row = _round(edit, round)
        return edit.alter(row, {"closed_at": timezone.now()}) if row.is_open else row


def give_verdict(
    *,
    actor: User,
    argument_map: ArgumentMap,
    verdict: str,
    summary: str = "",
    round: int | None = None,  # noqa: A002
    version_seen: int | None = None,
) -> Review:
    """Judge the whole map: in a round that asked for it, again where one has, or unasked.

    A verdict that asks for changes needs a summary that says which. `version_seen` is the version
    that the reviewer judged, the present one where it is None: the verdict is stale once the graph
    changes after it. Where their last one, unasked too, says just this, that one is returned. Raises
    ValidationError, by field or where the round is closed; PermissionDenied where it did not ask the
    actor; Gone.
    """
    with editing(argument_map, actor=actor, verb=Verb.REVIEW, needs=Role.REVIEWER) as edit:
        given = {
            **_judgement(verdict, summary),
            "version_seen": seen_or_present(edit, version_seen),
            "finished_at": timezone.now(),
        }
        if round is not None:
            return edit.alter(_request(edit, actor, round), given)
        last = _last(edit, actor)
        if last and all(getattr(last, name) == given[name] for name in SAME):
            return last
        return edit.add(
            Review(map=edit.map, reviewer=actor, reviewer_name=actor.get_username(), **given)
        )


def withdraw_verdict(*, actor: User, argument_map: ArgumentMap, review: int) -> None:
    """Take one's own verdict back; what a round asked for is then asked for again.

    Raises ValidationError where that round is closed, PermissionDenied or Gone.
    """
    with editing(argument_map, actor=actor, verb=Verb.WITHDRAW, needs=Role.REVIEWER) as edit:
        row = find_verdict(edit, actor, review)
        if row.round is None:
            edit.remove(row)
            return
        if not row.round.is_open:
            raise ValidationError("The round is closed: what was given in it stands.")
        edit.alter(row, {"verdict": "", "summary": "", "version_seen": 0, "finished_at": None})


def find_verdict(edit: Edit, actor: User, number: int) -> Review:
    """Return someone's own verdict. Raises Gone, or PermissionDenied where it is another's."""
    row = Review.objects.filter(map=edit.map, pk=number, finished_at__isnull=False).first()
    if row is None:
        raise Gone("The verdict was withdrawn meanwhile.")
    if row.reviewer_id != actor.pk:
        raise PermissionDenied("Only whoever gave a verdict takes it up again.")
    return row


def _asked_before(edit: Edit, asked: Sequence[User], given: dict[str, Any]) -> Round | None:
    """Return the open round that asks the same people for the same, where there is one."""
    wanted = {person.pk for person in asked}
    same = Round.objects.filter(map=edit.map, closed_at=None, **given)
    for found in same.prefetch_related("reviews"):
        if {each.reviewer_id for each in found.reviews.all()} == wanted:
            return found
    return None


def _last(edit: Edit, actor: User) -> Review | None:
    """Return someone's last verdict on the map, where no round asked for it."""
    given = Review.objects.filter(map=edit.map, reviewer=actor, finished_at__isnull=False)
    last = given.order_by("finished_at", "pk").last()
    return last if last and last.round_id is None else None


def _reviewers(argument_map: ArgumentMap, people: Sequence[User]) -> list[User]:
    """Return the people, each once. Raises ValidationError that names those who may not review."""
    asked = list(dict.fromkeys(people))
    if not 0 < len(asked) <= REVIEWERS_LIMIT:
        raise ValidationError({"reviewers": f"Ask 1 to {REVIEWERS_LIMIT} people."})
    able = access.reviewers_on(argument_map).filter(pk__in=[person.pk for person in asked])
    found = set(able.values_list("pk", flat=True))
    missing = [person.get_username() for person in asked if person.pk not in found]
    if missing:
        raise ValidationError({"reviewers": f"They may not review this map: {', '.join(missing)}."})
    return asked


def _version(edit: Edit, version: int | None) -> int:
    try:
        return seen_or_present(edit, version)
    except ValidationError as error:
        raise ValidationError({"version": error.messages}) from error


def _round(edit: Edit, number: int) -> Round:
    row = Round.objects.filter(map=edit.map, pk=number).first()
    if row is None:
        raise Gone("There is no such round any more.")
    return row


def _request(edit: Edit, actor: User, number: int) -> Review:
    """Return what a round asks of someone, blank or with what they said before."""
    row = _round(edit, number)
    if not row.is_open:
        raise ValidationError({"round": "The round is closed: give a verdict without it."})
    asked = Review.objects.filter(round=row, reviewer=actor).first()
    if asked is None:
        raise PermissionDenied("This round asks others.")
    return asked


def _judgement(verdict: str, summary: str) -> dict[str, Any]:
    if verdict not in list(Verdict):
        raise ValidationError({"verdict": f'"{verdict}" is not one of {", ".join(Verdict)}.'})
    said = summary.strip()
    if Verdict(verdict).asks_for_change and not said:
        raise ValidationError({"summary": "Say what would have to change."})
    return {"verdict": verdict, "summary": said}
