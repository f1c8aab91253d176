"""Maps and their members in the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from argmap import actions, render
from argmap.models import ArgumentMap, Change, Membership, Statement
from tests.cast import a_tree

Desks = Callable[[User], Any]
LastChange = Callable[[], Any]


def roles(a_map: ArgumentMap) -> dict[str, str]:
    return dict(Membership.objects.filter(map=a_map).values_list("user__username", "role"))


def row_of(page: Any, name: str) -> str:
    """Return the prefix of a member's row."""
    formset = page.context["inline_admin_formsets"][0].formset
    return next(str(row.prefix) for row in formset.forms if row.initial.get("username") == name)


def test_a_new_map_is_its_makers_and_private(desk: Desks, analyst: User) -> None:
    page = desk(analyst).open("argumentmap_add")
    desk(analyst).send(page, title="Should the pier go?")
    found = ArgumentMap.objects.get(slug="should-the-pier-go")
    assert (found.visibility, roles(found)) == ("private", {"analyst": "owner"})
    assert Change.objects.get(map=found).verb == "create"


def test_a_slug_that_is_taken_elsewhere_does_not_show(
    desk: Desks, analyst: User, hidden_map: ArgumentMap
) -> None:
    page = desk(analyst).open("argumentmap_add")
    desk(analyst).send(page, title="Mine", slug=hidden_map.slug)
    assert ArgumentMap.objects.filter(title="Mine", slug="covert-2").exists()


