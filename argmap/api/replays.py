"""Requests that are sent twice under one nonce: nothing is made again, and nothing is lost unsaid.

Whoever sends the same again, since the first answer never came, is told what there is. Whoever sends
something else under an old nonce would take it for saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User

from argmap.api.errors import Overtaken
from argmap.core.kinds import CommentKind
from argmap.core.limits import NONCE_LIMIT
from argmap.core.proposals import proposal_from
from argmap.models import ArgumentMap, Comment
from argmap.review import earlier_bodies

NONCE: dict[str, Any] = {
    "max_length": NONCE_LIMIT,
    "required": False,
    "help_text": "Any text. A second request with the same makes nothing: 200 says what the first "
    "one made, 409 that it said something else, or that it was deleted since.",
}

OTHER = "Something else was sent before under this nonce. Nothing was saved."


def made_before(argument_map: ArgumentMap, person: User, sent: Mapping[str, Any]) -> Comment | None:
    """Return the comment that was made under a request's nonce (one query, none without one)."""
    nonce = sent.get("nonce")
    if not nonce:
        return None
    comments = argument_map.comments.select_related("statement", "inference", "excerpt")
    return comments.filter(author=person, nonce=nonce).first()


def require_same_comment(row: Comment, sent: Mapping[str, Any]) -> None:
    """Raise Overtaken where a comment is not what a request would make."""
    _require_there(row)
    is_about = sent.get("parent") is not None or sent.get("about", "") == _about(row)
    kind = sent.get("kind", CommentKind.COMMENT)
    said = (sent["body"].strip(), kind, sent.get("flag", ""), sent.get("parent") is None)
    if not is_about or said != (_first_body(row), row.kind, row.flag, row.parent_id is None):
        raise Overtaken(OTHER)


def require_same_suggestion(row: Comment, sent: Mapping[str, Any]) -> None:
    """Raise Overtaken where a suggestion, by its comment, is not what a request would make."""
    _require_there(row)
    if row.suggested is None:
        raise Overtaken(OTHER)
    proposal = proposal_from(row.suggested.proposal)
    # What an edit leaves as it was is not kept.
    kept = {name: sent["after"].get(name) for name in proposal.after}
    body = sent.get("body", "").strip() or proposal.words
    said = (sent["does"], sent["on"], kept, body, sent.get("flag", ""))
    if said != (proposal.does, proposal.on, proposal.after, _first_body(row), row.flag):
        raise Overtaken(OTHER)


def _about(row: Comment) -> str:
    return row.about or row.lost_target


def _first_body(row: Comment) -> str:
    """Return what a comment said at first, whatever its author made of it."""
    earlier = earlier_bodies(row)
    return earlier[0].body if earlier else row.body


def _require_there(row: Comment) -> None:
    if row.is_deleted:
        raise Overtaken("This was sent before, and was deleted since. Nothing was saved.")
