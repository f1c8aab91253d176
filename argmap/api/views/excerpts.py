"""Excerpts: what statements rest on."""

from __future__ import annotations

import django_filters

from argmap.api.filters import YesOrNo
from argmap.api.serializers.elements import ExcerptSerializer
from argmap.api.views.elements import ElementViewSet
from argmap.models import Excerpt


class ExcerptFilter(django_filters.FilterSet):
    """Which excerpts to list."""

    statement = django_filters.CharFilter("statement__key", label="The key of a statement.")
    source = django_filters.CharFilter("source__key", label="The key of a source.")
    detached = YesOrNo("exact", lookup_expr="isnull", label="Whether the words are not here.")

    class Meta:
        model = Excerpt
        fields = ()


class ExcerptViewSet(ElementViewSet[Excerpt]):
    """Excerpts, each with the keys of its statement and its source."""

    noun = "excerpt"
    queryset = Excerpt.objects.select_related("statement", "source").defer("source__text")
    serializer_class = ExcerptSerializer
    filterset_class = ExcerptFilter
