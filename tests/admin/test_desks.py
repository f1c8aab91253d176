"""Each address of the admin for each kind of person: what they get, and that nothing leaks.

The cast: the analyst owns the map; a reviewer and a librarian have a desk, by their groups, and a
role on the map; the outsider is an analyst too, and no member; the administrator is a superuser.
The outsider's own map is foreign to all the others but the administrator.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.contrib import admin as stock
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from argmap import actions
from argmap.core.kinds import Role
from argmap.models import ArgumentMap, Change, Comment, Scheme
from tests.cast import person

PEOPLE = ("analyst", "reviewer", "librarian", "outsider", "admin", "anonymous")

Statuses = tuple[int, int, int, int, int, int]

ALL: Statuses = (200, 200, 200, 200, 200, 302)
WRITERS: Statuses = (200, 403, 403, 200, 200, 302)
CLERKS: Statuses = (200, 403, 200, 200, 200, 302)
TALKERS: Statuses = (200, 200, 403, 200, 200, 302)
NOBODY: Statuses = (403, 403, 403, 403, 403, 302)
ADMIN: Statuses = (403, 403, 403, 403, 200, 302)
NOT_THERE: Statuses = (404, 404, 404, 404, 404, 302)
# Someone who may not read the map is sent to the start page, as for a number that never was.
READ: Statuses = (200, 200, 200, 302, 200, 302)
WRITE: Statuses = (200, 403, 403, 302, 200, 302)
CLERK: Statuses = (200, 403, 200, 302, 200, 302)
MOVED: Statuses = (302, 302, 302, 302, 302, 302)
# Pages of our own answer 404 for it.
FOUND: Statuses = (200, 200, 200, 404, 200, 302)
FOUND_WRITE: Statuses = (200, 403, 403, 404, 200, 302)


def rows(name: str, add: Statuses, delete: Statuses) -> dict[str, Statuses]:
    """Return the answers of the pages that the stock admin has for a table of maps."""
    return {
        f"argmap_{name}_changelist": ALL,
        f"argmap_{name}_add": add,
        f"argmap_{name}_history": READ,
        f"argmap_{name}_delete": delete,
        f"argmap_{name}_change": READ,
    }


NO_GET: Statuses = (405, 405, 405, 405, 405, 302)
# Back to the page before, where nothing was chosen or sent.
SENT_BACK: Statuses = (302, 403, 403, 302, 302, 302)

STATEMENTS = ("claim", "evidence", "counterargument")
EXPECTED: dict[str, Statuses] = {
    "index": ALL,
    "seen": NO_GET,
    "login": MOVED,
    "password_change": ALL,
    "password_change_done": ALL,
    "autocomplete": NOBODY,
    "jsi18n": ALL,
    "app_list": ALL,
    **rows("argumentmap", add=WRITERS, delete=WRITE),
    **{
        name: status
        for table in (*STATEMENTS, "inference")
        for name, status in rows(table, add=WRITERS, delete=WRITE).items()
    },
    **rows("source", add=CLERKS, delete=CLERK),
    **rows("excerpt", add=CLERKS, delete=CLERK),
    # The thread is the reviewer's; the owner, and a superuser, may delete it too.
    **rows("comment", add=TALKERS, delete=(200, 200, 403, 302, 200, 302)),
    **rows("change", add=NOBODY, delete=NOBODY),
    **rows("scheme", add=NOBODY, delete=NOBODY),
    "argmap_scheme_change": ALL,
    "argmap_scheme_history": ALL,
    "argmap_argumentmap_elements": FOUND,
    "argmap_argumentmap_duplicate": FOUND_WRITE,
    "argmap_argumentmap_snapshot": FOUND_WRITE,
    "argmap_argumentmap_transfer": FOUND_WRITE,
    "argmap_argumentmap_archive": FOUND_WRITE,
    "argmap_argumentmap_unarchive": FOUND_WRITE,
    "argmap_argumentmap_snapshot_file": FOUND,
    "argmap_argumentmap_export": FOUND,
    "argmap_argumentmap_export_file": FOUND,
    "argmap_argumentmap_import": WRITERS,
    "argmap_argumentmap_import_preview": SENT_BACK,
    "argmap_argumentmap_table": FOUND_WRITE,
    "argmap_argumentmap_table_preview": (302, 403, 403, 404, 302, 302),
    **{
        f"argmap_{kind}_{page}": NO_GET
        for kind in (*STATEMENTS, "inference")
        for page in ("neighbourhood", "neighbourhood_of_new")
    },
    "argmap_source_merge": MOVED,
    **{f"argmap_{kind}_bulk": SENT_BACK for kind in STATEMENTS},
    **{f"argmap_{kind}_undo": NOT_THERE for kind in STATEMENTS},
    **{
        f"auth_{table}_{page}": ADMIN
        for table in ("user", "group")
        for page in ("changelist", "add", "history", "delete", "change")
    },
    "auth_user_password_change": ADMIN,
}
"""What each of PEOPLE gets, who ask for the rows of the analyst's map."""

