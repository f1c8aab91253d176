"""Acts on many statements, from the list by a page that shows them to what is done, and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from argmap import actions
from argmap.admin.bulk.choice import MOST
from argmap.core.kinds import Marking, Visibility
from argmap.models import ArgumentMap, Change, Statement
from tests.admin.conftest import Desk
from tests.cast import a_tree

Desks = Callable[[User], Desk]
LABELS = [
    "Set status…",
    "Add or remove tags…",
    "Change kind…",
    "Move to another map…",
    "Merge duplicates…",
    "Delete…",
]


def number(a_map: ArgumentMap, key: str) -> int:
    return a_map.statements.get(key=key).pk


def choose(at: Desk, act: str, *numbers: int, kind: str = "evidence", **more: Any) -> Any:
    """Return the page that an act in the list leads to."""
    data = {"action": act, "_selected_action": [*numbers], **more}
    return at.client.post(reverse(f"admin:argmap_{kind}_changelist"), data, follow=True)


def send(at: Desk, page: Any, button: str, **typed: Any) -> Any:
    """Press one of the buttons of an act's page."""
    html = page.content.decode()
    found = re.findall(r'type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', html)
    hidden = {name: unescape(value) for name, value in found}
    address = re.search(r'action="([^"]*)"\s+id="bulk_form"', html)
    assert address
    return at.client.post(address[1], {**hidden, **typed, button: "1"}, follow=True)


def undo(at: Desk, page: Any) -> Any:
    """Press the button beside the message that says what was done."""
    form = re.search(r'action="([^"]*)"\s+class="undo".*?</form>', page.content.decode(), re.DOTALL)
    assert form
    back = re.search(r'name="back"\s+value="([^"]*)"', form[0])
    assert back
    return at.client.post(form[1], {"back": unescape(back[1])}, follow=True)


def told(page: Any) -> list[str]:
    return [re.sub(r"\s+", " ", str(message)).strip() for message in page.context["messages"]]


def batches() -> set[Any]:
    return {*Change.objects.exclude(batch=None).values_list("batch", flat=True)}


@pytest.fixture
def other_map(analyst: User) -> ArgumentMap:
    return actions.create_map(actor=analyst, title="The port")


def test_the_lists_offer_the_acts_in_the_place_of_the_stock_deletion(
    desk: Desks, analyst: User, reviewer: User, a_map: ArgumentMap
) -> None:
    for kind in ("claim", "evidence", "counterargument"):
        html = desk(analyst).open(f"{kind}_changelist").content.decode()
        assert [label for label in LABELS if label in html] == LABELS
        assert "delete_selected" not in html
    reviewer.is_staff = True
    reviewer.save()
    may_view = Group.objects.get(name="Analysts").permissions.get(codename="view_evidence")
    reviewer.user_permissions.add(may_view)
    html = desk(reviewer).open("evidence_changelist").content.decode()
    assert "E1" in html
    assert not [label for label in LABELS if label in html]


