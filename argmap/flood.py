"""How often one person may write or have something rendered: one count for all faces of the site.

The counts lie in the cache, by person, and the API's throttles keep the same ones.
"""

from __future__ import annotations

from math import ceil

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from rest_framework.throttling import UserRateThrottle


class Flood(UserRateThrottle):
    """One thing that somebody may do so often; `scope` names its rate in the settings."""

    def seconds(self, request: HttpRequest) -> int:
        """Count one more, before it is done; return how long to wait where it is one too many."""
        # Of the view, which only the API has, none of the counting makes use.
        if self.allow_request(request, None):  # type: ignore[arg-type]
            return 0
        return max(ceil(self.wait() or 0), 1)


class CommentFlood(Flood):
    """What is told to others, by the web or by the API: comments, new or reworded, and judgements."""

    scope = "comment"


class PreviewFlood(Flood):
    """Looks at what a comment will look like."""

    scope = "preview"
    rate = "60/min"


class Flooded(ValidationError):
    """Something is one too many; `wait` says for how many seconds."""

    def __init__(self, wait: int, what: str) -> None:
        seconds = "1 second" if wait == 1 else f"{wait} seconds"
        super().__init__(
            f"Too many {what} in a short time. Wait {seconds}, then send it: your text is kept."
        )
        self.wait = wait


def count_comment(request: HttpRequest, what: str = "comments") -> None:
    """Count one thing that the web is about to tell others; `what` says in words what is counted.

    Raises Flooded. The answer to the request says so too, whatever view makes it (see `flooded`).
    """
    if wait := CommentFlood().seconds(request):
        setattr(request, _WAIT, wait)
        raise Flooded(wait, what)


def flooded(request: HttpRequest) -> int:
    """Return how many seconds a request was one too early, 0 where it was not."""
    wait: int = getattr(request, _WAIT, 0)
    return wait


_WAIT = "_argmap_flooded"
