"""Inferences, with their premises."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet

from argmap.api.serializers.elements import InferenceSerializer
from argmap.api.views.elements import ElementViewSet
from argmap.models import Inference


class InferenceFilter(django_filters.FilterSet):
    """Which inferences to list."""

    scheme = django_filters.CharFilter("scheme__slug", label="The slug of a scheme.")
    premise = django_filters.CharFilter("premises__statement__key", label="The key of a premise.")
    conclusion = django_filters.CharFilter(
        method="bearing_on", label="The key of the statement or inference borne on."
    )

    class Meta:
        model = Inference
        fields = ("stance",)

    def bearing_on(self, rows: QuerySet[Inference], name: str, key: str) -> QuerySet[Inference]:
        """Keep the inferences that bear on the statement or inference with this key."""
        on_it = Q(conclusion_statement__key=key) | Q(conclusion_inference__key=key)
        return rows.filter(on_it)


class InferenceViewSet(ElementViewSet[Inference]):
    """Inferences, each with the keys that it joins."""

    noun = "inference"
    queryset = Inference.objects.select_related(
        "scheme", "conclusion_statement", "conclusion_inference"
    )
    serializer_class = InferenceSerializer
    filterset_class = InferenceFilter
    prefetches = ("premises__statement",)
