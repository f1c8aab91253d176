"""How often one may ask. The rates are settings."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView


class CommentThrottle(UserRateThrottle):
    """Counts new comments alone: a thread read often is no burst."""

    scope = "comment"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Let everything but new comments pass."""
        return request.method != "POST" or super().allow_request(request, view)
