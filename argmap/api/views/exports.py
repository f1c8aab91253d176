"""Maps as files."""

from __future__ import annotations

from collections.abc import Iterable

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
from argmap.api.filters import require_known
from argmap.api.views.graph import ViewSerializer, wanted_view
from argmap.graphs import load_graph
from argmap.models import Scheme
from argmap.render import available_engine

NATIVE = "json"


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
            OpenApiParameter(
                "include",
                str,
                description="For json alone: what to add to the graph, with commas between: "
                f"{', '.join(exports.PARTS)}. Ratings, which are given blind, and rounds are in "
                "no file.",
            ),
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
        if known.name == NATIVE:
            return self._native(known)
        require_known(request, ViewSerializer().fields if known.draws else ())
        look = _look() if known.draws else ()
        return self.answer(
            lambda: [self.map.version, *look], lambda: self._file(known, self._written(known))
        )

    def _native(self, known: exports.Export) -> HttpResponseBase:
        """Give the graph, and with it what people say of it where that is asked for."""
        require_known(self.request, ("include",))
        parts = _parts(self.request.GET.get("include", ""))
        if not parts:
            return self.answer(
                lambda: [self.map.version], lambda: self._file(known, self._written(known))
            )
        return self.answer(
            lambda: self.map.activity,
            lambda: self._file(known, exports.write_with(self.map, parts)),
        )

    def _written(self, known: exports.Export) -> bytes:
        graph = load_graph(self.map)
        view = wanted_view(self.request, graph) if known.draws else None
        return exports.write(graph, known.name, view)

    def _file(self, known: exports.Export, content: bytes) -> HttpResponse:
        name = f"{self.map.slug}{known.suffix}"
        return HttpResponse(
            content,
            content_type=known.media_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def _parts(given: str) -> list[str]:
    """Return the parts that are asked for, each once. Raises ValidationError for an unknown one."""
    parts = list(dict.fromkeys(part for part in given.split(",") if part))
    for part in parts:
        if part not in exports.PARTS:
            listed = ", ".join(exports.PARTS)
            raise ValidationError({"include": f'There is no "{part}" to include: {listed}.'})
    return parts


def _look() -> list[object]:
    """Return what a drawing shows besides the graph: schemes' names, in this Graphviz's layout."""
    engine = available_engine()
    names = Scheme.objects.order_by("slug").values_list("slug", "name")
    return [engine.label if engine else "", list(names)]
