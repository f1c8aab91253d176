"""One's own tokens."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from argmap import actions
from argmap.api.authentication import PROGRAM
from argmap.api.base import ApiView, created
from argmap.api.etags import require_match, tagged
from argmap.api.serializers.tokens import (
    MadeTokenSerializer,
    NewTokenSerializer,
    TokenSerializer,
)
from argmap.models import ApiToken


@method_decorator(conditional_page, name="dispatch")
class TokenViewSet(ApiView, ListModelMixin, RetrieveModelMixin, GenericViewSet[ApiToken]):
    """The tokens that one has made, without their secrets."""

    queryset = ApiToken.objects.order_by("-created_at", "-pk")
    serializer_class = TokenSerializer
    lookup_field = "pk"
    lookup_url_kwarg = "number"

    def get_queryset(self) -> QuerySet[ApiToken]:
        """Return the asker's tokens."""
        return super().get_queryset().filter(user=cast(User, self.request.user))

    def list(self, request: Request) -> Response:
        """List one's tokens."""
        return tagged(super().list(request))

    def retrieve(self, request: Request, number: int) -> Response:
        """Show one of one's tokens."""
        return tagged(super().retrieve(request, number))

    @extend_schema(request=NewTokenSerializer, responses={201: MadeTokenSerializer})
    def create(self, request: Request) -> Response:
        """Make a token; the answer alone has its secret. This takes a session, not a token."""
        if request.auth == PROGRAM:
            # A token that leaks could otherwise outlive its own end.
            raise PermissionDenied("A token cannot make tokens: sign in with a session.")
        require_match(request, self.list(request).headers["ETag"])
        given = NewTokenSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        token, secret = actions.make_token(user=cast(User, request.user), **given.validated_data)
        context = {**self.get_serializer_context(), "secret": secret}
        shown = MadeTokenSerializer(token, context=context).data
        return created(shown)

    def destroy(self, request: Request, number: int) -> Response:
        """End a token."""
        require_match(request, self.retrieve(request, number).headers["ETag"])
        if not actions.revoke_token(user=cast(User, request.user), pk=number):
            raise Http404("You have no such token.")
        return Response(status=204)