SENT_ONLY = {"logout"}
"""An address that is only sent to."""


def _named() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    waiting = [*stock.site.urls[0]]
    while waiting:
        each = waiting.pop()
        if hasattr(each, "url_patterns"):
            waiting += each.url_patterns
        elif each.name:
            found[each.name] = tuple(re.findall(r"<(?:\w+:)?(\w+)>", str(each.pattern)))
    return found


def test_no_address_is_missing() -> None:
    assert set(EXPECTED) | SENT_ONLY == set(_named())


@dataclass(frozen=True)
class World:
    """The cast at their desks, and the rows of the analyst's map and of the outsider's."""

    clients: Mapping[str, Client]
    own: Mapping[str, tuple[Any, ...]]
    foreign: Mapping[str, tuple[Any, ...]]
    words: Mapping[str, tuple[str, ...]]

    def foreign_to(self, name: str) -> Mapping[str, tuple[Any, ...]]:
        """Return the rows of the map that someone may not read."""
        return self.own if name == "outsider" else self.foreign

    def leaks(self, name: str, answer: Any) -> list[str]:
        """Return the words of the map that someone may not read that an answer holds."""
        shown = answer.getvalue().decode(errors="replace")
        return [word for word in self.words[name] if word in shown]


def numbers_of(argument_map: ArgumentMap, actor: User) -> dict[str, tuple[Any, ...]]:
    """Return what the addresses of a map's rows are made with, by the names of addresses."""
    snapshot = actions.take_snapshot(
        actor=actor, argument_map=argument_map, name=f"{argument_map.title}, kept"
    )
    pks = {
        "argumentmap": argument_map.pk,
        "inference": argument_map.inferences.earliest("pk").pk,
        "source": argument_map.sources.get().pk,
        "excerpt": argument_map.excerpts.get().pk,
        "comment": Comment.objects.get(map=argument_map).pk,
        "change": Change.objects.filter(map=argument_map).latest("activity").pk,
        "scheme": Scheme.objects.earliest("pk").pk,
        "user": actor.pk,
        "group": Group.objects.earliest("pk").pk,
        **{
            kind: argument_map.statements.filter(kind=kind).earliest("pk").pk for kind in STATEMENTS
        },
    }
    made: dict[str, tuple[Any, ...]] = {}
    for name, parts in _named().items():
        table = name.split("_")[1] if "_" in name else ""
        given = (pks.get(table),) if parts else ()
        made[name] = ("argmap",) if name == "app_list" else given
    batch = UUID(int=argument_map.pk)
    return (
        made
        | {f"argmap_{kind}_bulk": ("status",) for kind in STATEMENTS}
        | {f"argmap_{kind}_undo": (batch,) for kind in STATEMENTS}
        | {
            "argmap_argumentmap_snapshot_file": (argument_map.pk, snapshot.pk),
            "argmap_argumentmap_export_file": (argument_map.pk, "csv"),
            "argmap_argumentmap_table_preview": (argument_map.pk, 1),
        }
    )


@pytest.fixture
def world(
    a_map: ArgumentMap,
    hidden_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    outsider: User,
    admin: User,
) -> World:
    librarian = person("librarian", is_staff=True)
    reviewer.is_staff = True
    reviewer.save()
    librarian.groups.add(Group.objects.get(name="Librarians"))
    reviewer.groups.add(Group.objects.get(name="Reviewers"))
    actions.set_member(actor=analyst, argument_map=a_map, user=librarian, role=Role.EDITOR.value)
    actions.add_comment(actor=reviewer, argument_map=a_map, about="C1", body="Why in winter?")
    people = (analyst, reviewer, librarian, outsider, admin)
    clients = {name: Client() for name in PEOPLE}
    for name, each in zip(PEOPLE, people, strict=False):
        clients[name].force_login(each)
    theirs = ("Covert", "covert")
    return World(
        clients,
        numbers_of(a_map, analyst),
        numbers_of(hidden_map, outsider),
        {
            **dict.fromkeys(PEOPLE, theirs),
            "outsider": ("harbour", "Should the", "winter", "blocked", "Pilot"),
            "admin": (),
        },
    )


