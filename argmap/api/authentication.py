"""How programs sign in: a token in the Authorization header."""

from __future__ import annotations

from django.contrib.auth.models import User
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from argmap import actions

PROGRAM = "program"
"""What `request.auth` is where a token signed the request in; None where a session did."""


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer argmap_…`"""

    def authenticate(self, request: Request) -> tuple[User, str] | None:
        """Return whose token the request carries, None where it carries none."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        user = actions.user_of_token(secret.strip())
        if user is None:
            raise AuthenticationFailed("This token is unknown, or has expired.")
        return user, PROGRAM

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge that goes with each 401."""
        return 'Bearer realm="argmap"'
