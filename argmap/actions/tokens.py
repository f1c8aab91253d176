"""Tokens for programs. They belong to a person, not to a map, and leave no Change."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.models import User
from django.utils import timezone

from argmap.actions.base import validate
from argmap.models import ApiToken

PREFIX = "argmap_"
"""What each token starts with, so that scanners for leaked secrets can tell it."""

LIFETIME = timedelta(days=90)
USE_NOTED_EVERY = timedelta(minutes=5)


def make_token(
    *, user: User, name: str, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make a token and return it with its secret, which is shown this once and kept nowhere.

    Raises ValidationError by field.
    """
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        user=user,
        name=name.strip(),
        digest=digest_of(secret),
        hint=secret[len(PREFIX) :][:4],
        expires_at=expires_at or timezone.now() + LIFETIME,
    )
    validate(token)
    token.save(force_insert=True)
    return token, secret


def revoke_token(*, user: User, pk: int) -> bool:
    """Delete one of a person's tokens; tell whether there was such a one."""
    return bool(ApiToken.objects.filter(user=user, pk=pk).delete()[0])


def user_of_token(secret: str) -> User | None:
    """Return whose token this is, None where it is unknown, expired, or its owner may not sign in.

    That it was used is noted every few minutes only: a write for each read would be too dear.
    """
    now = timezone.now()
    tokens = ApiToken.objects.select_related("user")
    token = tokens.filter(digest=digest_of(secret), expires_at__gt=now).first()
    if token is None or not token.user.is_active:
        return None
    if token.used_at is None or now - token.used_at > USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)
    return token.user


def digest_of(secret: str) -> str:
    """Return what is stored of a token. A plain hash will do: the secret has 256 random bits."""
    return sha256(secret.encode()).hexdigest()
