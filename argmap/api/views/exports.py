"""Maps as files."""

from __future__ import annotations

from collections.abc import Container, Iterable

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from argmap import exports
from argmap.api.base import MapView
from argmap.api.views.graph import ViewSerializer, wanted_view
from argmap.graphs import load_graph
from argmap.models import Scheme
from argmap.render import available_engine


class ByAddress(BaseContentNegotiation):
    """The address names the format, so the Accept header has no say."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return any renderer: files are not rendered by one."""
        first = next(iter(renderers))
        return first, first.media_type or ""


class ExportDetail(MapView):
    """One map in one format, to keep."""

    content_negotiation_class = ByAddress

    @extend_schema(
        parameters=[
            ViewSerializer,
            OpenApiParameter("file_format", str, "path", enum=list(exports.EXPORTS)),
        ],
        responses={
            (200, each.media_type): OpenApiTypes.BINARY for each in exports.EXPORTS.values()
        },
    )
    def get(self, request: Request, slug: str, file_format: str) -> HttpResponseBase:
        """Give the map as a file. Of a drawing one may ask for a part."""
        known = exports.EXPORTS.get(file_format)
        if known is None:
            listed = ", ".join(exports.EXPORTS)
            raise Http404(f"There is no such format: the formats are {listed}.")
        require_known(request, ViewSerializer().fields if known.draws else ())
        look = _look() if known.draws else ()
        return self.answer(lambda: [self.map.version, *look], lambda: self._file(known))

    def _file(self, known: exports.Export) -> HttpResponse:
        graph = load_graph(self.map)
        view = wanted_view(self.request, graph) if known.draws else None
        name = f"{self.map.slug}{known.suffix}"
        return HttpResponse(
            exports.write(graph, known.name, view),
            content_type=known.media_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def require_known(request: Request, names: Container[str]) -> None:
    """Refuse a query that nothing here reads: who asks for version 3 must not get version 4."""
    unknown = {
        name: "Nothing here is asked by this name." for name in request.GET if name not in names
    }
    if unknown:
        raise ValidationError(unknown)


def _look() -> list[object]:
    """Return what a drawing shows besides the graph: schemes' names, in this Graphviz's layout."""
    engine = available_engine()
    names = Scheme.objects.order_by("slug").values_list("slug", "name")
    return [engine.label if engine else "", list(names)]
