"""Argumentation schemes, which all maps share."""

from __future__ import annotations

from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.viewsets import GenericViewSet

from argmap.api.base import ApiView
from argmap.api.serializers.schemes import SchemeSerializer
from argmap.models import Scheme


@method_decorator(conditional_page, name="dispatch")
class SchemeViewSet(ApiView, ListModelMixin, RetrieveModelMixin, GenericViewSet[Scheme]):
    """Schemes with their critical questions.

    Not for the world: an import makes the schemes that a private file names.
    """

    queryset = Scheme.objects.prefetch_related("questions").order_by("name", "slug")
    serializer_class = SchemeSerializer
    lookup_field = "slug"
    lookup_url_kwarg = "scheme"
