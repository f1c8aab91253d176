"""An archived map is read and not written, whoever asks and by whatever action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from argmap import access, actions
from argmap.core.kinds import CommentState, Role, Visibility
from argmap.models import ArgumentMap, Change, Comment

WRITES: dict[str, Callable[[dict[str, Any]], object]] = {
    "statement": lambda on_it: actions.add_statement(**on_it, kind="claim", text="New."),
    "edit": lambda on_it: actions.edit_statement(**on_it, key="C1", note="New."),
    "delete": lambda on_it: actions.delete_statement(**on_it, key="C1"),
    "inference": lambda on_it: actions.edit_inference(**on_it, key="I1", warrant="New."),
    "source": lambda on_it: actions.edit_source(**on_it, key="S1", note="New."),
    "text": lambda on_it: actions.attach_text(
        **on_it, key="S1", data=b"Ice.", media_type="text/plain"
    ),
    "excerpt": lambda on_it: actions.delete_excerpt(**on_it, key="X1"),
    "map": lambda on_it: actions.edit_map(**on_it, title="New"),
    "visibility": lambda on_it: actions.edit_map(**on_it, visibility=Visibility.PUBLIC),
    "snapshot": lambda on_it: actions.take_snapshot(**on_it, name="New"),
}


@pytest.fixture
def archived(a_map: ArgumentMap, analyst: User) -> ArgumentMap:
    actions.archive_map(actor=analyst, argument_map=a_map)
    return a_map


@pytest.mark.parametrize("write", WRITES)
def test_nobody_writes_not_even_the_owner_an_administrator_or_a_command(
    archived: ArgumentMap, analyst: User, editor: User, admin: User, write: str
) -> None:
    logged = Change.objects.count()
    for actor in (analyst, editor, admin, None):
        with pytest.raises(access.Archived, match="archived: it can be read"):
            WRITES[write]({"actor": actor, "argument_map": archived})
    assert Change.objects.count() == logged


def test_nobody_comments_or_takes_back(a_map: ArgumentMap, analyst: User, reviewer: User) -> None:
    thread = actions.add_comment(actor=reviewer, argument_map=a_map, body="Why?")
    actions.archive_map(actor=analyst, argument_map=a_map)

    with pytest.raises(access.Archived):
        actions.add_comment(actor=reviewer, argument_map=a_map, body="And?")
    with pytest.raises(access.Archived):
        actions.delete_comment(actor=analyst, argument_map=a_map, comment=thread.pk)
    with pytest.raises(access.Archived):
        actions.settle_thread(
            actor=reviewer, argument_map=a_map, comment=thread.pk, state=CommentState.RESOLVED
        )
    with pytest.raises(access.Archived):
        actions.undo(actor=analyst, argument_map=a_map)
    assert Comment.objects.get().state == CommentState.OPEN


def test_only_the_owner_archives_and_takes_back_in_use(
    a_map: ArgumentMap, analyst: User, editor: User, reviewer: User
) -> None:
    for actor in (editor, reviewer):
        with pytest.raises(PermissionDenied):
            actions.archive_map(actor=actor, argument_map=a_map)
    actions.archive_map(actor=analyst, argument_map=a_map)
    with pytest.raises(PermissionDenied):
        actions.unarchive_map(actor=editor, argument_map=a_map)
    actions.unarchive_map(actor=analyst, argument_map=a_map)

    a_map.refresh_from_db()
    assert a_map.archived_at is None
    actions.add_statement(actor=editor, argument_map=a_map, kind="claim", text="Written again.")


def test_the_log_tells_of_it_once_and_the_version_stays(a_map: ArgumentMap, analyst: User) -> None:
    version, activity = a_map.version, a_map.activity
    for act in (
        actions.archive_map,
        actions.archive_map,
        actions.unarchive_map,
        actions.unarchive_map,
    ):
        act(actor=analyst, argument_map=a_map)

    assert (a_map.version, a_map.activity) == (version, activity + 2)
    told = Change.objects.filter(map=a_map, verb="archive").order_by("activity")
    items = [(item.before, item.after) for change in told for item in change.items.all()]
    assert items == [
        ({"archived": False}, {"archived": True}),
        ({"archived": True}, {"archived": False}),
    ]


def test_who_belongs_to_it_and_whether_it_is_there_stay_the_owners(
    archived: ArgumentMap, analyst: User, editor: User, outsider: User
) -> None:
    actions.set_member(
        actor=analyst, argument_map=archived, user=outsider, role=Role.REVIEWER.value
    )
    assert access.role_in(outsider, archived) is Role.REVIEWER
    assert not access.may(outsider, archived, Role.REVIEWER)
    actions.remove_member(actor=analyst, argument_map=archived, user=editor)
    actions.set_member(actor=analyst, argument_map=archived, user=outsider, role=Role.OWNER.value)
    with pytest.raises(PermissionDenied):
        actions.delete_map(actor=analyst, argument_map=archived)
    actions.delete_map(actor=outsider, argument_map=archived)
    assert not ArgumentMap.objects.exists()


def test_maps_to_write_on_leave_it_out(
    archived: ArgumentMap, analyst: User, editor: User, admin: User
) -> None:
    for person in (analyst, editor, admin):
        assert list(access.readable_maps(person)) == [archived]
        assert not access.maps_for(person, Role.REVIEWER).exists()
        assert not access.maps_for(person, Role.EDITOR).exists()
    assert list(access.maps_for(analyst, Role.OWNER)) == [archived]
    assert access.find_map(analyst, archived.slug)[1] is Role.VIEWER
    with pytest.raises(access.Archived):
        access.find_map(analyst, archived.slug, Role.EDITOR)
