"""Ratings: one's own, and the others' once one has given one's own."""

from __future__ import annotations

from types import SimpleNamespace

import django_filters
from django.db.models import Q, QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from argmap import actions
from argmap.api.base import MapRows
from argmap.api.filters import YesOrNo
from argmap.api.serializers.reviews import (
    ConfirmSerializer,
    NewRatingSerializer,
    RatingSerializer,
    RatingsSerializer,
)
from argmap.api.serializers.standing import MovedSerializer, moved_records
from argmap.core.kinds import Role
from argmap.models import Rating, Statement
from argmap.review import differences_since, ratings_of, visible_ratings, with_stale


class RatingFilter(django_filters.FilterSet):
    """Which ratings to list."""

    about = django_filters.CharFilter(
        method="on", label="The key of the statement, or of that which was there."
    )
    author = django_filters.CharFilter("author_name", label="The author's name.")
    stale = YesOrNo("stale", label="Whether the statement says something else since.")

    class Meta:
        model = Rating
        fields: tuple[str, ...] = ()

    def on(self, rows: QuerySet[Rating], name: str, key: str) -> QuerySet[Rating]:
        """Keep the ratings of the statement with this key."""
        return rows.filter(Q(statement__key=key) | Q(lost_target=key))


class RatingViewSet(MapRows[Rating], GenericViewSet[Rating]):
    """The ratings whose figures one may see, the first ones first."""

    queryset = Rating.objects.order_by("created_at", "pk")
    serializer_class = RatingSerializer
    filterset_class = RatingFilter
    writes_need = Role.REVIEWER

    def get_queryset(self) -> QuerySet[Rating]:
        """Return the map's ratings that the asker may see."""
        seen = with_stale(visible_ratings(self.request.user).filter(map=self.map))
        return seen.order_by("created_at", "pk")

    def tag(self, state: object) -> str:
        """Return the tag of what this address shows to the asker: everyone sees something else."""
        return super().tag([state, self.request.user.pk])

    def list(self, request: Request, slug: str) -> HttpResponseBase:
        """List the ratings, a page at a time."""
        return self.answer(lambda: self.map.activity, self.page)

    @extend_schema(responses=RatingsSerializer)
    def retrieve(self, request: Request, slug: str, key: str) -> HttpResponseBase:
        """Show what the ratings of a statement come to."""
        statement = self._find(key)
        return self.answer(lambda: self.map.activity, lambda: Response(self._shown(statement)))

    @extend_schema(request=NewRatingSerializer, responses={201: RatingsSerializer})
    def create(self, request: Request, slug: str) -> HttpResponseBase:
        """Rate a statement, or rate it anew."""
        given = NewRatingSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        statement = self._find(values.pop("about"))
        with self.unchanged(lambda: self.map.activity):
            actions.rate(
                actor=self.person, argument_map=self.map, statement=statement.key, **values
            )
        return Response(self._shown(statement), status=201)

    @extend_schema(request=ConfirmSerializer, responses=RatingsSerializer)
    def partial_update(self, request: Request, slug: str, key: str) -> HttpResponseBase:
        """Say that one's own rating still holds."""
        statement = self._find(key)
        given = ConfirmSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with self.unchanged(lambda: self.map.activity):
            actions.confirm_rating(
                actor=self.person, argument_map=self.map, statement=key, **given.validated_data
            )
        return Response(self._shown(statement), headers={"ETag": self.tag(self.map.activity)})

    def destroy(self, request: Request, slug: str, key: str) -> HttpResponseBase:
        """Withdraw one's own rating."""
        if not self.map.has_had(key):
            # Of a statement that is gone, a rating is left.
            self._find(key)
        with self.unchanged(lambda: self.map.activity):
            actions.withdraw_rating(actor=self.person, argument_map=self.map, statement=key)
        return Response(status=204)

    @extend_schema(responses=MovedSerializer(many=True), filters=False)
    def since(self, request: Request, slug: str, key: str) -> HttpResponseBase:
        """List what has changed in a statement since one saw it to rate it."""
        own = self.get_queryset().filter(statement__key=key, author=self.request.user.pk).first()
        if own is None:
            raise Http404(f"You have no rating of {key}.")
        return self.answer(
            lambda: self.map.activity,
            lambda: Response(moved_records(differences_since([own]).get(own.pk, ()))),
        )

    def _find(self, key: str) -> Statement:
        statement = self.map.statements.filter(key=key).first()
        if statement is None:
            raise Http404(f"This map has no statement {key}.")
        return statement

    def _shown(self, statement: Statement) -> dict[str, object]:
        seen = ratings_of(self.request.user, statement)
        shown = SimpleNamespace(statement=statement, seen=seen)
        return dict(RatingsSerializer(shown).data)