@pytest.mark.parametrize("name", EXPECTED)
def test_everyone_gets_what_the_table_says(world: World, name: str) -> None:
    address = reverse(f"admin:{name}", args=world.own[name])
    got = []
    for each in PEOPLE:
        answer = world.clients[each].get(address)
        got.append(answer.status_code)
        assert not world.leaks(each, answer)
    assert tuple(got) == EXPECTED[name]


OUTSIDE = ("analyst", "reviewer", "librarian", "outsider")
"""Those to whom one of the two maps is foreign."""

ON_MAPS = [
    name
    for name in EXPECTED
    if name.startswith("argmap_")
    and not name.startswith("argmap_scheme")
    and not name.endswith(("_changelist", "_add", "_bulk", "_undo", "_merge"))
]


@pytest.mark.parametrize("name", ON_MAPS)
def test_a_row_of_a_foreign_map_answers_as_one_that_never_was(world: World, name: str) -> None:
    for who in OUTSIDE:
        foreign = world.foreign_to(who)[name]
        for send in (world.clients[who].get, world.clients[who].post):
            answers = []
            for args in (foreign, tuple(999_999 for _ in foreign)):
                answer = send(reverse(f"admin:{name}", args=args), follow=True)
                assert not world.leaks(who, answer)
                answers.append((answer.status_code, answer.redirect_chain))
            assert answers[0] == answers[1]


LISTS = [name for name in EXPECTED if name.startswith("argmap_") and name.endswith("_changelist")]
ASKED = (
    "?q={word}",
    "?archived=all&_facets=True",
    "?map={map}",
    "?map__id__exact={map}",
    "?map__title__contains={word}",
    "?map__slug__contains={word}",
    "?all=",
)


@pytest.mark.parametrize("name", LISTS)
def test_lists_filters_searches_and_counts_tell_nothing_of_a_foreign_map(
    world: World, name: str
) -> None:
    for who in OUTSIDE:
        number = world.foreign_to(who)["argmap_argumentmap_change"][0]
        for query in ASKED:
            # A part of a word: what was asked for stands in the box again.
            asked = query.format(map=number, word=world.words[who][0][1:])
            answer = world.clients[who].get(reverse(f"admin:{name}") + asked, follow=True)
            assert not world.leaks(who, answer), asked


@pytest.mark.parametrize("name", LISTS)
def test_nothing_is_done_with_chosen_rows_of_a_foreign_map(world: World, name: str) -> None:
    logged = Change.objects.count()
    address = reverse(f"admin:{name}")
    for who in OUTSIDE:
        foreign = world.foreign_to(who)[name.replace("_changelist", "_change")]
        form = world.clients[who].get(address).context.get("action_form")
        for action, _ in form.fields["action"].choices if form else ():
            data = {"action": action, "_selected_action": foreign, "post": "yes"}
            answer = world.clients[who].post(address, data, follow=True)
            assert not world.leaks(who, answer), action
    assert Change.objects.count() == logged


@pytest.mark.parametrize("table", [*STATEMENTS, "inference", "source", "excerpt", "comment"])
def test_the_stock_autocomplete_tells_nothing_of_a_foreign_map(world: World, table: str) -> None:
    for who in OUTSIDE:
        for field in ("map", "statement", "source", "inference", "conclusion_statement", "scheme"):
            query = {"app_label": "argmap", "model_name": table, "field_name": field, "term": ""}
            answer = world.clients[who].get(reverse("admin:autocomplete"), query)
            assert not world.leaks(who, answer)


def test_ones_own_changes_go_with_the_map(world: World, a_map: ArgumentMap, admin: User) -> None:
    """Whoever may no longer read a map sees nothing of it, their own changes included."""
    for who in OUTSIDE:
        member = User.objects.get(username=who)
        give = {"actor": None, "argument_map": a_map, "role": Role.OWNER.value}
        actions.set_member(**give, user=member)  # type: ignore[arg-type]
        actions.edit_map(actor=member, argument_map=a_map, summary=f"By {who}.")
        actions.set_member(**give, user=admin)  # type: ignore[arg-type]
        actions.remove_member(actor=None, argument_map=a_map, user=member)
        for name in ("index", "argmap_change_changelist"):
            page = world.clients[who].get(reverse(f"admin:{name}"))
            assert "harbour" not in page.content.decode()
