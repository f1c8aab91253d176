"""What bears on a statement, and what it bears on, written on its own page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from argmap import actions
from argmap.admin.steps import MOST
from argmap.models import ArgumentMap, Change, Inference, Membership, Statement

Desks = Callable[[User], Any]
LastChange = Callable[[], Any]


def number(a_map: ArgumentMap, key: str) -> int:
    return Statement.objects.get(map=a_map, key=key).pk


def find(a_map: ArgumentMap, key: str) -> Inference:
    return Inference.objects.get(map=a_map, key=key)


def premises(a_map: ArgumentMap, key: str) -> list[str]:
    rows = find(a_map, key).premises.order_by("order")
    return list(rows.values_list("statement__key", flat=True))


def new_row(prefix: str, place: int, **typed: Any) -> dict[str, Any]:
    """Return what "Add another" would send in a further row of an inline."""
    fields = {f"{prefix}-{place}-{name}": value for name, value in typed.items()}
    return {f"{prefix}-TOTAL_FORMS": str(place + 1), **fields}


def reason(place: int, **typed: Any) -> dict[str, Any]:
    return new_row("borne_on_by", place, **{"stance": "support", "kind": "evidence", **typed})


def test_reasons_are_typed_and_chosen_without_leaving(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    page = desk(analyst).open("claim_change", number(a_map, "C1"))
    typed = reason(1, text="Ships waited for weeks.", scheme_slug="sign", warrant="So it is.")
    typed |= reason(2, stance="attack", kind="counterargument", text="They wait each year.")
    typed |= reason(3, stance="attack", premise="K1")
    answer = desk(analyst).send(page, title="Close it", **typed)
    assert "was changed successfully" in answer.content.decode()
    said = [
        (row.stance, row.scheme.slug if row.scheme else None, row.warrant, premises(a_map, row.key))
        for row in a_map.inferences.filter(conclusion_statement__key="C1").order_by("pk")[1:]
    ]
    assert said == [
        ("support", "sign", "So it is.", ["E3"]),
        ("attack", None, "", ["K2"]),
        ("attack", None, "", ["K1"]),
    ]
    assert Statement.objects.get(map=a_map, key="K2").text == "They wait each year."
    verbs = a_map.changes.order_by("-activity").values_list("verb", flat=True)
    assert list(verbs[:4]) == ["create", "create", "create", "edit"]


def test_a_step_is_changed_and_gets_a_further_premise(
    desk: Desks, analyst: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    page = desk(analyst).open("claim_change", number(a_map, "C1"))
    typed = {"stance": "attack", "scheme_slug": "", "warrant": "Else.", "text": "And so."}
    desk(analyst).send(page, **{f"borne_on_by-0-{name}": value for name, value in typed.items()})
    row = find(a_map, "I1")
    assert (row.stance, row.scheme, row.warrant) == ("attack", None, "Else.")
    assert premises(a_map, "I1") == ["E1", "E2", "E3"]
    page = desk(analyst).open("claim_change", number(a_map, "C1"))
    desk(analyst).send(page, **{"borne_on_by-0-premise": "K1"})
    assert last_change() == [("analyst", "edit", "I1", ["premises"])]


def test_a_step_is_deleted_with_what_bears_on_it(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    page = desk(analyst).open("claim_change", number(a_map, "C1"))
    assert "which would go with it" in page.content.decode()
    desk(analyst).send(page, **{"borne_on_by-0-DELETE": "on"})
    assert not a_map.inferences.exists()


def test_a_statement_is_used_without_leaving(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    page = desk(analyst).open("evidence_change", number(a_map, "E1"))
    assert "E1 and E2 together support C1" in page.content.decode()
    typed = new_row("premise_of", 1, stance="attack", conclusion="i2", scheme_slug="sign")
    desk(analyst).send(page, **typed)
    row = find(a_map, "I3")
    assert (row.stance, row.conclusion, premises(a_map, "I3")) == (
        "attack",
        find(a_map, "I2"),
        ["E1"],
    )


def test_a_new_statement_comes_with_what_it_bears_on_and_what_bears_on_it(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    page = desk(analyst).open("counterargument_add", query=f"?map={a_map.pk}")
    typed = new_row("premise_of", 0, stance="attack", conclusion="C1")
    typed |= reason(0, text="Snow fell.")
    desk(analyst).send(page, text="It is dear.", **typed)
    assert premises(a_map, "I3") == ["E3"]
    assert find(a_map, "I3").conclusion == Statement.objects.get(map=a_map, key="K2")
    assert (premises(a_map, "I4"), find(a_map, "I4").stance) == (["K2"], "attack")


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"stance": "attack"}, "text", "or choose one"),
        ({"text": "New.", "premise": "E1"}, "premise", "not both"),
        ({"text": "nul \x00"}, "text", "Null characters"),
        ({"text": "bell \x07"}, "text", "cannot be kept"),
        ({"premise": "C1"}, "premise", "its own conclusion"),
        ({"premise": "E9"}, "premise", "no statement"),
        ({"text": "x" * 10_001}, "text", "at most"),
        ({"text": "New.", "scheme_slug": "none"}, "scheme_slug", "valid choice"),
    ],
)
def test_one_refused_row_saves_nothing_of_the_page(
    desk: Desks, analyst: User, a_map: ArgumentMap, typed: dict[str, str], field: str, told: str
) -> None:
    before = Change.objects.count()
    page = desk(analyst).open("claim_change", number(a_map, "C1"))
    refused = desk(analyst).send(page, title="Typed", **reason(1, **typed))
    rows = refused.context["inline_admin_formsets"][1].formset.forms
    assert told in rows[1].errors[field][0]
    assert 'value="Typed"' in refused.content.decode()
    assert Change.objects.count() == before


def test_authors_of_a_statement_and_of_a_step_to_it_do_not_disturb_each_other(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    page = desk(editor).open("claim_change", number(a_map, "C1"))
    actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", warrant="Theirs.")
    desk(editor).send(page, text="Mine.")
    assert Statement.objects.get(map=a_map, key="C1").text == "Mine."
    assert find(a_map, "I1").warrant == "Theirs."


def test_the_second_author_of_a_step_sees_both_warrants(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    page = desk(editor).open("claim_change", number(a_map, "C1"))
    actions.edit_inference(
        actor=analyst, argument_map=a_map, key="I1", warrant="Theirs.", stance="attack"
    )
    typed = {"borne_on_by-0-warrant": "Mine."}
    refused = desk(editor).send(page, text="My claim.", **typed)
    assert "analyst changed I1 (stance, warrant) after you opened it" in refused.content.decode()
    row = refused.context["inline_admin_formsets"][1].formset.forms[0]
    assert [tuple(clash) for clash in row.clashes] == [("Warrant", "Theirs.", "Mine.")]
    assert row["stance"].value() == "attack"
    desk(editor).send(refused)
    stored = find(a_map, "I1")
    assert (stored.warrant, stored.stance) == ("Mine.", "attack")
    assert Statement.objects.get(map=a_map, key="C1").text == "My claim."


def test_a_deletion_is_refused_where_what_falls_with_it_changed(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    page = desk(editor).open("claim_change", number(a_map, "C1"))
    actions.edit_inference(actor=analyst, argument_map=a_map, key="I2", warrant="New.")
    refused = desk(editor).send(page, **{"borne_on_by-0-DELETE": "on"})
    assert "analyst changed I2 (warrant)" in refused.content.decode()
    desk(editor).send(refused)
    assert not a_map.inferences.exists()


def test_a_row_that_went_meanwhile_is_in_nobodys_way(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    for key in ("E1", "E2"):
        actions.add_inference(
            actor=analyst, argument_map=a_map, stance="support", premises=[key], conclusion="C1"
        )
    page = desk(editor).open("claim_change", number(a_map, "C1"))
    actions.delete_inference(actor=analyst, argument_map=a_map, key="I3")
    desk(editor).send(page, text="Mine.", **{"borne_on_by-2-warrant": "Of I4."})
    assert Statement.objects.get(map=a_map, key="C1").text == "Mine."
    assert find(a_map, "I4").warrant == "Of I4."


def test_what_was_typed_in_a_row_that_went_comes_back(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    page = desk(editor).open("claim_change", number(a_map, "C1"))
    actions.delete_inference(actor=analyst, argument_map=a_map, key="I1")
    refused = desk(editor).send(page, text="Mine.", **{"borne_on_by-0-warrant": "Hours of work."})
    html = refused.content.decode()
    assert "It was deleted meanwhile" in html
    assert "Hours of work." in html
    assert Statement.objects.get(map=a_map, key="C1").text != "Mine."
    desk(editor).send(refused, **{"borne_on_by-0-DELETE": "on"})
    assert Statement.objects.get(map=a_map, key="C1").text == "Mine."


def test_a_member_who_was_removed_meanwhile_is_in_nobodys_way(
    desk: Desks, analyst: User, viewer: User, admin: User, a_map: ArgumentMap
) -> None:
    page = desk(analyst).open("argumentmap_change", a_map.pk)
    actions.remove_member(actor=admin, argument_map=a_map, user=viewer)
    desk(analyst).send(page, title="Mine")
    a_map.refresh_from_db()
    assert a_map.title == "Mine"
    assert not Membership.objects.filter(map=a_map, user=viewer).exists()


def test_who_only_reads_sees_the_steps_and_sends_none(
    desk: Desks, viewer: User, a_map: ArgumentMap
) -> None:
    page = desk(viewer).open("claim_change", number(a_map, "C1"))
    html = page.content.decode()
    assert "Ice blocked the harbour" in html
    assert "Change it, or add" not in html
    assert "borne_on_by-__prefix__" not in html
    before = Change.objects.count()
    assert desk(viewer).send(page, **reason(1, text="Planted.")).status_code == 403
    assert Change.objects.count() == before


def test_a_premise_of_another_map_is_not_found(
    desk: Desks, analyst: User, a_map: ArgumentMap, hidden_map: ArgumentMap, outsider: User
) -> None:
    actions.add_statement(actor=outsider, argument_map=hidden_map, kind="claim", text="Covert 2.")
    page = desk(analyst).open("claim_change", number(a_map, "C1"))
    refused = desk(analyst).send(page, **reason(1, premise="C2"))
    assert "Covert" not in refused.content.decode()
    assert a_map.inferences.count() == 2


def test_the_page_takes_the_same_queries_for_few_neighbours_and_for_many(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    """Named in the order in which they are made, for a page that nobody has looked at yet.

    Session, user; the row with its map, twice: its kind says on which page it is; the two kinds of
    permissions; the role on the map. The names of schemes; what it bears on, those inferences,
    their premises; the excerpts with their sources; what bears on it. The latest changes, their
    items. For the drawing: statements and inferences of the frame; statements of the view, with
    their excerpts, and the version; two for addresses; the names of schemes. The open comments.

    Where something bears on it, its premises and what bears on that: two more.
    """

    def cost() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert at_work.open("evidence_change", number(a_map, "E1")).status_code == 200
        return len(queries) - 1  # the number that is looked up here

    at_work = desk(analyst)
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    for _ in range(3):
        actions.add_reason(**on_it, about="E1", stance="support", kind="evidence", text="So.")
    cost()  # from then on Django knows the types of contents
    few = cost()
    step: dict[str, Any] = {"stance": "support", "premises": ["E1"], "conclusion": "C1"}
    for number_of_it in range(57):
        actions.add_reason(**on_it, about="E1", stance="attack", kind="evidence", text="So.")
        actions.add_inference(**on_it, **step, warrant=f"Reason {number_of_it}.")
    assert cost() == few == 25


def test_no_more_rows_are_shown_than_anyone_would_read(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    bulk = "\n".join("+ More." for _ in range(MOST + 5))
    actions.paste_branch(actor=analyst, argument_map=a_map, about="C1", text=bulk)
    page = desk(analyst).open("claim_change", number(a_map, "C1"))
    assert page.context["inline_admin_formsets"][1].formset.initial_form_count() == MOST
    assert f"The first {MOST} are here." in page.content.decode()
    answer = desk(analyst).send(page, title="Still saved")
    assert "was changed successfully" in answer.content.decode()
