"""ETags, 304 and 412."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from argmap import actions
from argmap.core.kinds import Role, Visibility
from argmap.models import ArgumentMap, Comment, CriticalQuestion, Scheme
from tests.api.conftest import As

HERE = "/api/v1/maps/harbour/"
ON_MAP = [
    "",
    "statements/",
    "statements/E1/",
    "inferences/",
    "inferences/I1/",
    "sources/",
    "sources/S1/",
    "excerpts/",
    "excerpts/X1/",
    "comments/",
    "members/",
    "graph/",
    "problems/",
    "export/json/",
    "export/dot/",
]
ELSEWHERE = [
    "",
    "maps/",
    "schemes/",
    "tokens/",
    "inbox/",
    "inbox/stale/",
    "mentions/",
    "digest/",
    "formats/argmap-1.schema.json",
    "schema/",
]
OF_REVIEW = ["questions/", "answers/", "ratings/", "disagreements/", "review/", "reviews/"]
READS = [f"{HERE}{path}" for path in (*ON_MAP, *OF_REVIEW)] + [
    f"/api/v1/{path}" for path in ELSEWHERE
]


@pytest.mark.parametrize("address", READS)
def test_every_read_has_a_strong_tag_and_honours_it(
    as_: As, viewer: User, a_map: ArgumentMap, address: str
) -> None:
    client = as_(viewer)
    first = client.get(address)
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie", "Accept"} <= set(first.headers["Vary"].split(", "))
    again = client.get(address, HTTP_IF_NONE_MATCH=f'"other", {tag}')
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == tag
    assert again.headers["Cache-Control"] == "private, no-cache"
    assert client.get(address, HTTP_IF_NONE_MATCH='"other"').content == first.content


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        # The session, its user, the map.
        ("statements/", 3),
        ("comments/", 3),
        ("graph/", 3),
        ("export/json/", 3),
        ("", 3),
        # And the element, which has the state.
        ("statements/E1/", 4),
        # And the names of schemes, which the drawing shows.
        ("export/svg/", 4),
    ],
)
def test_not_modified_costs_a_look_at_the_map(
    as_: As, viewer: User, a_map: ArgumentMap, path: str, queries: int
) -> None:
    client = as_(viewer)
    tag = client.get(HERE + path).headers["ETag"]
    with CaptureQueriesContext(connection) as captured:
        assert client.get(HERE + path, HTTP_IF_NONE_MATCH=tag).status_code == 304
    assert len(captured) == queries, [query["sql"] for query in captured]


def _tags(client: As, user: User) -> dict[str, str]:
    return {path: client(user).get(HERE + path).headers["ETag"] for path in ON_MAP}


def test_a_tag_goes_stale_with_what_it_stands_for(
    as_: As, analyst: User, viewer: User, a_map: ArgumentMap
) -> None:
    before = _tags(as_, viewer)
    actions.edit_statement(actor=analyst, argument_map=a_map, key="E1", title="Ice")
    after = _tags(as_, viewer)
    kept = {path for path in ON_MAP if before[path] == after[path]}
    assert kept == {"inferences/I1/", "sources/S1/", "excerpts/X1/"}


def test_a_comment_leaves_the_graph_as_it_was(
    as_: As, reviewer: User, viewer: User, a_map: ArgumentMap
) -> None:
    before = _tags(as_, viewer)
    actions.add_comment(actor=reviewer, argument_map=a_map, about="E1", body="Sure?")
    after = _tags(as_, viewer)
    stale = {path for path in ON_MAP if before[path] != after[path]}
    assert stale == {"", "comments/", "members/"}


def test_tags_tell_queries_and_roles_apart(
    as_: As, analyst: User, viewer: User, a_map: ArgumentMap
) -> None:
    address = f"{HERE}statements/"
    tags = {
        as_(viewer).get(address).headers["ETag"],
        as_(viewer).get(f"{address}?kind=claim").headers["ETag"],
        as_(analyst).get(address).headers["ETag"],
    }
    assert len(tags) == 3


def test_what_no_map_counts_makes_a_tag_stale(
    as_: As, reviewer: User, analyst: User, a_map: ArgumentMap
) -> None:
    question = Scheme.objects.get(slug="sign").questions.create(order=1, text="Is it a sign?")
    answer = actions.answer_question(
        actor=reviewer,
        argument_map=a_map,
        inference="I1",
        question=question.pk,
        says="satisfied",
    )
    client = as_(reviewer)
    paths = ["answers/", f"answers/{answer.pk}/", "members/", "people/"]
    tags = {path: client.get(HERE + path).headers["ETag"] for path in paths}

    def still_known() -> list[str]:
        asked = {path: client.get(HERE + path, HTTP_IF_NONE_MATCH=tags[path]) for path in paths}
        return [path for path, told in asked.items() if told.status_code == 304]

    assert still_known() == paths
    CriticalQuestion.objects.filter(pk=question.pk).update(text="Is it one?")
    assert still_known() == ["members/", "people/"]
    User.objects.filter(pk=analyst.pk).update(username="renamed")
    assert still_known() == []


def test_a_map_made_anew_under_the_slug_has_other_tags(
    as_: As, analyst: User, a_map: ArgumentMap
) -> None:
    client = as_(analyst)
    tag = client.get(f"{HERE}statements/").headers["ETag"]
    graph_version = a_map.version
    actions.delete_map(actor=analyst, argument_map=a_map)
    made = actions.create_map(actor=analyst, title="Another", slug="harbour")
    ArgumentMap.objects.filter(pk=made.pk).update(version=graph_version)
    assert client.get(f"{HERE}statements/", HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_a_role_taken_away_makes_tags_useless(
    as_: As, analyst: User, viewer: User, a_map: ArgumentMap
) -> None:
    client = as_(viewer)
    tag = client.get(f"{HERE}statements/").headers["ETag"]
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=Visibility.PRIVATE)
    assert client.get(f"{HERE}statements/", HTTP_IF_NONE_MATCH=tag).status_code == 404


@pytest.fixture
def comment(reviewer: User, a_map: ArgumentMap) -> Comment:
    return actions.add_comment(actor=reviewer, argument_map=a_map, about="E1", body="Sure?")


def test_a_stale_write_changes_nothing(
    as_: As, reviewer: User, a_map: ArgumentMap, comment: Comment
) -> None:
    client = as_(reviewer)
    address = f"{HERE}comments/{comment.pk}/"
    tag = client.get(address).headers["ETag"]
    assert client.patch(address, {"body": "Really?"}, HTTP_IF_MATCH=tag).status_code == 200
    activity = ArgumentMap.objects.get(pk=a_map.pk).activity
    for write in (
        client.patch(address, {"body": "Oh?", "state": "resolved"}, HTTP_IF_MATCH=tag),
        client.delete(address, HTTP_IF_MATCH=tag),
        client.delete(address, HTTP_IF_MATCH="nonsense"),
    ):
        assert write.status_code == 412
        assert write.headers["Content-Type"] == "application/problem+json"
    assert Comment.objects.get(pk=comment.pk).body == "Really?"
    assert ArgumentMap.objects.get(pk=a_map.pk).activity == activity


def test_the_answer_to_a_write_has_the_tag_for_the_next(
    as_: As, reviewer: User, comment: Comment
) -> None:
    client = as_(reviewer)
    address = f"{HERE}comments/{comment.pk}/"
    tag = client.patch(address, {"body": "Really?"}).headers["ETag"]
    assert client.get(address).headers["ETag"] == tag
    assert client.delete(address, HTTP_IF_MATCH=tag).status_code == 204


def test_what_others_say_elsewhere_makes_no_write_stale(
    as_: As, analyst: User, reviewer: User, a_map: ArgumentMap, comment: Comment
) -> None:
    client = as_(reviewer)
    address = f"{HERE}comments/{comment.pk}/"
    tag = client.get(address).headers["ETag"]
    actions.add_comment(actor=analyst, argument_map=a_map, body="By the way.")
    assert client.patch(address, {"body": "Oh?"}, HTTP_IF_MATCH=tag).status_code == 200


def test_a_new_comment_can_hang_on_the_list_being_as_it_was(
    as_: As, analyst: User, reviewer: User, a_map: ArgumentMap
) -> None:
    client = as_(reviewer)
    address = f"{HERE}comments/"
    tag = client.get(address).headers["ETag"]
    actions.set_member(actor=analyst, argument_map=a_map, user=reviewer, role=Role.REVIEWER)
    assert client.post(address, {"body": "First!"}, HTTP_IF_MATCH=tag).status_code == 201
    assert client.post(address, {"body": "First!"}, HTTP_IF_MATCH=tag).status_code == 412
    assert client.post(address, {"body": "Second."}, HTTP_IF_MATCH="*").status_code == 201
    assert Comment.objects.count() == 2
