"""Sources, without their texts."""

from __future__ import annotations

import django_filters
from django.db.models import BooleanField, Case, Q, QuerySet, When

from argmap.api.filters import YesOrNo
from argmap.api.serializers.elements import SourceSerializer
from argmap.api.views.elements import ElementViewSet
from argmap.models import Source


class SourceFilter(django_filters.FilterSet):
    """Which sources to list."""

    has_text = YesOrNo("has_text", label="Whether the text is here.")
    search = django_filters.CharFilter(method="about", label="Words of title, publisher or note.")

    class Meta:
        model = Source
        fields = ("reliability",)

    def about(self, rows: QuerySet[Source], name: str, words: str) -> QuerySet[Source]:
        """Keep the sources of which the words are said."""
        within = Q(title__icontains=words) | Q(publisher__icontains=words)
        return rows.filter(within | Q(note__icontains=words))


class SourceViewSet(ElementViewSet[Source]):
    """Sources; a text may be megabytes, so that the database only says whether there is one."""

    noun = "source"
    queryset = Source.objects.defer("text").annotate(
        has_text=Case(When(text="", then=False), default=True, output_field=BooleanField())
    )
    serializer_class = SourceSerializer
    filterset_class = SourceFilter
