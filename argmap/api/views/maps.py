"""Maps that the asker may read."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from argmap import access
from argmap.api.base import ApiView, MapView
from argmap.api.serializers.maps import MapDetailSerializer, MapSerializer
from argmap.core.kinds import Role
from argmap.models import ArgumentMap


class MapFilter(django_filters.FilterSet):
    """Which maps to list."""

    role = django_filters.ChoiceFilter(
        choices=Role.choices(), method="usable", label="Maps with which one may do what it may."
    )
    search = django_filters.CharFilter(method="about", label="Words of title, issue or summary.")
    order = django_filters.OrderingFilter(
        fields=("title", "changed_at", "created_at"), label="Which come first."
    )

    class Meta:
        model = ArgumentMap
        fields = ("marking", "visibility")

    def usable(self, rows: QuerySet[ArgumentMap], name: str, role: str) -> QuerySet[ArgumentMap]:
        """Keep the maps with which the asker may do what the role may."""
        return rows.filter(pk__in=access.maps_for(self.request.user, Role(role)).values("pk"))

    def about(self, rows: QuerySet[ArgumentMap], name: str, words: str) -> QuerySet[ArgumentMap]:
        """Keep the maps of which the words are said."""
        within = Q(title__icontains=words) | Q(issue__icontains=words)
        return rows.filter(within | Q(summary__icontains=words))


@method_decorator(conditional_page, name="dispatch")
class MapList(ApiView, ListAPIView[ArgumentMap]):
    """The maps that one may read: to the world, the public ones. What is counted is these alone."""

    permission_classes = [AllowAny]
    queryset = ArgumentMap.objects.all()
    serializer_class = MapSerializer
    filterset_class = MapFilter

    def get_queryset(self) -> QuerySet[ArgumentMap]:
        """Return the maps that the asker may read."""
        return access.readable_maps(self.request.user).order_by("title", "slug")


class MapDetail(MapView):
    """One map: its own fields, and where the rest of it is."""

    @extend_schema(operation_id="maps_retrieve", responses=MapDetailSerializer)
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Show a map's own fields, the role held on it, and the addresses of its parts."""
        context = {"request": request, "view": self}
        return self.answer(
            lambda: self.map.activity,
            lambda: Response(MapDetailSerializer(self.map, context=context).data),
        )
