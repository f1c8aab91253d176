"""What the comments of a file may not say of one another, nor of the graph.

An import keeps what a file says or refuses it: a comment that says two things of itself, of which
only one can be kept, is refused with its place.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from argmap.core.formats.report import FormatError, Record
from argmap.core.graph import INFERENCE_LETTER, Graph
from argmap.core.places import Place, quoted


def check_threads(graph: Graph, comments: Sequence[Record]) -> None:
    """Raise FormatError at the first comment that cannot be kept as it is."""
    excerpts = {excerpt.key for each in graph.statements for excerpt in each.excerpts}
    keys = {*graph.statement, *graph.inference, *excerpts}
    first: dict[int, Record] = {}
    for at, comment in enumerate(comments):
        place = Place(("comments", at))
        _check_body(place, comment)
        parent = comment.get("parent")
        if parent is None:
            _check_target(place, comment, keys)
        elif parent not in first:
            raise FormatError(place.at("parent"), f"no comment before it has number {parent}")
        else:
            _check_reply(place, comment, first[parent])
        if "suggestion" in comment:
            _check_suggestion(place.at("suggestion", "on"), comment, keys)
        number = comment["number"]
        if number in first:
            raise FormatError(place.at("number"), f"number {number} is there twice")
        first[number] = comment if parent is None else first[parent]


def _check_body(place: Place, comment: Record) -> None:
    if not comment["body"] and not comment.get("deleted_at"):
        raise FormatError(place.at("body"), "must not be empty")
    if comment.get("deleted_by") and not comment.get("deleted_at"):
        raise FormatError(
            place.at("deleted_by"), "goes with a moment of deletion, and none is there"
        )


def _check_target(place: Place, comment: Record, keys: Set[str]) -> None:
    target, lost = comment.get("target"), comment.get("lost_target", "")
    if target is not None and target not in keys:
        raise FormatError(place.at("target"), f"nothing has the key {quoted(target)}")
    # Where one inference took up another, it took up the comments, and these remember the other.
    if target and lost and not (_both_inferences(target, lost) and lost not in keys):
        raise FormatError(place.at("lost_target"), f"the comment is about {quoted(target)}")


def _check_reply(place: Place, comment: Record, thread: Record) -> None:
    for name in ("target", "lost_target"):
        own, of_thread = comment.get(name), thread.get(name)
        if own and own != of_thread:
            about = quoted(of_thread) if of_thread else "none"
            raise FormatError(place.at(name), f"is another than that of its thread, {about}")
    if "suggestion" in comment:
        raise FormatError(place.at("suggestion"), "is of a reply: a suggestion begins a thread")


def _check_suggestion(place: Place, comment: Record, keys: Set[str]) -> None:
    about = comment.get("target") or comment.get("lost_target", "")
    if is_astray(comment["suggestion"]["on"], about, keys):
        raise FormatError(place, f"its comment is about {quoted(about) if about else 'the map'}")


def is_astray(on: str, about: str, keys: Set[str]) -> bool:
    """Tell whether a suggestion on one element would change it from a comment about another.

    The comments of an inference that another took up are about that one: what they suggest is on
    one that is gone, which nobody can accept. `keys` are those of the graph.
    """
    return on != about and not (_both_inferences(on, about) and on not in keys)


def _both_inferences(*keys: str) -> bool:
    return all(key.startswith(INFERENCE_LETTER) for key in keys)
