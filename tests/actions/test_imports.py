from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap import actions, graphs
from argmap.audit import audit
from argmap.core.formats.native import dump, load
from argmap.core.graph import Graph, Inference, Source, Statement
from argmap.core.kinds import Kind, Role, Stance, Verb
from argmap.exports import PARTS, write_with
from argmap.models import ArgumentMap, Change, Scheme
from tests.core.maps import graph_of, support
from tests.said import Asked, said_of
from tests.strategies import graphs as any_graph


@pytest.mark.django_db
@given(graph=any_graph())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_comes_in_goes_out_the_same_bytes(graph: Graph) -> None:
    made = actions.import_graph(actor=None, graph=graph).map
    try:
        out = graphs.load_graph(made)
        assert dump(out).replace(f'"slug": "{made.slug}"', f'"slug": "{graph.slug}"') == dump(graph)
    finally:
        actions.delete_map(actor=None, argument_map=made)


ASKED = (Asked("said", 1, "How strong?"), Asked("said", 3, "What else?"))


def asks() -> None:
    """Let the questions that the files below answer be asked here."""
    scheme = Scheme.objects.create(slug="said", name="Said")
    for _, order, text in ASKED:
        scheme.questions.create(order=order, text=text)


@pytest.mark.django_db
@given(data=st.data(), graph=any_graph(2))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_people_say_comes_in_and_goes_out_the_same_bytes(
    data: st.DataObject, graph: Graph
) -> None:
    if not Scheme.objects.filter(slug="said").exists():
        asks()
    written = dump(graph, **data.draw(said_of(graph, ASKED))._asdict())
    file = load(written)
    made = actions.import_graph(
        actor=None,
        graph=file.graph,
        comments=file.comments,
        reviews=file.reviews,
        answers=file.answers,
    )
    try:
        assert made.losses == ()
        out = write_with(made.map, PARTS).decode()
        assert out.replace(f'"slug": "{made.map.slug}"', f'"slug": "{graph.slug}"', 1) == written
        assert not audit(made.map)
    finally:
        actions.delete_map(actor=None, argument_map=made.map)


ANSWER = {
    "inference": "I1",
    "scheme": "said",
    "question": 1,
    "asks": "How strong?",
    "says": "not_satisfied",
    "author": "reviewer",
    "at": "2017-02-16T09:30:00Z",
    "version": 0,
}


def test_an_answer_to_what_is_not_asked_here_is_a_loss_that_names_it(
    analyst: User, reviewer: User
) -> None:
    asks()
    graph = graph_of(support("I1", "E1", "C1"))
    elsewhere = {**ANSWER, "scheme": "tea-leaves"}
    another = {**ANSWER, "asks": "How weak?"}
    made = actions.import_graph(
        actor=None, graph=graph, owner=analyst, answers=[elsewhere, ANSWER, another, ANSWER]
    )
    assert [str(loss) for loss in made.losses] == [
        (
            'answers[0]: what reviewer answered to question 1 of the scheme "tea-leaves": '
            '"How strong?", which is not asked here'
        ),
        (
            'answers[2]: what reviewer answered to question 1 of the scheme "said": "How weak?", '
            "which asks something else here"
        ),
    ]
    # Each person has one answer to a question: the second is somebody's of the same name.
    assert [row.author for row in made.map.answers.order_by("pk")] == [reviewer, None]
    assert not Scheme.objects.filter(slug="tea-leaves").exists()
    logged = Change.objects.get(map=made.map).items.filter(type="answer")
    assert [(each.after or {})["question"] for each in logged] == [1, 1]


def test_an_import_keeps_keys_and_version_and_leaves_one_change(
    a_map: ArgumentMap, outsider: User
) -> None:
    graph = graphs.load_graph(a_map)

    made = actions.import_graph(actor=outsider, graph=graph, owner=outsider).map

    assert (made.slug, made.version) == ("harbour-2", a_map.version)
    assert made.memberships.get().role == Role.OWNER
    change = Change.objects.get(map=made)
    assert (change.verb, change.activity, change.version) == (Verb.IMPORT, 1, a_map.version)
    keys = set(change.items.exclude(type="map").values_list("key", flat=True))
    assert keys == {"C1", "E1", "E2", "K1", "I1", "I2", "S1", "X1"}


def test_keys_of_the_file_are_not_handed_out_again(analyst: User) -> None:
    graph = Graph(title="Gaps", statements=(Statement(key="C40", kind=Kind.CLAIM, text="Far on."),))
    made = actions.import_graph(actor=analyst, graph=graph, owner=analyst).map

    added = actions.add_statement(actor=analyst, argument_map=made, kind="claim", text="Next.")

    assert added.key == "C41"


def test_unknown_schemes_are_made_bare_and_reported(analyst: User) -> None:
    statements = tuple(
        Statement(key=key, kind=Kind.CLAIM, text=f"{key} holds.") for key in ("C1", "C2")
    )
    step = Inference(
        key="I1", stance=Stance.SUPPORT, premises=("C2",), conclusion="C1", scheme="tea-leaves"
    )
    graph = Graph(title="Odd", statements=statements, inferences=(step,))

    made = actions.import_graph(actor=analyst, graph=graph)

    assert made.new_schemes == ("tea-leaves",)
    assert Scheme.objects.get(slug="tea-leaves").name == "Tea leaves"


def test_what_the_tables_refuse_names_its_place_and_nothing_is_written(analyst: User) -> None:
    graph = Graph(
        title="Bad",
        sources=(
            Source(key="S1", title="Good"),
            Source(key="S2", title="Bad", url="javascript:alert(1)"),
        ),
    )

    with pytest.raises(ValidationError, match=r"sources\[1\]\.url"):
        actions.import_graph(actor=analyst, graph=graph)

    assert not ArgumentMap.objects.exists()
