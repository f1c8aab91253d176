"""One thing that concerns one person: what it is, whom it concerns, and where it stands in a log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.urls import reverse

from argmap.core.kinds import Role
from argmap.models import Answer, ArgumentMap, Comment, Inference, Rating, Statement


class Topic(StrEnum):
    """Why something concerns someone; the value is what it stands under."""

    MENTION = "You were mentioned"
    REPLY = "Answers in threads that you take part in"
    REQUEST = "Reviews that you are asked for"
    VERDICT = "Verdicts that you asked for"
    POINT = "Suggestions, challenges and questions on a map that you edit"
    OUTCOME = "What became of your suggestions"
    STALE = "Judgements of yours on what has changed since"

    @property
    def rank(self) -> int:
        """Place in the order of telling, 0 for the first."""
        return list(Topic).index(self)

    @property
    def takes(self) -> Role:
        """The role that whoever is told must have: it lets them do something about it."""
        return _TAKES.get(self, Role.VIEWER)


_TAKES = {Topic.REQUEST: Role.REVIEWER, Topic.POINT: Role.EDITOR, Topic.STALE: Role.REVIEWER}


@dataclass(frozen=True, slots=True)
class Concern:
    """What one person, `user`, is told in a line, with what was said where anything was.

    It happened `at` a moment, with change `activity` of the `log` of a map: the map where it was
    then. `path` leads to where it stands now.
    """

    topic: Topic
    user: int
    map: ArgumentMap
    log: int
    activity: int
    at: datetime
    line: str
    said: str
    path: str


def place_of(row: Comment | Answer | Rating) -> str:
    """Return the key of what something is or was about, or words for the map."""
    if isinstance(row, Answer):
        return row.inference.key
    return row.about or row.lost_target or "the map"


def path_of(row: Comment | Answer | Rating) -> str:
    """Return the path of the page where a row is shown; of a comment, to its very place there.

    It asks the database for nothing where what the row is about was fetched with it.
    """
    if isinstance(row, Comment):
        return f"{page_of(row.map, row.stands_on)}#comment-{row.pk}"
    return page_of(row.map, row.inference if isinstance(row, Answer) else row.statement)


def page_of(argument_map: ArgumentMap, target: Statement | Inference | None) -> str:
    """Return the path of an element's page, of the map's where there is no element."""
    if target is None:
        return argument_map.get_absolute_url()
    return reverse("element", args=[argument_map.slug, target.key])
