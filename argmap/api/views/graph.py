"""The graph whole, or a part of it: for clients that draw, and for files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from argmap.api.base import MapView
from argmap.api.filters import require_known
from argmap.api.serializers.graph import GraphSerializer, graph_record
from argmap.core.focus import BUDGET, DEPTH, View, focused, whole
from argmap.core.graph import Graph
from argmap.core.limits import STATEMENTS_LIMIT
from argmap.graphs import load_graph

DEEPEST = 20


class ViewSerializer(serializers.Serializer[Any]):
    """Which part of a graph is wanted: all of it, unless the query names a focus."""

    focus = serializers.CharField(
        required=False, help_text="The key of a statement or an inference to look around."
    )
    depth = serializers.IntegerField(
        default=DEPTH, min_value=1, max_value=DEEPEST, help_text="Steps around the focus."
    )
    boxes = serializers.IntegerField(
        default=BUDGET,
        min_value=1,
        max_value=STATEMENTS_LIMIT,
        help_text="The most statements around the focus.",
    )


def wanted_view(request: HttpRequest | Request, graph: Graph) -> View:
    """Return the part of `graph` that the query asks for. Raises ValidationError."""
    asked = ViewSerializer(data=request.GET)
    asked.is_valid(raise_exception=True)
    key = asked.validated_data.get("focus")
    if key is None:
        return whole(graph)
    if not graph.has(key):
        raise serializers.ValidationError({"focus": "No statement or inference has this key."})
    return focused(graph, key, asked.validated_data["depth"], asked.validated_data["boxes"])


class GraphDetail(MapView):
    """Nodes and edges, for clients that draw."""

    @extend_schema(parameters=[ViewSerializer], responses=GraphSerializer)
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Show the graph as nodes (statements and inferences) and edges between them."""
        require_known(request, ViewSerializer().fields)
        return self.answer(lambda: self.map.version, self._graph)

    def _graph(self) -> Response:
        return Response(graph_record(wanted_view(self.request, load_graph(self.map))))
