"""A graph as nodes and edges, and what deserves a look in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rest_framework import serializers

from argmap.core.focus import View
from argmap.core.graph import Inference, Statement
from argmap.core.kinds import Kind, Marking, Stance, Status
from argmap.core.problems import Code, Problem, Weight

STATEMENT, INFERENCE = "statement", "inference"
PREMISE, CONCLUSION = "premise", "conclusion"


class NodeSerializer(serializers.Serializer[Any]):
    """A statement, or an inference: linked premises meet in it, and an undercut ends on it."""

    id = serializers.CharField(help_text="The key.")
    type = serializers.ChoiceField([STATEMENT, INFERENCE])
    label = serializers.CharField(help_text="What a box can show.")  # type: ignore[assignment]
    kind = serializers.ChoiceField(Kind.choices(), required=False)
    status = serializers.ChoiceField(Status.choices(), required=False)
    text = serializers.CharField(required=False)
    hidden = serializers.IntegerField(
        required=False, help_text="Statements bearing on this one that are not among the nodes."
    )
    stance = serializers.ChoiceField(Stance.choices(), required=False)
    scheme = serializers.CharField(required=False, allow_null=True)
    weight = serializers.FloatField(required=False)


class EdgeSerializer(serializers.Serializer[Any]):
    """From a premise to its inference, or from an inference to what it bears on."""

    source = serializers.CharField()  # type: ignore[assignment]
    target = serializers.CharField()
    part = serializers.ChoiceField([PREMISE, CONCLUSION])
    stance = serializers.ChoiceField(Stance.choices())


class GraphSerializer(serializers.Serializer[Any]):
    """Nodes and edges, for clients that draw."""

    slug = serializers.CharField()
    title = serializers.CharField()
    marking = serializers.ChoiceField(Marking.choices())
    version = serializers.IntegerField()
    total = serializers.IntegerField(help_text="Statements of the whole map.")
    nodes = NodeSerializer(many=True)
    edges = EdgeSerializer(many=True)


class ProblemSerializer(serializers.Serializer[Any]):
    """One thing that deserves a look, and where it stands in the map's argmap/1."""

    code = serializers.ChoiceField(Code.choices())
    weight = serializers.ChoiceField(Weight.choices())
    key = serializers.CharField(allow_blank=True, help_text="The element's; empty for the map.")
    place = serializers.CharField()
    message = serializers.CharField()


def graph_record(view: View) -> dict[str, Any]:
    """Return a view as GraphSerializer describes it.

    Built by hand: fields would take half a second for a map of ten thousand statements.
    """
    graph = view.graph
    return {
        "slug": graph.slug,
        "title": graph.title,
        "marking": graph.marking,
        "version": graph.version,
        "total": view.total,
        "nodes": [
            *(_statement(each, view.hidden.get(each.key, 0)) for each in graph.statements),
            *(_inference(each) for each in graph.inferences),
        ],
        "edges": [edge for inference in graph.inferences for edge in _edges(inference)],
    }


def problem_record(problem: Problem) -> dict[str, Any]:
    """Return a problem as ProblemSerializer describes it."""
    return {
        "code": problem.code,
        "weight": problem.weight,
        "key": problem.key,
        "place": str(problem.place),
        "message": problem.message,
    }


def _statement(statement: Statement, hidden: int) -> dict[str, Any]:
    return {
        "id": statement.key,
        "type": STATEMENT,
        "label": statement.title or statement.text,
        "kind": statement.kind,
        "status": statement.status,
        "text": statement.text,
        "hidden": hidden,
    }


def _inference(inference: Inference) -> dict[str, Any]:
    return {
        "id": inference.key,
        "type": INFERENCE,
        "label": inference.key,
        "stance": inference.stance,
        "scheme": inference.scheme,
        "weight": inference.weight,
    }


def _edges(inference: Inference) -> Iterator[dict[str, Any]]:
    for premise in inference.premises:
        yield _edge(premise, inference.key, PREMISE, inference.stance)
    yield _edge(inference.key, inference.conclusion, CONCLUSION, inference.stance)


def _edge(source: str, target: str, part: str, stance: Stance) -> dict[str, Any]:
    return {"source": source, "target": target, "part": part, "stance": stance}
