"""The lists of statements, inferences and sources: columns, filters with counts, search, order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap import actions, graphs
from argmap.core.graph import Graph
from argmap.core.problems import lint
from argmap.models import (
    Answer,
    ArgumentMap,
    Change,
    CriticalQuestion,
    Inference,
    Scheme,
    Source,
    Statement,
)
from tests.strategies import graphs as any_graphs

Desks = Callable[[User], Any]

LISTS = ("claim", "evidence", "counterargument", "inference", "source")


@pytest.fixture
def full(a_map: ArgumentMap, analyst: User, reviewer: User) -> ArgumentMap:
    """The map with something for each filter, and a second map beside it."""
    on: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.edit_statement(**on, key="C1", likelihood="likely", tags=["ice", "Ökologie"])
    actions.edit_statement(**on, key="E1", credibility="2", confidence="low", status="reviewed")
    actions.add_statement(**on, kind="claim", text="Ships wait.", tags=["ice"], likelihood="likely")
    actions.add_statement(**on, kind="claim", text="ships wait", confidence="high")
    actions.add_statement(**on, kind="claim", text="Trade is lost.", status="reviewed")
    actions.add_inference(**on, stance="support", premises=["C2"], conclusion="C4")
    actions.add_inference(**on, stance="support", premises=["C4"], conclusion="C2")
    actions.add_source(**on, title="The Harbour Masters Log", reliability="B")
    actions.add_comment(
        actor=reviewer, argument_map=a_map, about="C2", kind="question", body="Why?"
    )
    scheme = Scheme.objects.get(slug="sign")
    for order, text in enumerate(("Is it a sign?", "Of what else?"), start=1):
        CriticalQuestion.objects.create(scheme=scheme, order=order, text=text)
    other = actions.create_map(actor=analyst, title="Another harbour", slug="other")
    on_other: dict[str, Any] = {"actor": analyst, "argument_map": other}
    actions.add_statement(**on_other, kind="claim", text="It is mild there.", tags=["mild"])
    actions.add_source(**on_other, title="Mild", url="https://x.example/a")
    a_map.refresh_from_db()
    return a_map


def specs(page: Any) -> dict[str, Any]:
    return {spec.name: spec for spec in page.context["cl"].filter_specs}


def numbers(page: Any, name: str) -> dict[str, int]:
    """Return the number beside each choice of a filter, by its value."""
    changelist = page.context["cl"]
    spec = specs(page)[name]
    counted = spec.numbers(changelist)
    return {value: counted[value] for value, _ in spec.offered(counted)}


def keys(page: Any) -> list[str]:
    return [row.key for row in page.context["cl"].result_list]


def choices(page: Any) -> Iterator[tuple[str, str, int]]:
    for name in specs(page):
        for value, number in numbers(page, name).items():
            yield name, value, number


# --- Filters and their counts -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        *((name, "") for name in LISTS),
        *(("claim", beside) for beside in ("q=ships", "status=draft", "problem=some", "tag=ice")),
        ("inference", "q=sign"),
        ("source", "alike=some"),
    ],
)
def test_each_number_is_that_of_the_rows_that_the_choice_finds(
    desk: Desks, analyst: User, full: ArgumentMap, name: str, beside: str
) -> None:
    at_work = desk(analyst)
    page = at_work.open(f"{name}_changelist", query=f"?{beside}")
    offered = list(choices(page))
    assert len(offered) > 10
    for facet, value, number in offered:
        given = {part.partition("=")[0]: part for part in beside.split("&") if part}
        given[facet] = f"{facet}={value}"
        found = at_work.open(f"{name}_changelist", query=f"?{'&'.join(given.values())}")
        assert (facet, value, found.context["cl"].result_count) == (facet, value, number)
        assert len(found.context["cl"].result_list) == number


@pytest.mark.django_db
@given(data=st.data())
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_problems_are_those_of_the_linter(
    desk: Desks, analyst: User, a_map: ArgumentMap, data: st.DataObject
) -> None:
    graph: Graph = data.draw(any_graphs())
    made = actions.import_graph(actor=analyst, graph=graph, owner=analyst, slug="drawn").map
    try:
        expected: dict[str, set[str]] = {}
        for problem in lint(graphs.load_graph(made)):
            expected.setdefault(problem.key, set()).add(problem.code.value)
        for name in LISTS:
            page = desk(analyst).open(f"{name}_changelist", query=f"?map={made.pk}")
            mine = [expected.get(key, set()) for key in keys(page)]
            told = Counter(code for codes in mine for code in codes)
            told += Counter(some=sum(map(bool, mine)), none=sum(not codes for codes in mine))
            assert Counter(numbers(page, "problem")) == told
            if told:
                code = data.draw(st.sampled_from(sorted(set(told) - {"some", "none"}) or ["none"]))
                query = f"?map={made.pk}&problem={code}"
                found = desk(analyst).open(f"{name}_changelist", query=query)
                wanted = [key for key in keys(page) if code in (expected.get(key) or {"none"})]
                assert keys(found) == wanted
    finally:
        actions.delete_map(actor=None, argument_map=made)


def test_circles_and_repeated_texts_are_problems_too(
    desk: Desks, analyst: User, full: ArgumentMap
) -> None:
    found = numbers(desk(analyst).open("claim_changelist"), "problem")
    assert (found["circular_support"], found["duplicated_text"]) == (1, 1)


def test_a_filter_of_many_choices_is_a_list_that_keeps_the_other_filters(
    desk: Desks, analyst: User, full: ArgumentMap
) -> None:
    for number in range(15):
        actions.create_map(actor=analyst, title=f"Map <{number}>", slug=f"many-{number}")
    page = desk(analyst).open("claim_changelist", query=f"?status=draft&q=ships&map={full.pk}")
    html = page.content.decode()
    assert f'<option value="{full.pk}" selected>{full.title} (2)</option>' in html
    assert "Map &lt;3&gt; (0)</option>" in html
    assert ("status", "draft") in specs(page)["map"].sent_along
    assert '<input type="hidden" name="q" value="ships">' in html
    everything = desk(analyst).open("claim_changelist", query="?map=&status=draft")
    assert everything.context["cl"].result_count == 4


def test_single_sources_are_offered_once_a_map_is_chosen(
    desk: Desks, analyst: User, full: ArgumentMap
) -> None:
    page = desk(analyst).open("evidence_changelist")
    assert numbers(page, "source") == {"some": 1, "none": 1}
    assert "Filter by map to choose one source." in page.content.decode()
    log = Source.objects.get(map=full, key="S1")
    page = desk(analyst).open("evidence_changelist", query=f"?map={full.pk}")
    assert numbers(page, "source") == {"some": 1, str(log.pk): 1, "none": 1}
    page = desk(analyst).open("evidence_changelist", query=f"?source={log.pk}")
    assert keys(page) == ["E1"]
    assert "S1 The harbour master&#x27;s log" in page.content.decode()


def test_unanswered_questions_are_those_of_comments_and_of_schemes(
    desk: Desks, analyst: User, full: ArgumentMap
) -> None:
    at_work = desk(analyst)
    assert keys(at_work.open("claim_changelist", query="?question=asked")) == ["C2"]
    assert keys(at_work.open("claim_changelist", query="?question=unanswered")) == ["C1"]
    assert keys(at_work.open("evidence_changelist", query="?question=unanswered")) == ["E1", "E2"]
    assert keys(at_work.open("inference_changelist", query="?question=unanswered")) == ["I1"]
    inference = Inference.objects.get(map=full, key="I1")
    for question in inference.scheme.questions.all() if inference.scheme else ():
        Answer.objects.create(
            map=full, inference=inference, question=question, author_name="a", says="satisfied"
        )
    assert not keys(at_work.open("claim_changelist", query="?question=unanswered"))
    assert not keys(at_work.open("inference_changelist", query="?question=unanswered"))


def test_the_day_of_the_last_change_is_found_step_by_step(
    desk: Desks, analyst: User, full: ArgumentMap
) -> None:
    made = Statement.objects.get(map=full, key="C2").changed_in
    Change.objects.filter(map=full, version=made).update(at="2017-02-16T12:00:00Z")
    at_work = desk(analyst)
    for query, shown in (("", "2017"), ("?changed=2017", "2017-02"), ("?changed=2017-02", None)):
        page = at_work.open("claim_changelist", query=query)
        found = numbers(page, "changed")
        assert found[shown or "2017-02-16"] == 1
    assert keys(at_work.open("claim_changelist", query="?changed=2017-02-16")) == ["C2"]
    html = at_work.open("claim_changelist", query="?changed=2017-02-16").content.decode()
    assert "16 February 2017" in html
    assert "16 Feb 2017</time> analyst" in html


@pytest.mark.parametrize(
    "query", ["changed=2017-99", "changed=²", "source=x", "alike=%00", "map=²"]
)
def test_what_no_choice_offers_finds_nothing(
    desk: Desks, analyst: User, full: ArgumentMap, query: str
) -> None:
    for name in ("claim", "source"):
        answer = desk(analyst).open(f"{name}_changelist", query=f"?{query}")
        assert answer.status_code in {200, 302}
        if answer.status_code == 200:
            assert answer.context["cl"].result_count == 0


# --- What one may not read ----------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
def test_filters_neither_name_nor_count_what_may_not_be_read(
    desk: Desks,
    analyst: User,
    admin: User,
    outsider: User,
    full: ArgumentMap,
    hidden_map: ArgumentMap,
    name: str,
) -> None:
    on: dict[str, Any] = {"actor": outsider, "argument_map": hidden_map}
    for key in ("C1", "E1", "K1"):
        actions.edit_statement(**on, key=key, tags=["covert tag"], status="contested")
    actions.edit_source(**on, key="S1", title="Mild", url="https://x.example/a")
    mine = desk(analyst).open(f"{name}_changelist")
    alls = desk(admin).open(f"{name}_changelist")
    assert "overt" not in mine.content.decode()
    assert str(hidden_map.pk) not in numbers(mine, "map")
    assert sum(numbers(alls, "map").values()) == sum(numbers(mine, "map").values()) + 1
    if name == "source":
        assert (numbers(mine, "alike")["title"], numbers(alls, "alike")["title"]) == (2, 4)
    theirs = Source.objects.get(map=hidden_map)
    if name not in {"inference", "source"}:
        query = f"?map={hidden_map.pk}&source={theirs.pk}"
        asked = desk(analyst).open(f"{name}_changelist", query=query)
        assert asked.context["cl"].result_count == 0
        assert str(theirs.pk) not in numbers(asked, "source")


# --- Search -------------------------------------------------------------------------------------


FOUND = {
    "WINTER": ["C1"],
    "ships wait": ["C2", "C3"],
    "ships ice": [],
    '"ships wait."': ["C2"],
    "c4": ["C4"],
    "ZÜRICH": ["C5"],
    "zurich": ["C5"],
    "ΑΘΗΝΑ": ["C5"],
    "αθήνα": ["C5"],
    "100%": ["C5"],
    "100_": [],
    "c": [],
}


@pytest.mark.parametrize("asked", FOUND)
def test_every_word_is_found_whatever_its_case_and_accents(
    desk: Desks, analyst: User, full: ArgumentMap, asked: str
) -> None:
    actions.add_statement(
        actor=analyst,
        argument_map=full,
        kind="claim",
        text="Zürich freezes.",
        title="Wie in Αθήνα",
        note="Now 100% known.",
    )
    page = desk(analyst).open("claim_changelist", query=f"?map={full.pk}")
    assert len(keys(page)) == 5
    answer = desk(analyst).client.get(page.request["PATH_INFO"], {"q": asked, "map": full.pk})
    if asked == "c":
        assert answer.context["cl"].result_count > 0
    else:
        assert [row.key for row in answer.context["cl"].result_list] == FOUND[asked]


@pytest.mark.parametrize("asked", ["forty no ship", "master's LOG", "X1", "ice forty"])
def test_statements_are_found_by_what_they_rest_on(
    desk: Desks, analyst: User, full: ArgumentMap, asked: str
) -> None:
    actions.attach_text(
        actor=analyst,
        argument_map=full,
        key="S1",
        data=b"Winter\n\nOne.\n\nOn forty days no ship came in.\n",
        media_type="text/plain",
    )
    answer = desk(analyst).client.get("/admin/argmap/evidence/", {"q": asked})
    assert [row.key for row in answer.context["cl"].result_list] == (
        [] if asked == "X1" else ["E1"]
    )


@pytest.mark.parametrize(
    ("name", "asked", "found"),
    [
        ("inference", "dear again", ["I1"]),
        ("inference", "SIGN blocked", ["I1"]),
        ("inference", "coldest", ["I2"]),
        ("inference", "i3", ["I3"]),
        ("inference", "k1", ["I2"]),
        ("source", "pilot", ["S1"]),
        ("source", "harbour log", ["S1", "S2"]),
        ("excerpt", "s1 harbour", ["X1"]),
        ("excerpt", "E1", ["X1"]),
    ],
)
def test_the_other_lists_are_searched_alike(
    desk: Desks, analyst: User, full: ArgumentMap, name: str, asked: str, found: list[str]
) -> None:
    answer = desk(analyst).client.get(f"/admin/argmap/{name}/", {"q": asked})
    assert [row.key for row in answer.context["cl"].result_list] == found


def test_authors_are_searched_whatever_their_accents(
    desk: Desks, analyst: User, full: ArgumentMap
) -> None:
    actions.edit_source(actor=analyst, argument_map=full, key="S2", authors=["A", "Ö. Müller"])
    assert keys(desk(analyst).open("source_changelist", query="?q=o.+muller")) == ["S2"]


def test_comments_and_changes_are_searched(desk: Desks, analyst: User, full: ArgumentMap) -> None:
    for name, asked, number in (
        ("comment", "WHY", 1),
        ("comment", "c2 reviewer", 1),
        ("comment", "c1", 0),
        ("change", "K1", 1),
        ("change", "reviewer", 2),
    ):
        page = desk(analyst).client.get(f"/admin/argmap/{name}/", {"q": asked})
        assert (name, asked, page.context["cl"].result_count) == (name, asked, number)


# --- Order and columns --------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*LISTS, "excerpt", "comment", "change"])
def test_each_column_sorts_both_ways(
    desk: Desks, analyst: User, full: ArgumentMap, name: str
) -> None:
    page = desk(analyst).open(f"{name}_changelist")
    columns = range(1, len(page.context["cl"].list_display))
    for column in columns:
        for way in ("", "-"):
            sorted_ = desk(analyst).open(f"{name}_changelist", query=f"?o={way}{column}")
            assert {row.pk for row in sorted_.context["cl"].result_list} == {
                row.pk for row in page.context["cl"].result_list
            }


@pytest.mark.parametrize(
    ("column", "first"),
    [
        ("founded", "C3"),
        ("supports", "C1"),
        ("probable", "C5"),
        ("changed", "C1"),
        ("open_comments", "C2"),
    ],
)
def test_the_most_of_a_column_comes_first(
    desk: Desks, analyst: User, full: ArgumentMap, column: str, first: str
) -> None:
    on: dict[str, Any] = {"actor": analyst, "argument_map": full}
    actions.add_statement(
        **on, kind="claim", text="Sure.", likelihood="almost_certain", confidence="high"
    )
    actions.add_inference(**on, stance="support", premises=["E2"], conclusion="C1")
    actions.edit_statement(**on, key="C1", note="The last change.", confidence="moderate")
    page = desk(analyst).open("claim_changelist", query=f"?map={full.pk}")
    place = page.context["cl"].list_display.index(column)
    by_it = desk(analyst).open("claim_changelist", query=f"?map={full.pk}&o=-{place}")
    assert keys(by_it)[0] == first


def test_columns_tell_in_short_how_a_statement_is_judged_and_who_changed_it(
    desk: Desks, analyst: User, editor: User, full: ArgumentMap
) -> None:
    on: dict[str, Any] = {"actor": editor, "argument_map": full}
    actions.edit_statement(**on, key="C1", confidence="moderate")
    html = desk(analyst).open("claim_changelist", query="?q=c1").content.decode()
    assert '<abbr title="Likely">55–80 %</abbr>' in html
    assert '<td class="field-founded">moderate</td>' in html
    assert "</time> editor" in html
    html = desk(analyst).open("evidence_changelist").content.decode()
    assert '<abbr title="2 · probably true">2</abbr>' in html


def test_the_map_is_a_column_only_where_there_are_several(
    desk: Desks, analyst: User, viewer: User, full: ArgumentMap
) -> None:
    def shows(person: User, query: str = "") -> bool:
        page = desk(person).open("claim_changelist", query=query)
        return "map_shown" in page.context["cl"].list_display

    assert shows(analyst)
    assert not shows(analyst, f"?map={full.pk}")
    assert not shows(viewer)


# --- What is kept -------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_of_a_map_is_read_again_once_it_changes(
    desk: Desks, analyst: User, reviewer: User, full: ArgumentMap
) -> None:
    at_work = desk(analyst)

    def told(name: str, value: str) -> int:
        return numbers(at_work.open("claim_changelist"), name).get(value, 0)

    assert (told("status", "accepted"), told("question", "asked")) == (0, 1)
    actions.edit_statement(actor=analyst, argument_map=full, key="C1", status="accepted")
    actions.add_comment(actor=reviewer, argument_map=full, about="C1", kind="question", body="How?")
    assert (told("status", "accepted"), told("question", "asked")) == (1, 2)
    actions.undo(actor=analyst, argument_map=full)
    assert told("status", "accepted") == 0


@pytest.mark.django_db(transaction=True)
def test_what_a_search_found_is_kept_until_something_is_written(
    desk: Desks, analyst: User, full: ArgumentMap
) -> None:
    def found(person: User) -> tuple[list[str], int]:
        with CaptureQueriesContext(connection) as asked:
            page = desk(person).open("claim_changelist", query="?q=tugs")
        return keys(page), len([each for each in asked if "tugs" in each["sql"]])

    actions.edit_statement(actor=analyst, argument_map=full, key="C1", note="Tugs are dear.")
    assert found(analyst) == (["C1"], 1)
    assert found(analyst) == (["C1"], 0)
    actions.edit_statement(actor=analyst, argument_map=full, key="C1", note="")
    assert found(analyst) == ([], 1)


@pytest.mark.parametrize("digits", ["9" * 20, "9" * 5_000])
@pytest.mark.parametrize(
    "address",
    [
        "statement/?map={}",
        "source/?map={}",
        "claim/?map={}&source={}",
        "claim/add/?map={}",
        "source/merge/?ids={}",
        "claim/bulk/tags/?ids={}&seen={}:{}",
        "argumentmap/1/elements/?letters=C&page={}",
    ],
)
def test_a_number_that_no_database_holds_finds_nothing(
    address: str, digits: str, desk: Desks, a_map: ArgumentMap, analyst: User
) -> None:
    client = desk(analyst).client
    response = client.get(f"/admin/argmap/{address.format(*[digits] * 3)}", follow=True)
    assert response.status_code in (200, 403, 404)
