"""What deserves a look in a map."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from argmap.api.base import MapView
from argmap.api.filters import require_known
from argmap.api.serializers.graph import ProblemSerializer, problem_record
from argmap.core.problems import lint
from argmap.graphs import load_graph


class ProblemList(MapView):
    """Unsupported, orphaned, circular, duplicated, ungraded."""

    @extend_schema(responses=ProblemSerializer(many=True))
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """List what deserves a look, the heaviest first; a map without any has an empty list."""
        require_known(request)
        return self.answer(lambda: self.map.version, self._problems)

    def _problems(self) -> Response:
        return Response([problem_record(each) for each in lint(load_graph(self.map))])
