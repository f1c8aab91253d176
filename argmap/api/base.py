"""What every view of the API does, and every view of one map."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar, cast

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from argmap import access
from argmap.actions import Gone
from argmap.api.etags import etag_of, is_known, require_match
from argmap.api.filters import LARGEST
from argmap.core.kinds import Role
from argmap.models import ArgumentMap

Answer = Any
"""What REST framework's stubs call a Response may be any response of Django's."""

Row = TypeVar("Row", bound=models.Model)

VARY = ("Authorization", "Cookie", "Accept")


class ApiView(APIView):
    """Sets the headers that go with each answer, and counts a request before it asks for access."""

    # What OPTIONS would tell is in the schema.
    http_method_names = ["get", "head", "post", "patch", "delete"]

    def perform_authentication(self, request: Request) -> None:
        """Sign in, and then look at the throttles: whoever guesses at addresses is counted too."""
        super().perform_authentication(request)
        super().check_throttles(request)

    def check_throttles(self, request: Request) -> None:
        """Do nothing after the permissions: it is done."""

    def finalize_response(
        self, request: Request, response: Answer, *args: Any, **kwargs: Any
    ) -> Answer:
        """Let no shared cache keep an answer, and a browser's only ask again."""
        final = super().finalize_response(request, response, *args, **kwargs)
        final.headers["Cache-Control"] = "private, no-cache"
        patch_vary_headers(final, VARY)
        return final


def created(shown: Mapping[str, Any]) -> Response:
    """Return the answer to whoever made something: what it looks like now, and where it is.

    REST framework's addresses are a subclass of str, which wsgiref refuses in a header.
    """
    return Response(shown, status=201, headers={"Location": str(shown["address"])})


class OnMap(BasePermission):
    """Fetches the map that the address names, and asks what may be done with it (one query)."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Give the view its map and role, or raise what the asker is to be told."""
        on_map = cast("MapView", view)
        writes = request.method in {*on_map.allowed_methods} - {*SAFE_METHODS}
        needed = on_map.writes_need if writes else Role.VIEWER
        try:
            on_map.map, on_map.role = access.find_map(request.user, view.kwargs["slug"], needed)
        except access.SignInNeeded as error:
            raise NotAuthenticated from error
        return True


class MapView(ApiView):
    """A view of one map, which its permission has fetched."""

    permission_classes = [OnMap]
    writes_need = Role.EDITOR
    map: ArgumentMap
    role: Role

    @property
    def person(self) -> User:
        """Who writes: nobody gets as far as this without being signed in."""
        return cast(User, self.request.user)

    def tag(self, state: object) -> str:
        """Return the tag of what this address shows at `state`."""
        return etag_of(self.map.uuid, state, self.role, self.request.get_full_path())

    def answer(
        self, state: Callable[[], object], build: Callable[[], HttpResponseBase]
    ) -> HttpResponseBase:
        """Return 304 where the reader has the present state, else what `build` makes, tagged.

        `state` is asked again afterwards: a graph that someone wrote meanwhile is read anew.
        """
        tag = self.tag(state())
        require_match(self.request, tag)
        response = HttpResponseNotModified() if is_known(self.request, tag) else build()
        response.headers["ETag"] = self.tag(state())
        return response

    @contextmanager
    def unchanged(self, state: Callable[[], object]) -> Iterator[None]:
        """Open a transaction in which `state` is the one that If-Match names, until it ends.

        The map's row is held meanwhile, as each action does: nobody writes between the check and
        the write. Without If-Match there is nothing to hold it for.
        """
        with transaction.atomic():
            if "If-Match" in self.request.headers:
                self.map = self._held()
                require_match(self.request, self.tag(state()))
            yield

    def _held(self) -> ArgumentMap:
        held = ArgumentMap.objects.select_for_update().filter(pk=self.map.pk).first()
        if held is None:
            raise Gone("The map was deleted meanwhile.")
        return held


class MapRows(MapView, GenericAPIView[Row]):
    """A view of one table's rows on one map, which the path `on_map` leads to."""

    on_map = "map"

    def get_queryset(self) -> QuerySet[Row]:
        """Return the map's rows."""
        return super().get_queryset().filter(**{self.on_map: self.map})

    def page(self) -> Response:
        """Return the page of rows that the query asks for."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)


class NumberedRows(MapRows[Row]):
    """A view of rows that addresses name by a number, which the path `numbered_by` leads to."""

    noun: ClassVar[str]
    """What one of them is called."""

    numbered_by = "pk"

    def find(self, number: int) -> Row:
        """Return one of the rows. Raises Http404."""
        rows = self.get_queryset()
        # SQLite takes no larger number, and nothing has one.
        row = rows.filter(**{self.numbered_by: number}).first() if number <= LARGEST else None
        if row is None:
            raise Http404(f"This map has no {self.noun} {number}.")
        return row

    def shown(self, number: int) -> dict[str, Any]:
        """Return one of the rows as it is shown. Raises Http404."""
        return dict(self.get_serializer(self.find(number)).data)
