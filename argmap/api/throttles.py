"""How often one may ask. The rates are settings."""

from __future__ import annotations

from typing import NoReturn

from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.views import APIView

from argmap.flood import CommentFlood


class CommentThrottle(CommentFlood):
    """Counts new comments alone: a thread read often is no burst."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Let everything but new comments pass."""
        return request.method != "POST" or super().allow_request(request, view)


class TooManyComments(APIView):
    """A view that says of what there was too much."""

    def throttled(self, request: Request, wait: float | None) -> NoReturn:
        """Say what there was too much of, and how long to wait."""
        what = "comments" if request.method == "POST" else "requests"
        raise Throttled(wait, f"Too many {what} in a short time.")
