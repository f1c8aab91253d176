from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries, Settings

from argmap import actions
from argmap.core.kinds import CommentState, Kind, Marking, Stance
from argmap.models import ArgumentMap, Scheme
from tests.cast import a_tree
from tests.web.conftest import ClientOf

ADDRESS = "/maps/harbour/"


def test_each_box_and_line_of_the_drawing_is_a_link(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    page = client_of("viewer").get(ADDRESS).text
    linked = re.findall(r'<a id="[ni]-\w+"[^>]* href="/maps/harbour/elements/(\w+)/"', page)
    assert sorted(linked) == ["C1", "E1", "E2", "I1", "I2", "K1"]


def test_the_head_says_what_the_map_is_about(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.edit_map(
        actor=analyst, argument_map=a_map, marking=Marking.AMBER, summary="Ice, and its price."
    )
    page = client_of("viewer").get(ADDRESS).text
    for text in (a_map.title, a_map.issue, "TLP:AMBER", "Ice, and its price."):
        assert text in page
    assert "/api/v1/maps/harbour/export/json/" in page


def test_a_selected_element_is_shown_beside_the_drawing(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    page = client_of("viewer").get(f"{ADDRESS}?select=E1").text
    assert 'data-selected="E1"' in page
    assert '<article class="element" data-key="E1">' in page


def test_a_focus_draws_what_lies_around_it(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    far = "E1"
    for number in range(3, 6):
        actions.add_statement(actor=analyst, argument_map=a_map, kind=Kind.EVIDENCE, text="More.")
        actions.add_inference(
            actor=analyst,
            argument_map=a_map,
            stance=Stance.SUPPORT,
            premises=[f"E{number}"],
            conclusion=far,
        )
        far = f"E{number}"
    page = client_of("viewer").get(f"{ADDRESS}?focus=C1&depth=1").text
    assert 'id="n-E1"' in page
    assert 'id="n-E5"' not in page
    assert '<b aria-current="true">C1</b>' in page
    assert 'id="n-E5"' in client_of("viewer").get(f"{ADDRESS}?focus=C1&depth=6").text


@pytest.mark.parametrize(
    "query",
    ["depth=x", "depth=-1", "boxes=9e9", "dir=up", "boxes=²", "fold=,", "colour=taste", "at=C1"],
)
def test_a_query_that_makes_no_sense_is_passed_over(
    query: str, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    assert 'id="n-C1"' in client_of("viewer").get(f"{ADDRESS}?{query}").text


def test_the_address_says_where_the_drawing_grows(a_map: ArgumentMap, client_of: ClientOf) -> None:
    for way, axis, other in (("LR", 0, "TB"), ("TB", 1, "LR")):
        page = client_of("viewer").get(f"{ADDRESS}?focus=C1&dir={way}").text
        assert _place(page, "C1")[axis] < _place(page, "E1")[axis]
        turned = "" if other == "LR" else "&amp;dir=TB"
        assert f'href="{ADDRESS}?focus=C1{turned}"' in page


def _place(page: str, key: str) -> tuple[float, float]:
    found = re.search(rf'id="n-{key}".*?translate\((\S+) (\S+)\)', page, re.DOTALL)
    assert found
    return float(found[1]), float(found[2])


def test_a_trail_leads_from_the_root_to_the_focus(a_map: ArgumentMap, client_of: ClientOf) -> None:
    page = client_of("viewer").get(f"{ADDRESS}?focus=E2&dir=TB&select=E2").text
    assert _way(page, "The whole map") == f"{ADDRESS}?dir=TB&select=E2"
    assert _way(page, "C1") == f"{ADDRESS}?focus=C1&dir=TB&select=E2"
    assert _way(page, "I1") == f"{ADDRESS}?focus=I1&dir=TB&select=E2"


def test_a_page_that_is_open_gets_only_what_another_view_changes(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    parts = client_of("viewer").get(f"{ADDRESS}?focus=C1&depth=1", headers={"HX-Request": "true"})
    assert re.findall(r'id="(\w+)"\s[^>]*hx-swap-oob', parts.text) == [
        "view",
        "canvas",
        "tones",
        "downloads",
    ]
    assert 'id="n-C1"' in parts.text
    assert "<html" not in parts.text


def test_a_folded_branch_becomes_a_stub(a_map: ArgumentMap, client_of: ClientOf) -> None:
    page = client_of("viewer").get(f"{ADDRESS}?fold=C1&dir=LR").text
    assert re.findall(r'id="([nis]-\w+)"', page) == ["n-C1", "s-C1"]
    assert ">+ 2 evidence, 1 counterargument<" in page
    assert "Folded: <b>C1</b>." in page
    assert _way(page, "Unfold all") == ADDRESS


def test_what_a_box_hides_opens_by_a_link_at_its_foot(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    assert _opens(client.get(f"{ADDRESS}?fold=C1&dir=TB").text) == [
        ("C1", f"{ADDRESS}?dir=TB", "Open below C1: 2 evidence, 1 counterargument")
    ]
    top = client.get(f"{ADDRESS}?boxes=1&colour=status").text
    assert "1 of 4 statements" in top
    [(_, opened, _)] = _opens(top)
    assert opened == f"{ADDRESS}?boxes=1&open=C1&colour=status"
    page = client.get(opened).text
    assert sorted(re.findall(r'id="n-(\w+)"', page)) == ["C1", "E1", "E2", "K1"]
    assert not _opens(page)
    assert "Opened: <b>C1</b>." in page
    assert _way(page, "Fold again") == f"{ADDRESS}?boxes=1&colour=status"
    again = client.get(f"{ADDRESS}?boxes=1&fold=C1&open=C1").text
    assert [address for _, address, _ in _opens(again)] == [f"{ADDRESS}?boxes=1&open=C1"]


def test_what_an_address_selects_is_shown(a_map: ArgumentMap, client_of: ClientOf) -> None:
    page = client_of("viewer").get(f"{ADDRESS}?boxes=1&select=K1").text
    assert sorted(re.findall(r'id="n-(\w+)"', page)) == ["C1", "E1", "E2", "K1"]
    assert 'data-query="?boxes=1&amp;open=I1,I2"' in page
    assert 'data-selected="K1"' in page
    folded = client_of("viewer").get(f"{ADDRESS}?fold=C1&select=E1").text
    assert 'data-query="?fold=C1&amp;open=I1"' in folded
    assert sorted(re.findall(r'id="n-(\w+)"', folded)) == ["C1", "E1", "E2"]


def test_a_large_map_opens_with_its_top_levels(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    listed = "\n".join(f"+ Ship {n} waited.\n  + Its log says {n}." for n in range(1, 81))
    actions.paste_branch(actor=analyst, argument_map=a_map, about="C1", text=listed)
    actions.add_statement(actor=analyst, argument_map=a_map, kind="claim", text="Fog is worse.")
    page = client_of("viewer").get(ADDRESS).text
    assert "60 of 165 statements: a part of the top" in page
    assert _way(page, "Draw all 165") == f"{ADDRESS}?boxes=1000"


def test_what_stands_alone_and_has_no_room_is_told(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    for text in ("Fog is worse.", "Ice is better."):
        actions.add_statement(actor=analyst, argument_map=a_map, kind="claim", text=text)
    page = client_of("viewer").get(f"{ADDRESS}?boxes=4").text
    assert _way(page, "2 stand apart") == f"{ADDRESS}outline/?all=1"
    assert "apart" not in client_of("viewer").get(f"{ADDRESS}?focus=C1&boxes=4").text


def test_a_stub_counts_the_open_questions_below_it(
    a_map: ArgumentMap, analyst: User, reviewer: User, client_of: ClientOf
) -> None:
    on_it: dict[str, Any] = {"actor": reviewer, "argument_map": a_map, "body": "Why?"}
    asked = [actions.add_comment(**on_it, about=key, kind="question") for key in ("E1", "K1", "X1")]
    actions.add_comment(**on_it, about="E2")
    actions.add_comment(**on_it, about="C1", kind="question")
    actions.add_comment(**on_it, parent=asked[0].pk)
    actions.settle_thread(
        actor=reviewer, argument_map=a_map, comment=asked[1].pk, state=CommentState.RESOLVED
    )
    page = client_of("viewer").get(f"{ADDRESS}?fold=C1").text
    hidden = "2 evidence, 1 counterargument, 2 open questions"
    assert f"in winter. 1 open question. Hidden below: {hidden}.<" in page


def test_the_panel_folds_and_unfolds_by_links(a_map: ArgumentMap, client_of: ClientOf) -> None:
    client = client_of("viewer")
    whole = client.get(f"{ADDRESS}?focus=C1&select=C1").text
    fold = _way(whole, "Fold what bears on it")
    assert fold == f"{ADDRESS}?focus=C1&fold=C1&select=C1"
    stub = client.get(fold).text
    assert 'id="n-E1"' not in stub
    assert _way(stub, "Unfold what bears on it") == f"{ADDRESS}?focus=C1&select=C1"
    assert "Fold what bears on it" not in client.get(f"{ADDRESS}?select=K1").text


def test_the_view_lasts_from_box_to_panel_and_back(a_map: ArgumentMap, client_of: ClientOf) -> None:
    client = client_of("viewer")
    view = "?fold=E1,E2&dir=TB"
    element = f"{ADDRESS}elements/E1/?fold=E1,E2&amp;dir=TB"
    assert f'href="{element}"' in client.get(f"{ADDRESS}{view}").text
    panel = client.get(unescape(element)).text
    assert f'href="{ADDRESS}elements/C1/?fold=E1,E2&amp;dir=TB"' in panel
    assert _way(panel, "Unfold what bears on it") == f"{ADDRESS}?fold=E2&dir=TB&select=E1"
    around = _way(panel, "Draw what lies around it")
    assert around == f"{ADDRESS}?focus=E1&fold=E2&dir=TB&select=E1"


@pytest.mark.parametrize(
    "query",
    [
        "focus=C9",
        "fold=C9",
        "fold=C1,C9",
        "fold=I1",
        "open=C9",
        "open=C1,I9",
        "open=%00",
        "fold=%3Cb%3E",
    ],
)
def test_a_view_of_what_is_not_there_is_not_found(
    query: str, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    for page in ("", "graph.svg"):
        assert client_of("viewer").get(f"{ADDRESS}{page}?{query}").status_code == 404


def test_an_address_that_chooses_what_was_deleted_still_shows_the_map(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")
    page = client_of("viewer").get(f"{ADDRESS}?select=K1")
    assert page.status_code == 200
    assert "K1 is not on the map any more." in page.text
    assert client_of("viewer").get(f"{ADDRESS}?select=K9").status_code == 404


@pytest.mark.parametrize("page", ["", "outline/"])
@pytest.mark.parametrize(
    ("query", "left", "said"),
    [
        ("dir=TB&focus=K1", "?dir=TB", "K1 was deleted: this is the map without."),
        ("fold=K1,C1", "?fold=C1", "K1 was deleted: this is the map without."),
        ("open=K1,C1,I2", "?open=C1", "K1, I2 were deleted: this is the map without."),
        ("focus=I2&fold=K1", "", "I2, K1 were deleted: this is the map without."),
    ],
)
def test_a_view_that_was_sent_leads_on_where_something_in_it_was_deleted(
    page: str,
    query: str,
    left: str,
    said: str,
    a_map: ArgumentMap,
    analyst: User,
    client_of: ClientOf,
) -> None:
    actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")
    client = client_of("viewer")
    answer = client.get(f"{ADDRESS}{page}?{query}")
    assert answer.headers["Location"] == f"{ADDRESS}{page}{left}"
    assert said in client.get(answer.headers["Location"]).text
    assert client.get(f"{ADDRESS}{page}?{query},C9").status_code == 404


def test_a_page_that_is_open_is_led_on_as_well(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")
    client = client_of("viewer")
    answer = client.get(f"{ADDRESS}?focus=E1&open=K1&fold=E2", headers={"HX-Request": "true"})
    assert answer.headers["Location"] == f"{ADDRESS}?focus=E1&fold=E2"
    assert "was deleted" not in client.get(ADDRESS).text


def test_a_page_that_is_open_keeps_as_much_as_it_showed(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf, settings: Settings
) -> None:
    settings.ARGMAP_MAX_BOXES = 4
    client, part = client_of("viewer"), {"HX-Request": "true"}
    assert 'data-extent="whole"' in client.get(ADDRESS).text
    actions.add_reason(
        actor=analyst, argument_map=a_map, about="E1", stance="support", kind="claim", text="So."
    )
    followed = client.get(f"{ADDRESS}?extent=whole", headers=part).text
    assert 'data-query="?boxes=1000"' in followed
    assert len(re.findall(r'id="n-', followed)) == 5
    assert 'data-query=""' in client.get(f"{ADDRESS}?extent=x", headers=part).text
    shown = client.get(f"{ADDRESS}?boxes=1&select=C2&show=1", headers=part).text
    assert 'data-query="?boxes=1&amp;open=I1,I3"' in shown


@pytest.mark.parametrize("page", ["", "outline/"])
@pytest.mark.parametrize(
    "query", ["focus=%00", "focus=C1%00", "fold=%00,C1", "focus=c1", "fold=C01"]
)
def test_what_is_no_key_is_not_looked_for(
    page: str, query: str, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    assert client_of("viewer").get(f"{ADDRESS}{page}?{query}").status_code == 404


def test_boxes_are_coloured_by_what_is_asked(a_map: ArgumentMap, client_of: ClientOf) -> None:
    page = client_of("viewer").get(f"{ADDRESS}?colour=source&zoom=90&at=C1,0,0").text
    assert 'class="node evidence draft tone-blue"' in page
    assert "S1 The harbour master" in page
    assert f'href="{ADDRESS}elements/E1/?colour=source"' in page
    assert re.search(r'<option value="source"\s+selected>', page)
    assert "?zoom=" not in page
    assert ";zoom=" not in page
    assert "tone-" not in client_of("viewer").get(f"{ADDRESS}?colour=taste").text


def test_downloads_are_of_the_view_on_the_screen(a_map: ArgumentMap, client_of: ClientOf) -> None:
    view = "?focus=C1&depth=1&fold=E1&dir=TB&colour=status"
    for headers in ({}, {"HX-Request": "true"}):
        page = client_of("viewer").get(f"{ADDRESS}{view}&select=E1&zoom=90", headers=headers).text
        for name in ("svg", "png", "pdf", "dot"):
            assert f'href="{ADDRESS}graph.{name}{escape(view)}" download' in page


@pytest.mark.parametrize("page", ["", "outline/", "elements/C1/", "find/"])
def test_drawing_and_outline_lead_to_the_same_view(
    page: str, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    view = "?focus=C1&depth=1&fold=E1&dir=TB&colour=status"
    for headers in ({}, {"HX-Request": "true"}) if not page else ({},):
        text = client_of("viewer").get(f"{ADDRESS}{page}{view}", headers=headers).text
        assert _way(text, "Drawing") == f"{ADDRESS}{view}"
        assert _way(text, "Outline") == f"{ADDRESS}outline/{view}"


def test_another_colouring_keeps_the_rest_of_the_view(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    page = client_of("viewer").get(f"{ADDRESS}?focus=C1&dir=TB&colour=status&select=E1").text
    form = page[page.index("data-colour") : page.index("</select>")]
    kept = re.findall(r'type="hidden"\s+name="(\w+)"\s+value="(\w+)"', form)
    assert kept == [("focus", "C1"), ("dir", "TB"), ("select", "E1")]


def _opens(page: str) -> list[tuple[str, str, str]]:
    """Return the key, the address and the name of each link that opens what a box hides."""
    link = r'<a id="s-\w+" class="opens" data-key="(\w+)" data-view="" href="([^"]*)" aria-label="([^"]*)">'
    return [(key, unescape(address), name) for key, address, name in re.findall(link, page)]


def _way(page: str, words: str) -> str:
    """Return where the link with these words leads."""
    found = re.search(rf'href="([^"]*)"[^>]*>{words}<', page)
    assert found
    return unescape(found[1])


def test_a_large_map_is_drawn_in_part(a_map: ArgumentMap, client_of: ClientOf) -> None:
    page = client_of("viewer").get(f"{ADDRESS}?boxes=1").text
    assert "1 of 4 statements" in page
    assert 'id="n-E1"' not in page


@pytest.mark.usefixtures("no_drawing")
def test_without_a_drawing_the_outline_stands_in_its_place(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    response = client_of("viewer").get(ADDRESS)
    assert response.status_code == 200
    assert "There is no drawing: Graphviz is not installed." in response.text
    assert 'id="o-K1"' in response.text


def test_an_empty_map_says_so(analyst: User, client_of: ClientOf) -> None:
    actions.create_map(actor=analyst, title="Nothing yet", slug="nothing")
    page = client_of("analyst").get("/maps/nothing/").text
    assert "There is nothing on this map yet." in page


def test_texts_do_not_run(a_map: ArgumentMap, analyst: User, client_of: ClientOf) -> None:
    hostile = "</text></svg><script>alert(1)</script>"
    actions.edit_statement(
        actor=analyst, argument_map=a_map, key="C1", text=hostile, title=hostile, note=hostile
    )
    actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", warrant=hostile)
    actions.edit_map(actor=analyst, argument_map=a_map, summary=hostile, issue=hostile)
    client = client_of("viewer")
    for address in (f"{ADDRESS}?select=C1", f"{ADDRESS}outline/", f"{ADDRESS}elements/I1/"):
        assert "<script>alert" not in client.get(address).text


def test_pages_run_no_script_or_style_of_their_own(a_map: ArgumentMap, client_of: ClientOf) -> None:
    response = client_of("analyst").get(f"{ADDRESS}?select=C1")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", response.text)
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_no_error_takes_the_place_of_the_page(
    a_map: ArgumentMap, client_of: ClientOf, settings: Settings
) -> None:
    settings.DEBUG = True
    scripts = re.findall(r'<script[^>]*src="([^"]*)"', client_of("viewer").get(ADDRESS).text)
    assert [script for script in scripts if "/htmx-" in script]
    assert not [script for script in scripts if "/django-htmx" in script]


def test_comments_on_the_map_and_on_what_is_gone_are_shown(
    a_map: ArgumentMap, analyst: User, reviewer: User, client_of: ClientOf
) -> None:
    actions.add_comment(actor=reviewer, argument_map=a_map, body="Well made.")
    actions.add_comment(actor=reviewer, argument_map=a_map, about="K1", body="Off the point.")
    actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")
    page = client_of("viewer").get(ADDRESS).text
    assert "Well made." in page
    assert "Off the point." in page
    assert "on K1, which was deleted" in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [5, 200])
def test_the_number_of_queries_is_that_of_any_map(
    size: int,
    analyst: User,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = a_tree(analyst, size)
    client = client_of("analyst")
    address = made.get_absolute_url()
    # session, user, map and role; what can be undone; schemes; statements, inferences with premises;
    # statements with excerpts, version; open threads; while Graphviz works unanswered questions,
    # comments on the map, the standing review
    with django_assert_num_queries(13):
        client.get(address)
    # session, user, map and role; schemes; what can be undone; comments on the map; the standing
    # review
    with django_assert_num_queries(7):
        client.get(address)
    # the same, and what the map is read for, but its frame; of another part
    with django_assert_num_queries(11):
        client.get(f"{address}?focus=C2")
    actions.add_comment(actor=analyst, argument_map=made, body="So?", about="C1")
    # the same: a mark is new, no word
    with django_assert_num_queries(11):
        client.get(address)


@pytest.mark.django_db(transaction=True)
def test_a_page_shows_each_change_at_once(
    a_map: ArgumentMap, analyst: User, reviewer: User, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}

    def page() -> str:
        return client.get(ADDRESS).text

    assert "The harbour should close in winter." in page()
    actions.edit_statement(**on_it, key="C1", text="It should stay open.")
    assert "It should stay open." in page()
    actions.edit_map(**on_it, title="The harbour should stay")
    assert '<title id="drawing-title">The harbour should stay</title>' in page()
    actions.add_comment(actor=reviewer, argument_map=a_map, about="C1", body="Why?")
    assert "It should stay open. 1 open comment." in page()
    Scheme.objects.filter(slug="sign").update(name="Argument from ice")
    assert "argument from ice" in page().lower()
    actions.delete_statement(**on_it, key="K1")
    assert 'id="n-K1"' not in page()


@pytest.mark.django_db(transaction=True)
def test_no_upgrade_serves_what_was_drawn_before(
    a_map: ArgumentMap, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of("viewer")
    client.get(ADDRESS)
    monkeypatch.setattr("argmap.render._code", lambda: "a later version")
    monkeypatch.setattr("argmap.render.draw", lambda *_, **__: "<svg>drawn anew</svg>")
    assert "drawn anew" in client.get(ADDRESS).text
