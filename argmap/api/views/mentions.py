"""Where comments call one by name."""

from __future__ import annotations

from typing import Any, cast

import django_filters
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from argmap import actions
from argmap.api.base import ApiView
from argmap.api.etags import require_match, tagged
from argmap.api.filters import YesOrNo
from argmap.api.serializers.inbox import MarkedSerializer, MarkSerializer, MentionSerializer
from argmap.models import Mention
from argmap.review import mentions_of


class MentionFilter(django_filters.FilterSet):
    """Which mentions to list."""

    map = django_filters.CharFilter("comment__map__slug", label="The slug of a map.")
    read = YesOrNo(
        "read_at", lookup_expr="isnull", exclude=True, label="Whether one has read them."
    )

    class Meta:
        model = Mention
        fields: tuple[str, ...] = ()


@method_decorator(conditional_page, name="dispatch")
class MentionViewSet(ApiView, GenericViewSet[Mention]):
    """The comments that call one by name, on maps that one may read, the latest first."""

    queryset = Mention.objects.all()
    serializer_class = MentionSerializer
    filterset_class = MentionFilter

    def get_queryset(self) -> QuerySet[Mention]:
        """Return the asker's mentions."""
        return mentions_of(self.request.user)

    def list(self, request: Request) -> Response:
        """List them, a page at a time."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return tagged(self.get_paginated_response(self.get_serializer(rows, many=True).data))

    @extend_schema(
        operation_id="mentions_mark",
        request=MarkSerializer,
        responses=MarkedSerializer,
        filters=False,
    )
    def mark(self, request: Request) -> Response:
        """Mark some as read."""
        require_match(request, self.list(request).headers["ETag"])
        given = MarkSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        sent: dict[str, Any] = given.validated_data
        person = cast(User, request.user)
        marked = actions.read_mentions(user=person, comments=sent["numbers"])
        return Response(MarkedSerializer({"marked": marked}).data)
