"""Statements: claims, evidence and counterarguments."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet

from argmap.api.serializers.elements import StatementSerializer
from argmap.api.views.elements import ElementViewSet
from argmap.models import Statement


class StatementFilter(django_filters.FilterSet):
    """Which statements to list."""

    tag = django_filters.CharFilter(method="tagged", label="One tag, whole.")
    source = django_filters.CharFilter(method="resting_on", label="The key of a source.")
    search = django_filters.CharFilter(method="saying", label="Words of text, title or note.")

    class Meta:
        model = Statement
        fields = ("kind", "status", "likelihood", "confidence", "credibility")

    def tagged(self, rows: QuerySet[Statement], name: str, tag: str) -> QuerySet[Statement]:
        """Look through the tags here (one query more): SQLite cannot look into a JSON list."""
        found = [pk for pk, tags in rows.order_by().values_list("pk", "tags") if tag in tags]
        return rows.filter(pk__in=found)

    def resting_on(self, rows: QuerySet[Statement], name: str, key: str) -> QuerySet[Statement]:
        """Keep the statements that have an excerpt of the source."""
        return rows.filter(excerpts__source__key=key).distinct()

    def saying(self, rows: QuerySet[Statement], name: str, words: str) -> QuerySet[Statement]:
        """Keep the statements whose texts hold the words."""
        within = Q(text__icontains=words) | Q(title__icontains=words) | Q(note__icontains=words)
        return rows.filter(within)


class StatementViewSet(ElementViewSet[Statement]):
    """Statements, each with its excerpts."""

    noun = "statement"
    queryset = Statement.objects.all()
    serializer_class = StatementSerializer
    filterset_class = StatementFilter
    prefetches = ("excerpts__source",)
