"""How often one may ask. The rates are settings."""

from __future__ import annotations

from typing import NoReturn

from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.views import APIView

from argmap.flood import CommentFlood


class CommentThrottle(CommentFlood):
    """Counts what is told to others: a thread read often is no burst, nor are many resolved."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Let everything pass but what is new, and what is said in other words."""
        rewords = request.method == "PATCH" and "body" in request.data
        return not (request.method == "POST" or rewords) or super().allow_request(request, view)


class TooManyComments(APIView):
    """A view that says of what there was too much."""

    def throttled(self, request: Request, wait: float | None) -> NoReturn:
        """Say what there was too much of, and how long to wait."""
        noun = getattr(self, "noun", "answer")
        # A suggestion is a comment with something more.
        is_comment = noun in {"comment", "suggestion"}
        writes = "comments" if is_comment else f"comments and {noun}s"
        what = writes if request.method in {"POST", "PATCH"} else "requests"
        raise Throttled(wait, f"Too many {what} in a short time.")