def test_the_page_draws_the_map_with_a_link_for_each_element(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    html = desk(analyst).open("argumentmap_change", a_map.pk).content.decode()
    claim = Statement.objects.get(map=a_map, key="C1")
    assert f'href="{reverse("admin:argmap_claim_change", args=[claim.pk])}"' in html
    assert 'class="drawing"' in html
    assert "Evidence: 2" in html
    assert f"{reverse('admin:argmap_evidence_changelist')}?map={a_map.pk}" in html


def test_the_page_works_where_nothing_can_be_drawn(
    desk: Desks, analyst: User, a_map: ArgumentMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise render.DrawingFailedError("Graphviz is away.")

    monkeypatch.setattr(render, "draw", fail)
    html = desk(analyst).open("argumentmap_change", a_map.pk).content.decode()
    assert "There is no drawing: Graphviz is away." in html


def test_two_authors_of_a_maps_own_fields(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    page = desk(editor).open("argumentmap_change", a_map.pk)
    actions.add_statement(actor=analyst, argument_map=a_map, kind="claim", text="No matter.")
    actions.edit_map(actor=analyst, argument_map=a_map, title="Theirs", issue="Their issue?")
    refused = desk(editor).send(page, title="Mine")
    assert "analyst changed harbour (issue, title)" in refused.content.decode()
    desk(editor).send(refused)
    a_map.refresh_from_db()
    assert (a_map.title, a_map.issue) == ("Mine", "Their issue?")
    assert last_change() == [("editor", "edit", "harbour", ["title"])]


def test_a_changed_element_does_not_disturb_the_maps_own_fields(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    page = desk(editor).open("argumentmap_change", a_map.pk)
    actions.add_statement(actor=analyst, argument_map=a_map, kind="claim", text="No matter.")
    desk(editor).send(page, title="Mine")
    a_map.refresh_from_db()
    assert a_map.title == "Mine"


def test_an_editor_may_not_change_what_is_the_owners(
    desk: Desks, editor: User, a_map: ArgumentMap
) -> None:
    page = desk(editor).open("argumentmap_change", a_map.pk)
    desk(editor).send(page, visibility="public", slug="mine", **{"initial-visibility": "members"})
    a_map.refresh_from_db()
    assert (a_map.visibility, a_map.slug) == ("members", "harbour")


def test_the_owner_adds_changes_and_removes_members(
    desk: Desks, analyst: User, outsider: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    page = desk(analyst).open("argumentmap_change", a_map.pk)
    typed = {
        "memberships-TOTAL_FORMS": "5",
        "memberships-4-username": "outsider",
        "memberships-4-role": "reviewer",
        f"{row_of(page, 'viewer')}-role": "editor",
        f"{row_of(page, 'reviewer')}-DELETE": "on",
    }
    before = Change.objects.filter(verb="share").count()
    desk(analyst).send(page, **typed)
    assert roles(a_map) == {
        "analyst": "owner",
        "editor": "editor",
        "viewer": "editor",
        "outsider": "reviewer",
    }
    assert Change.objects.filter(verb="share").count() == before + 3


def test_a_map_is_handed_over(desk: Desks, analyst: User, a_map: ArgumentMap, editor: User) -> None:
    page = desk(analyst).open("argumentmap_change", a_map.pk)
    desk(analyst).send(page, **{f"{row_of(page, 'editor')}-role": "owner"})
    assert (roles(a_map)["editor"], roles(a_map)["analyst"]) == ("owner", "editor")


def test_the_owners_place_cannot_be_left_empty(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    page = desk(analyst).open("argumentmap_change", a_map.pk)
    refused = desk(analyst).send(page, title="Typed", **{f"{row_of(page, 'analyst')}-DELETE": "on"})
    assert "make someone else the owner first" in refused.content.decode()
    a_map.refresh_from_db()
    assert (roles(a_map)["analyst"], a_map.title) == ("owner", "The harbour should close")


def test_a_name_that_nobody_has_is_refused(desk: Desks, analyst: User, a_map: ArgumentMap) -> None:
    page = desk(analyst).open("argumentmap_change", a_map.pk)
    new = {"memberships-TOTAL_FORMS": "5", "memberships-4-username": "nobody"}
    refused = desk(analyst).send(page, **new, **{"memberships-4-role": "viewer"})
    assert "Nobody with this name" in refused.content.decode()


def test_an_editor_sees_members_and_cannot_change_them(
    desk: Desks, editor: User, a_map: ArgumentMap
) -> None:
    page = desk(editor).open("argumentmap_change", a_map.pk)
    assert "reviewer" in page.content.decode()
    before = roles(a_map)
    forged = {
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-0-username": "editor",
        "memberships-0-role": "owner",
    }
    desk(editor).send(page, **forged)
    assert roles(a_map) == before


def test_only_the_owner_deletes_a_map(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    address = reverse("admin:argmap_argumentmap_delete", args=[a_map.pk])
    assert desk(editor).client.post(address, {"post": "yes"}).status_code == 403
    page = desk(analyst).client.get(address).content.decode()
    assert "Claims: 1" in page
    assert desk(analyst).client.post(address, {"post": "yes"}).status_code == 302
    assert not ArgumentMap.objects.filter(slug="harbour").exists()
    assert Change.objects.filter(map_slug="harbour", verb="delete").exists()


def test_the_list_takes_the_same_queries_however_long_it_is(
    desk: Desks,
    analyst: User,
    a_map: ArgumentMap,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(10):
        actions.create_map(actor=analyst, title=f"Map {number}")
    at_work = desk(analyst)
    # Session, user, and the two kinds of permissions; the earliest and latest dates of the filter
    # are not asked for; the count; the rows with what they count.
    with django_assert_num_queries(6):
        at_work.open("argumentmap_changelist")


@pytest.mark.django_db(transaction=True)
def test_the_page_takes_the_same_queries_however_much_is_on_the_map(
    desk: Desks, analyst: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    at_work = desk(analyst)
    for size in (3, 60):
        argument_map = a_tree(analyst, size)
        at_work.open("argumentmap_change", argument_map.pk)
        # Session, user, the map, two kinds of permissions, the role; members; the map as it stands;
        # statements by kind, inferences, sources, excerpts, threads; the two of a view whose frame
        # is kept, and the schemes; the pages of the statements and inferences that are drawn, and
        # of the statements and sources that have problems, which are known; the snapshots.
        with django_assert_num_queries(21):
            at_work.open("argumentmap_change", argument_map.pk)
