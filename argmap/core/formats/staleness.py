"""What a file tells of judgements that have gone stale: which, though not by what.

Of each element, a comment or an answer is stale where it saw a version before the one in which the
element came to say what it says. A file says of each judgement whether it is, and so in which
version that was, as near as its judgements tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from argmap.core.formats.report import FormatError, Record
from argmap.core.graph import Graph
from argmap.core.places import Place


class _Judged(NamedTuple):
    place: Place
    about: str
    version: int
    is_stale: bool


def reworded(comments: Sequence[Record], answers: Sequence[Record]) -> Mapping[str, int]:
    """Return the version in which elements came to say what they say, by key; "" is the map.

    It is the first that makes the stale judgements stale; elements without any are left out.
    """
    found: dict[str, int] = {}
    for each in _judged(comments, answers):
        if each.is_stale:
            found[each.about] = max(found.get(each.about, 0), each.version + 1)
    return found


def check_stale(graph: Graph, comments: Sequence[Record], answers: Sequence[Record]) -> None:
    """Raise FormatError where a judgement cannot be stale, or cannot be anything else."""
    for at, comment in enumerate(comments):
        if comment.get("stale") and not _can_be_stale(comment):
            place = Place(("comments", at, "stale"))
            raise FormatError(place, "only what began a thread, on what is there, can be stale")
    since = reworded(comments, answers)
    for each in _judged(comments, answers):
        if each.is_stale and each.version >= graph.version:
            raise FormatError(each.place, f"nothing has changed since version {each.version}")
        if not each.is_stale and each.version < since.get(each.about, 0):
            raise FormatError(each.place, "must be true: what saw a later version is stale")


def _judged(comments: Sequence[Record], answers: Sequence[Record]) -> Iterator[_Judged]:
    for at, comment in enumerate(comments):
        if _can_be_stale(comment):
            place, about = Place(("comments", at, "stale")), comment.get("target") or ""
            yield _Judged(place, about, comment["version"], comment.get("stale", False))
    for at, answer in enumerate(answers):
        place = Place(("answers", at, "stale"))
        yield _Judged(place, answer["inference"], answer["version"], answer.get("stale", False))


def _can_be_stale(comment: Record) -> bool:
    """Tell whether a comment is asked about: a reply goes with its thread, and nothing holds of
    what was deleted, or of what is gone.
    """
    gone = bool(comment.get("lost_target")) and not comment.get("target")
    return comment.get("parent") is None and not comment.get("deleted_at") and not gone
