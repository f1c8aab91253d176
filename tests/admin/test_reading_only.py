"""What those see in the admin who read and do not write, and those who come too late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User

from argmap import actions
from argmap.core.kinds import CommentKind, Role, Visibility
from argmap.models import ArgumentMap

Desks = Callable[[User], Any]


def test_lists_of_words_read_as_such(
    desk: Desks, viewer: User, by_analyst: dict[str, Any], a_map: ArgumentMap
) -> None:
    actions.edit_statement(**by_analyst, key="C1", tags=["ice", "winter"])
    html = desk(viewer).open("claim_change", a_map.statements.get(key="C1").pk).text
    assert "ice, winter" in html
    assert "[" not in html.partition("ice")[0][-20:]
    source = desk(viewer).open("source_change", a_map.sources.get(key="S1").pk).text
    assert "A. Pilot" in source
    assert "[&quot;A. Pilot" not in source


def test_open_comments_lead_to_their_threads(
    desk: Desks, analyst: User, by_reviewer: dict[str, Any], a_map: ArgumentMap
) -> None:
    thread = actions.add_comment(
        **by_reviewer, about="C1", kind=CommentKind.QUESTION, body="Which *winter*? <b>"
    )
    html = desk(analyst).open("claim_change", a_map.statements.get(key="C1").pk).text
    assert f'<a href="/maps/harbour/comments/{thread.pk}/">Which winter? &lt;b&gt;</a>' in html


def test_what_was_typed_too_late_comes_back_without_the_machinery_of_its_form(
    desk: Desks, analyst: User, by_analyst: dict[str, Any], a_map: ArgumentMap
) -> None:
    number = a_map.statements.get(key="C1").pk
    actions.delete_statement(**by_analyst, key="C1")
    typed = {
        "text": "Kept.",
        "excerpts-TOTAL_FORMS": "1",
        "excerpts-0-id": "7",
        "excerpts-0-quotation": "Ice.",
        "excerpts-__prefix__-kind": "evidence",
    }
    answer = desk(analyst).client.post(f"/admin/argmap/claim/{number}/change/", typed)
    assert set(answer.context["typed"]) == {"text", "excerpts-0-quotation"}


def test_who_hands_over_a_private_map_is_told_and_led_to_the_list(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap, by_analyst: dict[str, Any]
) -> None:
    actions.edit_map(**by_analyst, visibility=Visibility.PRIVATE)
    page = f"/admin/argmap/argumentmap/{a_map.pk}/transfer/"
    client = desk(analyst).client
    assert "reads a private map no more" in client.get(page).text
    answer = client.post(page, {"owner": editor.username}, follow=True)
    assert answer.redirect_chain == [("/admin/argmap/argumentmap/", 302)]
    assert "owns this map now." in answer.text
    assert a_map.memberships.get(user=editor).role == Role.OWNER
