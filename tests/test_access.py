from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import Http404

from argmap import access, actions
from argmap.core.kinds import Role, Visibility
from argmap.models import ArgumentMap, Statement

HELD = ("analyst", "editor", "reviewer", "viewer", "outsider", "admin", "anonymous")

ROLES: dict[Visibility, dict[str, Role | None]] = {
    Visibility.PRIVATE: {"analyst": Role.OWNER, "admin": Role.OWNER},
    Visibility.MEMBERS: {
        "analyst": Role.OWNER,
        "editor": Role.EDITOR,
        "reviewer": Role.REVIEWER,
        "viewer": Role.VIEWER,
        "admin": Role.OWNER,
    },
    Visibility.PUBLIC: {
        "analyst": Role.OWNER,
        "editor": Role.EDITOR,
        "reviewer": Role.REVIEWER,
        "viewer": Role.VIEWER,
        "outsider": Role.VIEWER,
        "anonymous": Role.VIEWER,
        "admin": Role.OWNER,
    },
}


@pytest.fixture
def cast(
    a_map: ArgumentMap, analyst: User, outsider: User, admin: User
) -> dict[str, access.Person]:
    members: dict[str, access.Person] = {user.get_username(): user for user in User.objects.all()}
    return {**members, "anonymous": AnonymousUser()}


@pytest.mark.parametrize("visibility", Visibility)
@pytest.mark.parametrize("name", HELD)
def test_what_each_may_do_is_one_table(
    a_map: ArgumentMap,
    analyst: User,
    cast: dict[str, access.Person],
    visibility: Visibility,
    name: str,
) -> None:
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=visibility)
    person, held = cast[name], ROLES[visibility].get(name)

    assert access.role_in(person, a_map) == held
    for needed in Role:
        may = held is not None and held.may(needed)
        assert access.maps_for(person, needed).filter(pk=a_map.pk).exists() == may
        assert access.rows_for(Statement, person, needed).exists() == may
        if may:
            assert access.find_map(person, "harbour", needed) == (a_map, held)
        else:
            with pytest.raises((access.SignInNeeded, Http404, PermissionDenied)) as caught:
                access.find_map(person, "harbour", needed)
            assert caught.type is refusal(person, held)


def refusal(person: access.Person, held: Role | None) -> type[Exception]:
    if person.is_anonymous:
        return access.SignInNeeded
    return Http404 if held is None else PermissionDenied


def test_a_map_that_may_not_be_read_looks_like_none(a_map: ArgumentMap, outsider: User) -> None:
    answers = []
    for slug in ("harbour", "no-such-map"):
        with pytest.raises(Http404) as caught:
            access.find_map(outsider, slug)
        answers.append(str(caught.value))
        with pytest.raises(access.SignInNeeded):
            access.find_map(AnonymousUser(), slug)
    assert answers[0] == answers[1]


def test_who_was_deactivated_reads_nothing(a_map: ArgumentMap, analyst: User) -> None:
    analyst.is_active = False

    assert not access.readable_maps(analyst).exists()
    assert access.role_in(analyst, a_map) is None


def test_finding_takes_one_query(
    a_map: ArgumentMap,
    reviewer: User,
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]  # the map, with the role held
        access.find_map(reviewer, "harbour", Role.REVIEWER)
