from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from argmap import actions
from argmap.core.kinds import CommentState, Verb, Visibility
from argmap.models import ArgumentMap, Change, Comment, Statement
from argmap.review import earlier_bodies, mentions_of, people_to_call, threads_of


def say(a_map: ArgumentMap, actor: User, body: str = "Why?", **fields: Any) -> Comment:
    return actions.add_comment(actor=actor, argument_map=a_map, body=body, **fields)


def test_a_comment_is_activity_and_remembers_the_version_seen(
    a_map: ArgumentMap, reviewer: User
) -> None:
    version, activity = a_map.version, a_map.activity

    comment = say(a_map, reviewer, about="I1", kind="challenge", flag="overstated")

    assert (a_map.version, a_map.activity) == (version, activity + 1)
    assert (comment.about, comment.version_seen) == ("I1", version)
    assert Change.objects.filter(map=a_map).latest("activity").verb == Verb.COMMENT


def test_a_reply_is_about_what_its_thread_is_about(
    a_map: ArgumentMap, reviewer: User, analyst: User
) -> None:
    first = say(a_map, reviewer, about="X1")
    second = say(a_map, analyst, "Because.", parent=first.pk)
    third = say(a_map, reviewer, "I see.", parent=second.pk)

    assert {second.parent_id, third.parent_id} == {first.pk}
    assert third.about == "X1"


