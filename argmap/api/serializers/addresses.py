"""The addresses of rows that are named by a number, on their map."""

from __future__ import annotations

from typing import Any

from rest_framework.relations import HyperlinkedIdentityField
from rest_framework.request import Request
from rest_framework.reverse import reverse


class NumberedAddress(HyperlinkedIdentityField):
    """The address of a row on the view's map, by the number that `lookup_field` holds."""

    def get_url(self, obj: Any, view_name: str, request: Request | None, format: str | None) -> str:  # noqa: A002
        """Return the address in full."""
        where = {
            "slug": self.context["view"].map.slug,
            "number": getattr(obj, self.lookup_field),
        }
        return reverse(view_name, kwargs=where, request=request)
