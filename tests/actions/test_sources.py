from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap import actions
from argmap.models import ArgumentMap, Change, Excerpt

LOG = """The harbour master's log

Winter

The first ice came on a Sunday. Nobody had looked for it.

On forty days no ship came in. The pilots waited.
"""


def attach(a_map: ArgumentMap, analyst: User, text: str, key: str = "S1") -> actions.Attached:
    return actions.attach_text(
        actor=analyst,
        argument_map=a_map,
        key=key,
        data=text.encode(),
        media_type="text/plain",
    )


def x1(a_map: ArgumentMap) -> Excerpt:
    return Excerpt.objects.get(map=a_map, key="X1")


def test_a_detached_excerpt_is_found_in_its_document(a_map: ArgumentMap, analyst: User) -> None:
    attached = attach(a_map, analyst, LOG)

    excerpt = x1(a_map)
    assert [found.key for found in attached.found] == ["X1"]
    assert excerpt.exact == LOG[excerpt.start : excerpt.end] == "On forty days no ship came in."
    assert excerpt.statement.changed_in == a_map.version
    change = Change.objects.filter(map=a_map).latest("activity")
    assert set(change.items.values_list("key", flat=True)) == {"S1", "X1"}


def test_one_that_stands_elsewhere_is_moved_and_its_place_corrected(
    a_map: ArgumentMap, analyst: User
) -> None:
    attached = attach(a_map, analyst, LOG.replace("Winter\n", "Winter\n\nA new paragraph came.\n"))

    assert [moved.key for moved in attached.moved] == ["X1"]
    locator = x1(a_map).locator
    assert locator
    assert locator["paragraph"] == 3


def test_look_alike_text_is_not_taken(a_map: ArgumentMap, analyst: User) -> None:
    attached = attach(a_map, analyst, LOG.replace("forty days", "fourty days"))

    assert [orphan.key for orphan in attached.orphaned] == ["X1"]
    assert x1(a_map).exact is None


def test_a_file_that_is_not_the_expected_one_is_said_not_refused(
    a_map: ArgumentMap, analyst: User
) -> None:
    expected = sha256(LOG.encode()).hexdigest()
    actions.edit_source(actor=analyst, argument_map=a_map, key="S1", sha256=expected)

    assert attach(a_map, analyst, LOG).expected_hash
    other = attach(a_map, analyst, LOG + "\nLater.\n")
    assert not other.expected_hash
    assert other.source.sha256 == expected


def test_what_is_no_text_is_refused_whole(a_map: ArgumentMap, analyst: User) -> None:
    activity = a_map.activity

    with pytest.raises(ValidationError, match="byte 3"):
        actions.attach_text(
            actor=analyst,
            argument_map=a_map,
            key="S1",
            data=b"ab\xff\xfe",
            media_type="text/plain",
        )

    a_map.refresh_from_db()
    assert a_map.activity == activity


def test_a_source_that_is_quoted_cannot_be_deleted(a_map: ArgumentMap, analyst: User) -> None:
    with pytest.raises(ValidationError, match="X1"):
        actions.delete_source(actor=analyst, argument_map=a_map, key="S1")

    actions.delete_excerpt(actor=analyst, argument_map=a_map, key="X1")
    actions.delete_source(actor=analyst, argument_map=a_map, key="S1")
    assert not a_map.sources.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"published": "2017-13"}, "published"),
        ({"published": "February"}, "published"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"authors": "A. Pilot"}, "authors"),
        ({"authors": [""]}, "authors"),
        ({"reliability": "G"}, "reliability"),
        ({"sha256": "abc"}, "sha256"),
        ({"title": ""}, "title"),
    ],
)
def test_bad_fields_are_named(
    a_map: ArgumentMap, analyst: User, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        actions.edit_source(actor=analyst, argument_map=a_map, key="S1", **fields)

    assert list(caught.value.message_dict) == [field]


def test_an_excerpt_of_an_attached_source_must_occur_in_it(
    a_map: ArgumentMap, analyst: User
) -> None:
    attach(a_map, analyst, LOG)
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}

    made = actions.add_excerpt(
        **on_it, statement="E2", source="S1", quotation="The pilots  waited."
    )
    with pytest.raises(ValidationError, match="does not hold"):
        actions.add_excerpt(**on_it, statement="E2", source="S1", quotation="The pilots slept.")

    assert made.exact == "The pilots waited."
    assert made.locator == {
        "section": "Winter",
        "paragraph": 2,
        "sentence": 2,
        "last_sentence": None,
        "length": 18,
    }


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"quotation": "Words."}, "locator"),
        ({"locator": {"section": "A", "paragraph": 1, "sentence": 1}}, "quotation"),
        ({"quotation": "Words.", "locator": {"section": "A"}}, "locator"),
        (
            {"quotation": "Words.", "locator": {"section": "A", "paragraph": 0, "sentence": 1}},
            "locator",
        ),
        (
            {"quotation": "Words.", "locator": {"section": 3, "paragraph": 1, "sentence": 1}},
            "locator",
        ),
    ],
)
def test_a_detached_excerpt_needs_a_place_and_a_hash(
    a_map: ArgumentMap, analyst: User, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        actions.add_excerpt(
            actor=analyst, argument_map=a_map, statement="E2", source="S1", **fields
        )

    assert list(caught.value.message_dict) == [field]
