"""The start page: what waits for whoever signs in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.admin import start
from argmap.core.kinds import CommentState, Role, Visibility
from argmap.models import ArgumentMap, Change, Look, Membership
from tests.admin.forms import form_in

Desks = Callable[[User], Any]
INDEX = "/admin/"


@pytest.fixture
def start_of(desk: Desks) -> Callable[[User], Any]:
    """Open the start page as someone, and return what it shows."""
    return lambda person: desk(person).client.get(INDEX)


def see(client: Any, page: Any, wanted: str) -> None:
    """Press the button of a map, or of all, on the start page as it was shown."""
    client.post(reverse("admin:seen"), {**form_in(page.content.decode()), "map": wanted})


def shared(owner: User, other: User, title: str) -> ArgumentMap:
    """Make a map that another edits too."""
    made = actions.create_map(actor=owner, title=title, visibility=Visibility.MEMBERS)
    actions.set_member(actor=owner, argument_map=made, user=other, role=Role.EDITOR)
    return made


def test_an_empty_desk_says_what_to_do(start_of: Any, outsider: User) -> None:
    html = start_of(outsider).content.decode()
    assert "You belong to no map that is in use." in html
    assert reverse("admin:argmap_argumentmap_add") in html
    assert "Nothing: you have seen all that others changed" in html


def test_my_maps_come_with_role_and_counts_and_archived_ones_do_not(
    start_of: Any, analyst: User, editor: User, viewer: User, a_map: ArgumentMap
) -> None:
    actions.add_comment(actor=analyst, argument_map=a_map, body="Why?")
    for person, role in ((analyst, "owner"), (editor, "editor"), (viewer, "viewer")):
        (mine,) = start_of(person).context["maps"]
        assert (mine.role, mine.statements_count, mine.comments_count) == (role, 4, 1)
    actions.archive_map(actor=analyst, argument_map=a_map)
    assert start_of(analyst).context["maps"] == []


def test_a_public_map_of_others_is_not_mine(
    start_of: Any, outsider: User, admin: User, analyst: User, a_map: ArgumentMap
) -> None:
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=Visibility.PUBLIC)
    for person in (outsider, admin):
        context = start_of(person).context
        assert (context["maps"], context["news"], context["sources"]) == ([], [], [])


def told(page: Any) -> dict[str, list[tuple[str, str]]]:
    """Return who did what on each map, as the start page tells it."""
    return {
        each.map.slug: [(change.actor_name, change.verb) for change in each.changes]
        for each in page.context["news"]
    }


def test_what_others_changed_is_told_until_it_is_seen(
    start_of: Any, desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    assert told(start_of(analyst)) == {}
    actions.edit_statement(actor=editor, argument_map=a_map, key="C1", note="Hm.")
    actions.add_comment(actor=editor, argument_map=a_map, body="Why?", about="E1")
    page = start_of(analyst)
    assert told(page) == {"harbour": [("editor", "comment"), ("editor", "edit")]}
    assert "commented on E1" in page.content.decode()
    logged = Change.objects.count()
    # Written while the page was read: it stays news.
    actions.edit_statement(actor=editor, argument_map=a_map, key="E1", note="Ah.")
    see(desk(analyst).client, page, str(a_map.pk))
    assert told(start_of(analyst)) == {"harbour": [("editor", "edit")]}
    assert Change.objects.count() == logged + 1


def test_the_button_of_one_map_leaves_the_others_and_that_of_all_none(
    start_of: Any, desk: Desks, analyst: User, editor: User
) -> None:
    maps = [shared(analyst, editor, title) for title in ("One", "Two", "Three")]
    for each in maps:
        actions.edit_map(actor=editor, argument_map=each, summary="Changed.")
    page = start_of(analyst)
    assert list(told(page)) == ["three", "two", "one"]
    see(desk(analyst).client, page, str(maps[1].pk))
    page = start_of(analyst)
    assert list(told(page)) == ["three", "one"]
    see(desk(analyst).client, page, "all")
    assert told(start_of(analyst)) == {}


def test_news_are_bounded_and_say_how_much_more_there_is(
    start_of: Any, analyst: User, editor: User
) -> None:
    one = shared(analyst, editor, "One")
    for number in range(start.NEWS + 2):
        actions.edit_map(actor=editor, argument_map=one, summary=f"{number}")
    (news,) = start_of(analyst).context["news"]
    assert (len(news.changes), news.more) == (start.NEWS, 2)
    for number in range(start.NEWS_MAPS):
        other = shared(analyst, editor, f"Other {number}")
        actions.edit_map(actor=editor, argument_map=other, summary="Changed.")
    page = start_of(analyst)
    assert (len(page.context["news"]), page.context["more_news"]) == (start.NEWS_MAPS, True)
    assert "Others changed more maps" in page.content.decode()


@pytest.mark.parametrize("typed", [{}, {"map": "all"}, {"map": "x"}, {"map": "9" * 30}])
def test_seen_takes_no_nonsense_amiss(
    desk: Desks, analyst: User, a_map: ArgumentMap, typed: dict[str, str]
) -> None:
    forged = {"activity-": "1", "activity-x": "1", f"activity-{'9' * 30}": "1", **typed}
    answer = desk(analyst).client.post(reverse("admin:seen"), forged)
    assert (answer.status_code, answer.headers["Location"]) == (302, INDEX)
    assert not Look.objects.exists()
    assert desk(analyst).client.get(reverse("admin:seen")).status_code == 405


def test_what_is_seen_of_a_foreign_map_is_not_noted(
    desk: Desks, analyst: User, hidden_map: ArgumentMap
) -> None:
    typed = {"map": "all", f"activity-{hidden_map.pk}": "1"}
    desk(analyst).client.post(reverse("admin:seen"), typed)
    assert not Look.objects.exists()


def test_challenges_are_the_owners_and_those_on_ones_own_statements(
    start_of: Any, analyst: User, editor: User, reviewer: User, a_map: ArgumentMap
) -> None:
    actions.add_statement(actor=editor, argument_map=a_map, kind="claim", text="Tugs are dear.")
    asked = {
        about: actions.add_comment(
            actor=reviewer, argument_map=a_map, body=f"On {about}?", about=about, kind=kind
        )
        for about, kind in (("C1", "challenge"), ("C2", "question"), ("", "challenge"))
    }
    actions.add_comment(actor=reviewer, argument_map=a_map, body="Fine.", about="C2")
    actions.add_comment(
        actor=analyst, argument_map=a_map, body="Mine?", about="C2", kind="question"
    )

    def bodies(person: User) -> list[str]:
        return [each.body for each in start_of(person).context["challenges"]]

    assert bodies(analyst) == ["On ?", "On C2?", "On C1?"]
    assert bodies(editor) == ["Mine?", "On C2?"]
    actions.settle_thread(
        actor=analyst,
        argument_map=a_map,
        comment=asked["C2"].pk,
        state=CommentState.RESOLVED,
    )
    assert bodies(editor) == ["Mine?"]
    Membership.objects.filter(map=a_map, user=editor).delete()
    assert bodies(editor) == []


def test_a_challenge_that_was_deleted_asks_nobody(
    start_of: Any, analyst: User, reviewer: User, a_map: ArgumentMap
) -> None:
    on_it: dict[str, Any] = {"argument_map": a_map}
    thread = actions.add_comment(**on_it, actor=reviewer, body="Sure?", kind="challenge")
    actions.add_comment(**on_it, actor=analyst, body="Yes.", parent=thread.pk)
    actions.delete_comment(**on_it, actor=reviewer, comment=thread.pk)
    state = CommentState.OPEN
    actions.settle_thread(**on_it, actor=analyst, comment=thread.pk, state=state)
    assert start_of(analyst).context["challenges"] == []


def test_sources_await_a_grade_from_those_who_edit(
    start_of: Any, desk: Desks, analyst: User, editor: User, viewer: User, a_map: ArgumentMap
) -> None:
    for person, keys in ((analyst, ["S1"]), (editor, ["S1"]), (viewer, [])):
        assert [each.key for each in start_of(person).context["sources"]] == keys
    for number in range(start.LINES):
        actions.add_source(actor=analyst, argument_map=a_map, title=f"Log {number}")
    assert start_of(analyst).context["more_sources"]
    listed = desk(analyst).open("source_changelist", query="?reliability__exact=")
    assert listed.context["cl"].result_count == start.LINES + 1
    actions.edit_source(actor=analyst, argument_map=a_map, key="S1", reliability="F")
    assert "S1" not in [each.key for each in start_of(analyst).context["sources"]]


def test_problems_come_by_weight_with_the_pages_of_their_elements(
    start_of: Any, analyst: User, a_map: ArgumentMap
) -> None:
    actions.add_statement(actor=analyst, argument_map=a_map, kind="claim", text="Alone.")
    page = start_of(analyst)
    groups = {group.weight: group for group in page.context["problems"]}
    assert list(groups) == ["warning", "hint"]
    (alone,) = groups["warning"].lines
    claim = a_map.statements.get(key="C2")
    assert alone[1].key == "C2"
    assert alone[2] == reverse("admin:argmap_claim_change", args=[claim.pk])
    assert "Warning: 1" in page.content.decode()
    source = reverse("admin:argmap_source_change", args=[a_map.sources.get().pk])
    assert source in [page for _, _, page in groups["hint"].lines]


@pytest.mark.django_db(transaction=True)
def test_problems_are_looked_for_once_a_version_and_on_a_few_maps_a_request(
    start_of: Any, analyst: User
) -> None:
    maps = [actions.create_map(actor=analyst, title=f"Map {number}") for number in range(6)]
    for each in maps:
        actions.add_statement(actor=analyst, argument_map=each, kind="claim", text="Alone.")
    page = start_of(analyst)
    assert [each.title for each in page.context["not_looked_through"]] == ["Map 1", "Map 0"]
    assert page.context["problems"][0].number == 4
    page = start_of(analyst)
    assert page.context["not_looked_through"] == []
    assert page.context["problems"][0].number == 6
    cache.clear()
    assert len(start_of(analyst).context["not_looked_through"]) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [1, 9])
def test_it_takes_the_same_queries_for_many_maps(
    desk: Desks,
    analyst: User,
    editor: User,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for title in range(number):
        on_it = shared(analyst, editor, f"Map {title}")
        actions.add_statement(actor=editor, argument_map=on_it, kind="claim", text="Alone.")
        actions.add_source(actor=editor, argument_map=on_it, title="Log")
        actions.add_comment(
            actor=editor, argument_map=on_it, body="Why?", kind="question", about="C1"
        )
    at_work = desk(analyst).client
    for _ in range(3):
        at_work.get(INDEX)
    # Session, user, and the two kinds of permissions; my maps; the maps with news, their changes,
    # and what these touched; challenges; sources; the pages of the statements and of the sources
    # with problems; my own changes, and what these touched.
    with django_assert_num_queries(14):
        at_work.get(INDEX)