def test_a_target_that_vanished_while_typing_leaves_the_comment_on_the_map(
    a_map: ArgumentMap, reviewer: User, analyst: User
) -> None:
    actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")

    comment = say(a_map, reviewer, about="K1")

    assert (comment.about, comment.lost_target) == ("", "K1")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"body": "  "}, "body"),
        ({"body": "x" * 100_000}, "body"),
        ({"about": "C99"}, "about"),
        ({"about": "nonsense"}, "about"),
        ({"about": "S1"}, "about"),
        ({"kind": "insult"}, "kind"),
        ({"flag": "boring"}, "flag"),
        ({"version_seen": 10_000}, "version_seen"),
        ({"version_seen": -1}, "version_seen"),
    ],
)
def test_bad_fields_are_named(
    a_map: ArgumentMap, reviewer: User, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        say(a_map, reviewer, **{"body": "Why?", **fields})

    assert list(caught.value.message_dict) == [field]
    assert not Comment.objects.exists()


def test_viewers_and_outsiders_may_not_comment(
    a_map: ArgumentMap, viewer: User, outsider: User
) -> None:
    for person in (viewer, outsider):
        with pytest.raises(PermissionDenied):
            say(a_map, person)


def test_a_thread_is_settled_and_opened_again_from_any_of_its_comments(
    a_map: ArgumentMap, reviewer: User, analyst: User
) -> None:
    first = say(a_map, reviewer)
    reply = say(a_map, analyst, "So.", parent=first.pk)

    for comment, state in ((reply, CommentState.RESOLVED), (first, CommentState.OPEN)):
        actions.settle_thread(actor=analyst, argument_map=a_map, comment=comment.pk, state=state)
        first.refresh_from_db()
        assert first.state == state


def test_only_its_author_rewords_a_comment(
    a_map: ArgumentMap, reviewer: User, analyst: User
) -> None:
    comment = say(a_map, reviewer)
    with pytest.raises(PermissionDenied):
        actions.edit_comment(actor=analyst, argument_map=a_map, comment=comment.pk, body="Ha.")

    edited = actions.edit_comment(
        actor=reviewer, argument_map=a_map, comment=comment.pk, body="Why so?"
    )

    assert (edited.body, edited.edited_at is None) == ("Why so?", False)


def test_a_deleted_comment_leaves_a_trace_that_its_replies_hang_on(
    a_map: ArgumentMap, reviewer: User, editor: User
) -> None:
    comment = say(a_map, reviewer, "My address is 1 Quay Street.")
    reply = say(a_map, editor, "Not here, please.", parent=comment.pk)
    with pytest.raises(PermissionDenied):
        actions.delete_comment(actor=editor, argument_map=a_map, comment=comment.pk)

    left = actions.delete_comment(actor=reviewer, argument_map=a_map, comment=comment.pk)

    assert (left.body, left.deleted_by_name, left.state) == ("", "reviewer", "resolved")
    assert earlier_bodies(left) == []
    reply.refresh_from_db()
    assert reply.parent_id == left.pk
    with pytest.raises(actions.Gone):
        actions.edit_comment(actor=reviewer, argument_map=a_map, comment=left.pk, body="No.")


def test_a_thread_that_begins_with_a_trace_is_opened_again_and_resolved(
    a_map: ArgumentMap, reviewer: User, analyst: User
) -> None:
    first = say(a_map, reviewer)
    answer = say(a_map, analyst, "Because.", parent=first.pk)
    actions.delete_comment(actor=reviewer, argument_map=a_map, comment=first.pk)

    for state in (CommentState.OPEN, CommentState.RESOLVED):
        settled = actions.settle_thread(
            actor=analyst, argument_map=a_map, comment=answer.pk, state=state
        )
        assert (settled.pk, settled.state, settled.is_deleted) == (first.pk, state, True)


def test_nobody_answers_a_thread_of_which_nothing_is_left(
    a_map: ArgumentMap, reviewer: User, analyst: User
) -> None:
    comment = say(a_map, reviewer)
    actions.delete_comment(actor=analyst, argument_map=a_map, comment=comment.pk)

    with pytest.raises(actions.Gone):
        say(a_map, analyst, "So.", parent=comment.pk)
    assert list(threads_of(a_map)) == []


def test_the_same_form_sent_twice_makes_one_comment_and_one_change(
    a_map: ArgumentMap, reviewer: User, analyst: User
) -> None:
    first, twice = (say(a_map, reviewer, nonce="a1") for _ in range(2))
    others = say(a_map, analyst, nonce="a1")

    assert first == twice != others
    assert Change.objects.filter(map=a_map, verb=Verb.COMMENT).count() == 2
    with pytest.raises(ValidationError):
        say(a_map, reviewer, nonce="x" * 65)


def test_what_a_comment_said_before_is_in_the_log(a_map: ArgumentMap, reviewer: User) -> None:
    comment = say(a_map, reviewer, "Wy?")
    for body in ("Why?", "Why so?"):
        comment = actions.edit_comment(
            actor=reviewer, argument_map=a_map, comment=comment.pk, body=body
        )
    actions.settle_thread(
        actor=reviewer, argument_map=a_map, comment=comment.pk, state=CommentState.RESOLVED
    )

    assert [each.body for each in earlier_bodies(comment)] == ["Wy?", "Why?"]


def called(comment: Comment) -> set[str]:
    return set(comment.mentions.values_list("user__username", flat=True))


def test_a_comment_calls_those_who_may_read_the_map(
    a_map: ArgumentMap, reviewer: User, outsider: User, admin: User
) -> None:
    comment = say(
        a_map, reviewer, "@analyst, @outsider, @admin, @reviewer, @nobody: look at `@editor`."
    )

    assert called(comment) == {"analyst"}
    edited = actions.edit_comment(
        actor=reviewer, argument_map=a_map, comment=comment.pk, body="No, @viewer."
    )
    assert called(edited) == {"viewer"}
    actions.delete_comment(actor=reviewer, argument_map=a_map, comment=comment.pk)
    assert called(comment) == set()


def test_what_calls_someone_is_news_until_read_and_as_long_as_they_may_read_it(
    a_map: ArgumentMap, reviewer: User, viewer: User, analyst: User
) -> None:
    comment = say(a_map, reviewer, "@viewer, is that so?", about="C1")
    assert [each.comment for each in mentions_of(viewer).filter(read_at=None)] == [comment]

    assert actions.read_mentions(user=viewer, comments=[comment.pk]) == 1
    assert actions.read_mentions(user=viewer, comments=[comment.pk]) == 0
    assert not mentions_of(viewer).filter(read_at=None).exists()

    actions.remove_member(actor=analyst, argument_map=a_map, user=viewer)
    assert not mentions_of(viewer).exists()


def test_who_has_read_a_comment_is_called_once_by_it_however_it_is_reworded(
    a_map: ArgumentMap, reviewer: User, viewer: User
) -> None:
    comment = say(a_map, reviewer, "@viewer, is that so?")
    actions.read_mentions(user=viewer, comments=[comment.pk])
    for body in ("Is that so?", "Is that so, @viewer?"):
        actions.edit_comment(actor=reviewer, argument_map=a_map, comment=comment.pk, body=body)

    assert called(comment) == {"viewer"}
    assert not mentions_of(viewer).filter(read_at=None).exists()


def test_who_is_offered_depends_on_who_may_read_the_map(
    a_map: ArgumentMap, analyst: User, outsider: User
) -> None:
    def offered(starts: str = "") -> list[str]:
        return [user.username for user in people_to_call(a_map, starts)]

    assert offered() == ["analyst", "editor", "reviewer", "viewer"]
    assert offered("V") == ["viewer"]
    assert offered("%") == []
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=Visibility.PRIVATE)
    assert offered() == ["analyst"]
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=Visibility.PUBLIC)
    Comment.objects.create(map=a_map, author=outsider, author_name="outsider", body="Hm.")
    assert "outsider" in offered()


def test_comments_of_another_map_cannot_be_reached(
    a_map: ArgumentMap, analyst: User, reviewer: User
) -> None:
    other = actions.create_map(actor=analyst, title="Another")
    comment = say(a_map, reviewer)

    with pytest.raises(actions.Gone):
        actions.delete_comment(actor=analyst, argument_map=other, comment=comment.pk)
    with pytest.raises(actions.Gone):
        say(other, analyst, parent=comment.pk)


def test_the_database_itself_refuses_two_targets(a_map: ArgumentMap, reviewer: User) -> None:
    comment = say(a_map, reviewer, about="I1")
    statement = Statement.objects.get(map=a_map, key="C1")

    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(statement=statement)
