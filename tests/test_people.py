"""Who is signed in is who Django says, at each request anew."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.test import Client

from argmap.people import PeopleBackend


@pytest.mark.django_db
def test_a_person_is_read_as_django_reads_them(admin: User, analyst: User) -> None:
    for person in (admin, analyst):
        found = PeopleBackend().get_user(person.pk)
        assert found == ModelBackend().get_user(person.pk)
        assert found is not None
        assert found.get_deferred_fields() == set()
        assert all(
            getattr(found, field.attname) == getattr(User.objects.get(pk=person.pk), field.attname)
            for field in User._meta.concrete_fields
        )
    assert PeopleBackend().get_user(0) is None


@pytest.mark.django_db
def test_who_may_no_longer_sign_in_is_out_at_once(client: Client, analyst: User) -> None:
    request = HttpRequest()
    client.force_login(analyst)
    request.session = client.session
    assert get_user(request) == analyst
    analyst.is_active = False
    analyst.save()
    assert get_user(request).is_anonymous
    analyst.is_active = True
    analyst.set_password("another one")
    analyst.save()
    assert get_user(request).is_anonymous


@pytest.mark.django_db
def test_who_was_deleted_is_out_at_once(client: Client, analyst: User) -> None:
    request = HttpRequest()
    client.force_login(analyst)
    request.session = client.session
    analyst.delete()
    assert get_user(request).is_anonymous
