from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from argmap import actions
from argmap.models import ApiToken


def test_the_secret_signs_in_and_is_kept_nowhere(analyst: User) -> None:
    token, secret = actions.make_token(user=analyst, name="nightly export")

    assert actions.user_of_token(secret) == analyst
    stored = str(ApiToken.objects.filter(pk=token.pk).values().get())
    assert secret not in stored
    assert secret.removeprefix("argmap_") not in stored


def test_expired_revoked_and_forged_tokens_sign_nobody_in(analyst: User, outsider: User) -> None:
    _, expired = actions.make_token(
        user=analyst, name="old", expires_at=timezone.now() - timedelta(seconds=1)
    )
    token, revoked = actions.make_token(user=analyst, name="gone")

    assert not actions.revoke_token(user=outsider, pk=token.pk)
    assert actions.revoke_token(user=analyst, pk=token.pk)
    for secret in (expired, revoked, "argmap_forged", ""):
        assert actions.user_of_token(secret) is None


def test_who_may_not_sign_in_has_no_use_of_a_token(analyst: User) -> None:
    _, secret = actions.make_token(user=analyst, name="mine")
    User.objects.filter(pk=analyst.pk).update(is_active=False)

    assert actions.user_of_token(secret) is None


def test_a_token_has_a_name(analyst: User) -> None:
    with pytest.raises(ValidationError) as caught:
        actions.make_token(user=analyst, name=" ")

    assert list(caught.value.message_dict) == ["name"]
