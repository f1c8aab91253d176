"""Claims, evidence and counterarguments in the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from argmap import actions
from argmap.models import ArgumentMap, Change, Comment, Excerpt, Inference, Statement

Desks = Callable[[User], Any]
LastChange = Callable[[], Any]

HOSTILE = (
    "<script>alert(1)</script>",
    '"quoted" \\ back & <b>',
    "پاکستان کی پالیسی",
    "\u202eright to left",
    "🧊" * 50,
    "W" * 500,
    "one\ntwo",
    "x" * 10_000,
)


def find(a_map: ArgumentMap, key: str) -> Statement:
    return Statement.objects.get(map=a_map, key=key)


def test_editing_a_statement_changes_what_was_typed_and_nothing_else(
    desk: Desks, analyst: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    page = desk(analyst).open("claim_change", find(a_map, "C1").pk)
    answer = desk(analyst).send(page, text="The harbour should close.", likelihood="likely")
    assert "was changed successfully" in answer.content.decode()
    assert last_change() == [("analyst", "edit", "C1", ["likelihood", "text"])]


def test_saving_what_nobody_changed_leaves_no_change(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    before = Change.objects.count()
    page = desk(analyst).open("evidence_change", find(a_map, "E1").pk)
    assert desk(analyst).send(page).status_code == 200
    assert Change.objects.count() == before


def test_a_new_statement_asks_for_its_map_first(
    desk: Desks, analyst: User, a_map: ArgumentMap, hidden_map: ArgumentMap, last_change: LastChange
) -> None:
    question = desk(analyst).open("counterargument_add").content.decode()
    assert a_map.title in question
    assert hidden_map.title not in question
    page = desk(analyst).open("counterargument_add", query=f"?map={a_map.pk}")
    assert f'dir="auto">{a_map.title}</a>' in page.content.decode()
    desk(analyst).send(page, text="It was the coldest for a century.", tags="b\na\nb")
    found = find(a_map, "K2")
    assert (found.kind, found.tags) == ("counterargument", ["a", "b"])
    assert last_change()[0][:3] == ("analyst", "create", "K2")


@pytest.mark.parametrize("key", ["C1", None])
def test_what_is_added_next_is_on_the_same_map(
    desk: Desks, analyst: User, a_map: ArgumentMap, key: str | None
) -> None:
    if key:
        page = desk(analyst).open("claim_change", find(a_map, key).pk)
    else:
        page = desk(analyst).open("claim_add", query=f"?map={a_map.pk}")
    answer = desk(analyst).send(page, text="One.", _addanother="1")
    desk(analyst).send(answer, text="Another.")
    assert find(a_map, "C2" if key else "C3").text == "Another."


def test_maps_of_one_title_are_told_apart_by_their_slugs(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    copy = actions.create_map(actor=analyst, title=a_map.title, slug="the-copy")
    other = actions.create_map(actor=analyst, title="Other", slug="the-other")
    actions.add_statement(actor=analyst, argument_map=copy, kind="claim", text="Copied.")
    question = desk(analyst).open("claim_add").content.decode()
    assert f'{a_map.title} <span class="mini quiet">{a_map.slug}</span>' in question
    assert f'{copy.title} <span class="mini quiet">the-copy</span>' in question
    rows = desk(analyst).open("claim_changelist")
    by_map = rows.context["cl"].filter_specs[0]
    assert dict(by_map.lookup_choices) == {
        str(a_map.pk): f"{a_map.title} ({a_map.slug})",
        str(copy.pk): f"{copy.title} (the-copy)",
        str(other.pk): "Other",
    }
    assert f'{copy.title}</a> <span class="mini quiet">the-copy</span>' in rows.content.decode()


@pytest.mark.parametrize("number", ["covert", "999999", "x", "²", ""])
def test_a_map_that_one_may_not_change_is_asked_for_again(
    desk: Desks, analyst: User, a_map: ArgumentMap, hidden_map: ArgumentMap, number: str
) -> None:
    number = str(hidden_map.pk) if number == "covert" else number
    page = desk(analyst).open("claim_add", query=f"?map={number}")
    assert "on which map?" in page.content.decode()
    address = reverse("admin:argmap_claim_add") + f"?map={number}"
    desk(analyst).client.post(address, {"text": "Planted."})
    assert not Statement.objects.filter(text="Planted.").exists()


def test_the_second_of_two_authors_is_told_and_loses_nothing(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    number = find(a_map, "C1").pk
    first, second = (desk(person).open("claim_change", number) for person in (analyst, editor))
    desk(analyst).send(first, text="Theirs.", likelihood="likely")
    refused = desk(editor).send(second, text="Mine.", note="My note.")
    html = refused.content.decode()
    assert "analyst changed C1 (likelihood, text) after you opened it" in html
    assert find(a_map, "C1").text == "Theirs."
    form = refused.context["adminform"].form
    assert [tuple(clash) for clash in form.clashes] == [("Text", "Theirs.", "Mine.")]
    # What the editor left alone has taken its new value; to save again is deliberate.
    assert form["likelihood"].value() == "likely"
    desk(editor).send(refused)
    stored = find(a_map, "C1")
    assert (stored.text, stored.note, stored.likelihood) == ("Mine.", "My note.", "likely")
    assert last_change() == [("editor", "edit", "C1", ["note", "text"])]


def test_only_what_both_authors_changed_is_shown_as_changed_by_both(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", note="One.\nTwo.")
    page = desk(editor).open("claim_change", find(a_map, "C1").pk)
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", tags=["b"])
    # As browsers send them, with the line breaks of forms.
    typed = {"initial-note": "One.\r\nTwo.", "note": "My note.", "title": "Mine", "tags": "a"}
    refused = desk(editor).send(page, **typed)
    form = refused.context["adminform"].form
    assert [tuple(clash) for clash in form.clashes] == [("Tags", "b", "a")]
    desk(editor).send(refused)
    stored = find(a_map, "C1")
    assert (stored.note, stored.title, stored.tags) == ("My note.", "Mine", ["a"])


def test_a_third_author_meanwhile_is_told_as_well(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    number = find(a_map, "C1").pk
    page = desk(editor).open("claim_change", number)
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Once.")
    refused = desk(editor).send(page, text="Mine.")
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Twice.")
    assert "Twice." in desk(editor).send(refused).content.decode()
    assert find(a_map, "C1").text == "Twice."


def test_authors_of_different_statements_do_not_disturb_each_other(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    page = desk(editor).open("evidence_change", find(a_map, "E2").pk)
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Theirs.")
    desk(editor).send(page, text="Mine.")
    assert (find(a_map, "C1").text, find(a_map, "E2").text) == ("Theirs.", "Mine.")


def test_what_was_typed_comes_back_when_the_statement_went(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    page = desk(editor).open("claim_change", find(a_map, "C1").pk)
    actions.delete_statement(actor=analyst, argument_map=a_map, key="C1")
    answer = desk(editor).send(page, text="Hours of work.")
    assert answer.status_code == 404
    assert "Hours of work." in answer.content.decode()


def test_a_form_without_the_version_that_was_seen_is_refused(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    page = desk(analyst).open("claim_change", find(a_map, "C1").pk)
    assert "open it again" in desk(analyst).send(page, text="Blind.", seen="").content.decode()
    assert find(a_map, "C1").text != "Blind."


def test_a_kind_that_changes_leads_to_its_page_with_its_key(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    number = find(a_map, "C1").pk
    meanwhile = desk(editor).open("claim_change", number)
    page = desk(analyst).open("claim_change", number)
    answer = desk(analyst).send(page, kind="evidence")
    assert answer.redirect_chain[-1][0] == reverse("admin:argmap_evidence_change", args=[number])
    assert find(a_map, "C1").kind == "evidence"
    # Who had the claim's page open is told, as of any other change.
    assert "analyst changed C1 (kind)" in desk(editor).send(meanwhile, text="X.").content.decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_stored_and_shown_as_texts(
    desk: Desks, analyst: User, a_map: ArgumentMap, text: str
) -> None:
    page = desk(analyst).open("claim_change", find(a_map, "C1").pk)
    desk(analyst).send(page, text=text)
    assert find(a_map, "C1").text == text
    for name, *args in (
        ("claim_changelist",),
        ("claim_change", find(a_map, "C1").pk),
        ("claim_history", find(a_map, "C1").pk),
        ("claim_delete", find(a_map, "C1").pk),
        ("argumentmap_change", a_map.pk),
        ("inference_change", Inference.objects.get(map=a_map, key="I1").pk),
        ("change_changelist",),
    ):
        shown = desk(analyst).open(name, *args)
        assert shown.status_code == 200
        assert "<script>alert" not in shown.content.decode()


@pytest.mark.parametrize("text", ["nul \x00", "bell \x07", "x" * 10_001, "  "])
def test_what_cannot_be_kept_is_refused_with_a_reason(
    desk: Desks, analyst: User, a_map: ArgumentMap, text: str
) -> None:
    before = Change.objects.count()
    page = desk(analyst).open("claim_change", find(a_map, "C1").pk)
    refused = desk(analyst).send(page, text=text)
    assert refused.context["adminform"].form.errors["text"]
    assert Change.objects.count() == before


def test_excerpts_are_written_on_the_statement_page(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    page = desk(analyst).open("evidence_change", find(a_map, "E1").pk)
    added = {
        "excerpts-TOTAL_FORMS": "2",
        "excerpts-0-sentence": "3",
        "excerpts-1-source_key": "S1",
        "excerpts-1-quotation": "Not one ship.",
        "excerpts-1-paragraph": "4",
        "excerpts-1-sentence": "1",
    }
    desk(analyst).send(page, title="Forty days", **added)
    first, second = Excerpt.objects.filter(map=a_map).order_by("pk")
    assert (first.locator or {})["sentence"] == 3
    assert (second.key, (second.locator or {})["length"]) == ("X2", len("Not one ship."))
    assert find(a_map, "E1").title == "Forty days"
    page = desk(analyst).open("evidence_change", find(a_map, "E1").pk)
    desk(analyst).send(page, **{"excerpts-0-DELETE": "on"})
    assert list(Excerpt.objects.filter(map=a_map).values_list("key", flat=True)) == ["X2"]


def test_nothing_is_saved_where_one_row_of_a_page_is_refused(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    before = Change.objects.count()
    page = desk(analyst).open("evidence_change", find(a_map, "E1").pk)
    new = {"excerpts-TOTAL_FORMS": "2", "excerpts-1-source_key": "S9", "excerpts-1-paragraph": "1"}
    new |= {"excerpts-1-quotation": "Words.", "excerpts-1-sentence": "1"}
    refused = desk(analyst).send(page, title="Typed", **new)
    html = refused.content.decode()
    assert "Nothing was saved" in html
    assert "S9 was deleted meanwhile." in html
    assert 'value="Typed"' in html
    assert (Change.objects.count(), find(a_map, "E1").title) == (before, "")


def test_deleting_says_what_falls_and_keeps_comments(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    actions.add_comment(actor=analyst, argument_map=a_map, about="I1", body="Kept.")
    page = desk(analyst).open("evidence_delete", find(a_map, "E1").pk)
    html = page.content.decode()
    for told in ("I1: E1 and E2 together support C1", "I2: K1 undercuts I1", "X1 of S1"):
        assert told in html
    assert "Comments on any of these are kept" in html
    answer = desk(analyst).client.post(
        page.request["PATH_INFO"], {"post": "yes", "seen": page.context["seen"]}
    )
    assert answer.status_code == 302
    assert not Inference.objects.filter(map=a_map).exists()
    assert Comment.objects.get(map=a_map).lost_target == "I1"


def test_deleting_what_changed_meanwhile_is_refused(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    page = desk(editor).open("evidence_delete", find(a_map, "E1").pk)
    actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", warrant="New.")
    data = {"post": "yes", "seen": page.context["seen"]}
    answer = desk(editor).client.post(page.request["PATH_INFO"], data, follow=True)
    assert "nalyst changed I1 (warrant)" in answer.content.decode()
    assert find(a_map, "E1").key == "E1"


def test_the_list_counts_and_sorts_by_natural_keys(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    for number in range(2, 11):
        actions.add_statement(
            actor=analyst, argument_map=a_map, kind="claim", text=f"Claim {number}."
        )
    actions.add_comment(actor=analyst, argument_map=a_map, about="C1", body="Why?")
    page = desk(analyst).open("claim_changelist")
    rows = list(page.context["cl"].result_list)
    assert [row.key for row in rows] == [f"C{number}" for number in range(1, 11)]
    counts = (rows[0].supports_count, rows[0].attacks_count, rows[0].comments_count)
    assert counts == (1, 0, 1)
    by_key = desk(analyst).open("claim_changelist", query="?o=-1")
    assert by_key.context["cl"].result_list[0].key == "C10"


def test_the_page_links_to_new_inferences_about_it(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    html = desk(analyst).open("claim_change", find(a_map, "C1").pk).content.decode()
    address = reverse("admin:argmap_inference_add") + f"?map={a_map.pk}&conclusion=C1&stance=attack"
    assert address.replace("&", "&amp;") in html
    assert "E1 and E2 together support C1" in html