def test_a_status_is_shown_before_it_is_set_and_undone_after(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    at = desk(analyst)
    actions.edit_statement(actor=analyst, argument_map=a_map, key="E2", status="reviewed")
    asked = choose(at, "status", number(a_map, "E1"), number(a_map, "E2"))
    assert "What this does" not in asked.content.decode()

    shown = send(at, asked, "_preview", status="reviewed")
    (row,) = shown.context["preview"].rows
    assert [*row.lines] == [("Status", "Draft", "Reviewed")]
    assert shown.context["preview"].sections[0].title == "Stays as it is (1)"
    assert a_map.statements.get(key="E1").status == "draft"

    done = send(at, shown, "_confirm", status="reviewed")
    assert told(done)[0].startswith("The status of 1 statement is set.")
    assert a_map.statements.get(key="E1").status == "reviewed"
    assert len(batches()) == 1

    back = undo(at, done)
    assert told(back) == ["Taken back."]
    assert a_map.statements.get(key="E1").status == "draft"
    assert told(undo(at, done)) == ["This is undone already."]


def test_tags_and_kinds(desk: Desks, analyst: User, a_map: ArgumentMap) -> None:
    at = desk(analyst)
    actions.edit_statement(actor=analyst, argument_map=a_map, key="E1", tags=["old", "stays"])
    numbers = (number(a_map, "E1"), number(a_map, "E2"))
    page = choose(at, "tags", *numbers)
    assert "Give a tag to add" in send(at, page, "_preview").content.decode()
    typed = {"add_tags": "ice\nnew", "remove_tags": ["old"]}
    send(at, send(at, page, "_preview", **typed), "_confirm", **typed)
    assert a_map.statements.get(key="E1").tags == ["ice", "new", "stays"]
    assert a_map.statements.get(key="E2").tags == ["ice", "new"]

    page = choose(at, "kind", *numbers)
    send(at, send(at, page, "_preview", kind="claim"), "_confirm", kind="claim")
    assert a_map.statements.get(key="E1").kind == "claim"


def test_nothing_is_offered_where_nothing_would_change(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    at = desk(analyst)
    shown = send(at, choose(at, "status", number(a_map, "E1")), "_preview", status="draft")
    html = shown.content.decode()
    assert "Nothing: all of it is so already." in html
    assert 'name="_confirm"' not in html


def test_a_deletion_says_all_that_goes(desk: Desks, analyst: User, a_map: ArgumentMap) -> None:
    at = desk(analyst)
    shown = choose(at, "delete", number(a_map, "E1"), number(a_map, "E2"))
    sections = {each.title: [*each.lines] for each in shown.context["preview"].sections}
    assert [*sections] == [
        "Statements that go (2)",
        "Inferences that fall with them (2)",
        "Excerpts that go (1)",
    ]
    assert sections["Inferences that fall with them (2)"][1].startswith("I2: K1 undercuts I1")

    done = send(at, shown, "_confirm")
    assert told(done)[0].startswith("Deleted 2 statements.")
    assert not a_map.inferences.exists()
    undo(at, done)
    assert a_map.inferences.count() == 2


def test_a_merge_proposes_the_one_with_most_inferences(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    at = desk(analyst)
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.add_inference(**on_it, stance="support", premises=["E2"], conclusion="C1")
    actions.edit_statement(**on_it, key="E1", likelihood="likely")
    shown = choose(at, "merge", number(a_map, "E1"), number(a_map, "E2"))
    assert shown.context["form"]["kept"].value() == "E2"
    preview = shown.context["preview"]
    assert preview.button == "Merge 2 statements into E2"
    sections = {each.title: [*each.lines] for each in preview.sections}
    assert [*sections] == [
        "Statements that go (1)",
        "Inferences that go, since they would only repeat another (1)",
        "Excerpts that go over to E2 (1)",
        "Judgements that are not kept (1)",
    ]
    assert sections["Judgements that are not kept (1)"] == ["E1: likelihood Likely; E2 has –"]

    again = send(at, shown, "_preview", kept="E1")
    done = send(at, again, "_confirm", kept="E1")
    assert told(done)[0].startswith("Merged 2 statements into E1.")
    assert {*a_map.statements.values_list("key", flat=True)} == {"C1", "E1", "K1"}
    undo(at, done)
    assert a_map.statements.count() == 4


def test_a_move_says_what_goes_along_and_what_is_cut(
    desk: Desks, analyst: User, a_map: ArgumentMap, other_map: ArgumentMap
) -> None:
    at = desk(analyst)
    actions.edit_map(actor=analyst, argument_map=a_map, marking=Marking.RED)
    actions.edit_map(actor=analyst, argument_map=other_map, visibility=Visibility.PUBLIC)
    page = choose(at, "move", number(a_map, "E1"))
    typed = {"target": other_map.pk}
    shown = send(at, page, "_preview", **typed)
    preview = shown.context["preview"]
    assert [each.title for each in preview.sections] == [
        "Chosen statements (1)",
        "Inferences that are cut: they end (2)",
        "Sources (1)",
    ]
    assert preview.warnings == [
        "This map is marked TLP:RED, that one only TLP:CLEAR.",
        "More people may read that map: it is public, this one members.",
    ]
    done = send(at, shown, "_confirm", **typed)
    assert other_map.statements.get().text.startswith("Ice blocked")
    assert told(undo(at, done)) == ["Taken back on 2 maps."]
    assert not other_map.statements.exists()
    assert a_map.inferences.count() == 2


def test_what_changed_between_the_look_and_the_act_is_not_done(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    at = desk(analyst)
    asked = choose(at, "status", number(a_map, "E1"))
    shown = send(at, asked, "_preview", status="reviewed")
    actions.edit_statement(actor=editor, argument_map=a_map, key="E1", note="New.")
    page = send(at, shown, "_confirm", status="reviewed")
    assert told(page) == ["editor changed E1 (note) after you opened it. Nothing was saved."]
    assert a_map.statements.get(key="E1").status == "draft"
    # The page shows it anew, with the version of now: the second look is enough.
    send(at, page, "_confirm", status="reviewed")
    assert a_map.statements.get(key="E1").status == "reviewed"


def test_what_would_be_done_otherwise_than_shown_is_shown_anew(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    at = desk(analyst)
    shown = choose(at, "delete", number(a_map, "E1"))
    actions.delete_inference(actor=editor, argument_map=a_map, key="I2")
    page = send(at, shown, "_confirm")
    assert told(page)[0].startswith("What this does has changed since you looked.")
    assert a_map.statements.filter(key="E1").exists()
    asked = choose(at, "status", number(a_map, "E1"))
    other = send(at, send(at, asked, "_preview", status="reviewed"), "_confirm", status="rejected")
    assert told(other)[0].startswith("What this does has changed")
    assert a_map.statements.get(key="E1").status == "draft"


def test_what_one_may_only_read_is_left_out_and_named(
    desk: Desks, viewer: User, outsider: User, a_map: ArgumentMap, hidden_map: ArgumentMap
) -> None:
    mine = actions.create_map(actor=viewer, title="Mine")
    row = actions.add_statement(actor=viewer, argument_map=mine, kind="evidence", text="Seen.")
    at = desk(viewer)
    numbers = (row.pk, number(a_map, "E1"), number(hidden_map, "E1"))
    asked = choose(at, "status", *numbers)
    html = asked.content.decode()
    assert "Left out, since you may only read" in html
    assert "E1 (<bdi>The harbour should close</bdi>)" in html
    assert "Covert" not in html
    # The page's own address is asked for what one may not read.
    data = {"chosen": ",".join(map(str, numbers)), "status": "reviewed", "_preview": "1"}
    shown = at.client.post(reverse("admin:argmap_evidence_bulk", args=["status"]), data)
    assert "Covert" not in shown.content.decode()
    send(at, shown, "_confirm", status="reviewed")
    assert {
        each.text for each in Statement.objects.filter(status="reviewed")
    } == {"Seen."}  # fmt: skip


def test_where_all_is_only_read_one_is_told(desk: Desks, viewer: User, a_map: ArgumentMap) -> None:
    page = choose(desk(viewer), "delete", number(a_map, "E1"))
    assert told(page)[0].startswith("You may only read the maps of these statements")
    assert page.redirect_chain


def test_an_outsider_finds_nothing_and_undoes_nothing(
    desk: Desks, analyst: User, outsider: User, admin: User, a_map: ArgumentMap
) -> None:
    chosen = [actions.Chosen(a_map, ["E1"])]
    batch = actions.edit_statements(actor=analyst, chosen=chosen, status="reviewed")
    at = desk(outsider)
    data = {"chosen": str(number(a_map, "E1")), "status": "draft", "_confirm": "1"}
    for act in ("status", "delete", "merge", "move", "tags", "kind"):
        address = reverse("admin:argmap_evidence_bulk", args=[act])
        page = at.client.post(address, data, follow=True)
        assert "Ice blocked" not in page.content.decode()
        assert page.redirect_chain
    # Each takes back their own: even a superuser finds no one else's act here.
    for someone in (outsider, admin):
        address = reverse("admin:argmap_evidence_undo", args=[batch])
        assert desk(someone).client.get(address).status_code == 404
        assert desk(someone).client.post(address).status_code == 404
    assert a_map.statements.get(key="E1").status == "reviewed"


def test_a_superuser_works_on_every_map(
    desk: Desks, admin: User, a_map: ArgumentMap, hidden_map: ArgumentMap
) -> None:
    at = desk(admin)
    asked = choose(at, "status", number(a_map, "E1"), number(hidden_map, "E1"))
    shown = send(at, asked, "_preview", status="reviewed")
    done = send(at, shown, "_confirm", status="reviewed")
    assert Statement.objects.filter(status="reviewed").count() == 2
    assert len(batches()) == 1
    assert told(undo(at, done)) == ["Taken back on 2 maps."]
    assert not Statement.objects.filter(status="reviewed").exists()


def test_merging_and_moving_take_one_map(
    desk: Desks, admin: User, a_map: ArgumentMap, hidden_map: ArgumentMap
) -> None:
    at = desk(admin)
    for act in ("merge", "move"):
        page = choose(at, act, number(a_map, "E1"), number(hidden_map, "E1"))
        assert told(page) == ["This takes statements of one map: the chosen ones are on 2."]
    page = choose(at, "merge", number(a_map, "E1"))
    assert told(page) == ["This takes 2 statements or more that you may change."]


def test_all_pages_of_a_list_may_be_chosen_up_to_a_limit(desk: Desks, analyst: User) -> None:
    tree = a_tree(analyst, 60)
    at = desk(analyst)
    some = tree.statements.first()
    assert some
    asked = choose(at, "status", some.pk, kind="claim", select_across="1", index="0")
    shown = send(at, asked, "_preview", status="accepted")
    assert shown.context["preview"].button == "Set the status of 60 statements"
    send(at, shown, "_confirm", status="accepted")
    assert tree.statements.filter(status="accepted").count() == 60

    Statement.objects.bulk_create(
        Statement(map=tree, key=f"C{place}", kind="claim", text="More.")
        for place in range(100, 100 + MOST)
    )
    page = choose(at, "status", some.pk, kind="claim", select_across="1", index="0")
    assert told(page)[0].startswith("1,000 statements are the most at once.")


def test_the_list_comes_back_as_it_was(desk: Desks, analyst: User, a_map: ArgumentMap) -> None:
    at = desk(analyst)
    address = reverse("admin:argmap_evidence_changelist") + f"?map={a_map.pk}&o=-1"
    data = {"action": "status", "_selected_action": [number(a_map, "E1")]}
    asked = at.client.post(address, data)
    done = send(at, send(at, asked, "_preview", status="reviewed"), "_confirm", status="reviewed")
    assert done.redirect_chain == [(address, 302)]
    assert undo(at, done).redirect_chain == [(address, 302)]


def test_the_way_back_is_a_page_too(desk: Desks, analyst: User, a_map: ArgumentMap) -> None:
    at = desk(analyst)
    chosen = [actions.Chosen(a_map, ["E1"])]
    batch = actions.edit_statements(actor=analyst, chosen=chosen, status="reviewed")
    page = at.open("evidence_undo", batch)
    assert "reviewed" in page.content.decode()
    at.send(page)
    assert a_map.statements.get(key="E1").status == "draft"
    assert "This is taken back already." in at.open("evidence_undo", batch).content.decode()


def test_what_someone_did_since_is_named_where_it_bars_the_way_back(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    at = desk(analyst)
    shown = choose(at, "delete", number(a_map, "E1"))
    done = send(at, shown, "_confirm")
    actions.delete_statement(actor=editor, argument_map=a_map, key="E2")
    assert told(undo(at, done)) == [
        "editor deleted E2, which I1 needs, after that. Nothing was undone."
    ]


def test_an_address_of_no_act_is_none(desk: Desks, analyst: User, a_map: ArgumentMap) -> None:
    at = desk(analyst)
    assert at.open("evidence_bulk", "splendid").status_code == 404
    assert at.open("evidence_bulk", "status").status_code == 302


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("status", {"status": "reviewed"}),
        ("tags", {"add_tags": "x"}),
        ("delete", {}),
        ("merge", {"kept": "C2"}),
        ("move", {"target": "other"}),
    ],
)
def test_pages_take_the_same_queries_for_few_and_many(
    desk: Desks, analyst: User, other_map: ArgumentMap, act: str, typed: dict[str, Any]
) -> None:
    tree = a_tree(analyst, 60)
    at = desk(analyst)
    if "target" in typed:
        typed = {"target": other_map.pk}

    def cost(most: int) -> int:
        chosen = [number(tree, f"C{place}") for place in range(2, most)]
        address = reverse("admin:argmap_claim_bulk", args=[act])
        data = {"chosen": ",".join(map(str, chosen)), "_preview": "1", **typed}
        with CaptureQueriesContext(connection) as queries:
            page = at.client.post(address, data)
        assert page.context["preview"].button
        return len(queries)

    assert cost(5) == cost(40)
