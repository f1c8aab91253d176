"""What is said of the API itself, to anyone: where to start, its schema, its documentation."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, inline_serializer
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from argmap.api.base import ApiView
from argmap.api.views.exports import ByAddress
from argmap.core.formats import schema_text

STARTS = {
    "maps": "api:maps",
    "schemes": "api:schemes",
    "inbox": "api:inbox",
    "mentions": "api:mentions",
    "digest": "api:digest",
    "tokens": "api:tokens",
    "format": "api:format-schema",
    "schema": "api:schema",
    "docs": "api:docs",
}


@method_decorator(conditional_page, name="dispatch")
class Root(ApiView):
    """Where to start."""

    permission_classes = [AllowAny]

    @extend_schema(
        responses=inline_serializer("Root", {name: serializers.URLField() for name in STARTS})
    )
    def get(self, request: Request) -> Response:
        """List the addresses to start from."""
        return Response({name: reverse(view, request=request) for name, view in STARTS.items()})


@method_decorator(conditional_page, name="dispatch")
class FormatSchema(ApiView):
    """The JSON Schema of the native format."""

    permission_classes = [AllowAny]
    content_negotiation_class = ByAddress

    @extend_schema(responses={(200, "application/schema+json"): OpenApiTypes.OBJECT})
    def get(self, request: Request) -> HttpResponse:
        """Give the schema (draft 2020-12) that every export keeps."""
        return HttpResponse(schema_text(), content_type="application/schema+json")


@method_decorator(conditional_page, name="dispatch")
class Schema(ApiView, SpectacularAPIView):
    """This API in OpenAPI 3.1."""

    permission_classes = [AllowAny]
    renderer_classes = [OpenApiJsonRenderer, OpenApiYamlRenderer]


@method_decorator(conditional_page, name="dispatch")
class Docs(ApiView, SpectacularSwaggerSplitView):
    """The documentation: a page to read and to try things on, with its script in a file."""

    permission_classes = [AllowAny]
    url_name = "api:schema"
    template_name = "api/docs.html"


class Nowhere(ApiView):
    """Every other address under /api/v1/: its 404 looks like all others."""

    permission_classes = [AllowAny]
    content_negotiation_class = ByAddress

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse every verb."""
        super().initial(request, *args, **kwargs)
        raise Http404("There is nothing at this address.")
