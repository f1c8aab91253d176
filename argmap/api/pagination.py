"""Lists come in pages."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

TOO_LONG = 9
"""Digits of a number that is not worth reading."""


class Pages(PageNumberPagination):
    """A hundred rows a page, five hundred at most.

    REST framework's own takes any other size for the nearest that it has, and says nothing.
    """

    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 500

    def get_page_size(self, request: Request) -> int:
        """Return how many rows a page has. Raises ValidationError."""
        size = request.query_params.get(self.page_size_query_param, str(self.page_size))
        if size.isascii() and size.isdigit() and len(size) < TOO_LONG:
            number = int(size)
            if 1 <= number <= self.max_page_size:
                return number
        told = f"This is a whole number from 1 to {self.max_page_size}."
        raise ValidationError({self.page_size_query_param: told})

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return the two parameters, each with what it takes."""
        page, size = super().get_schema_operation_parameters(view)
        page["schema"] |= {"minimum": 1, "default": 1}
        size["schema"] |= {"minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        return [page, size]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the schema of a page. REST framework's own says null as OpenAPI 3.0 did."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "properties": {
                "count": {"type": "integer", "description": "Rows on all pages."},
                "next": link,
                "previous": link,
                "results": schema,
            },
            "required": ["count", "next", "previous", "results"],
        }
