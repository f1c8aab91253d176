"""Verdicts on a map, and the rounds that ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django.contrib.auth.models import User
from django.db.models import Prefetch, QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from argmap import actions
from argmap.api.base import ApiView, NumberedRows, OnMap, created
from argmap.api.filters import RowNumber, YesOrNo
from argmap.api.serializers.reviews import (
    CloseSerializer,
    ConfirmSerializer,
    NewReviewSerializer,
    NewRoundSerializer,
    ReviewSerializer,
    RoundSerializer,
)
from argmap.api.serializers.standing import MovedSerializer, moved_records
from argmap.api.throttles import CommentThrottle, TooManyComments
from argmap.core.kinds import Role
from argmap.models import Review, Round
from argmap.review import changes_since, verdicts_on


class ReviewFilter(django_filters.FilterSet):
    """Which verdicts to list."""

    reviewer = django_filters.CharFilter("reviewer_name", label="The reviewer's name.")
    round = RowNumber("round", label="The number of the round that asked for them.")
    stale = YesOrNo("stale", label="Whether the map has changed since.")

    class Meta:
        model = Review
        fields = ("verdict",)


class ReviewViewSet(TooManyComments, NumberedRows[Review], GenericViewSet[Review]):
    """The verdicts on a map, the first ones first."""

    queryset = Review.objects.all()
    noun = "verdict"
    serializer_class = ReviewSerializer
    filterset_class = ReviewFilter
    throttle_classes = [*ApiView.throttle_classes, CommentThrottle]
    writes_need = Role.REVIEWER

    def get_queryset(self) -> QuerySet[Review]:
        """Return the map's verdicts."""
        return verdicts_on(self.map)

    def list(self, request: Request, slug: str) -> HttpResponseBase:
        """List the verdicts, a page at a time."""
        return self.answer(lambda: self.map.activity, self.page)

    def retrieve(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Show one verdict."""
        shown = self.shown(number)
        return self.answer(lambda: shown, lambda: Response(shown))

    @extend_schema(request=NewReviewSerializer, responses={201: ReviewSerializer})
    def create(self, request: Request, slug: str) -> HttpResponseBase:
        """Give a verdict, in a round that asks for it or unasked."""
        given = NewReviewSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        self._require_round(values.get("round"))
        with self.unchanged(lambda: self.map.activity):
            made = actions.give_verdict(actor=self.person, argument_map=self.map, **values)
        shown = self.shown(made.pk)
        return created(shown)

    @extend_schema(request=ConfirmSerializer, responses=ReviewSerializer)
    def partial_update(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Say that one's own verdict still holds."""
        self.shown(number)
        given = ConfirmSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with self.unchanged(lambda: self.shown(number)):
            actions.confirm_verdict(
                actor=self.person, argument_map=self.map, review=number, **given.validated_data
            )
        shown = self.shown(number)
        return Response(shown, headers={"ETag": self.tag(shown)})

    def destroy(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Withdraw one's own verdict."""
        self.shown(number)
        with self.unchanged(lambda: self.shown(number)):
            actions.withdraw_verdict(actor=self.person, argument_map=self.map, review=number)
        return Response(status=204)

    @extend_schema(responses=MovedSerializer(many=True), filters=False)
    def since(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """List what has changed in the graph since a verdict: 200 elements at the most."""
        row = self.find(number)
        return self.answer(
            lambda: self.map.activity,
            lambda: Response(moved_records(changes_since(self.map, row.version_seen))),
        )

    def _require_round(self, number: int | None) -> None:
        if number is not None and not self.map.rounds.filter(pk=number).exists():
            raise ValidationError({"round": f"This map has no round {number}."})


class RoundFilter(django_filters.FilterSet):
    """Which rounds to list."""

    open = YesOrNo("closed_at", lookup_expr="isnull", label="Whether verdicts are still taken.")

    class Meta:
        model = Round
        fields: tuple[str, ...] = ()


class RoundViewSet(TooManyComments, NumberedRows[Round], GenericViewSet[Round]):
    """The rounds of a map, the latest first. As with members, only the signed in are told."""

    permission_classes = [IsAuthenticated, OnMap]
    queryset = Round.objects.prefetch_related(
        Prefetch("reviews", Review.objects.order_by("reviewer_name", "pk"))
    ).order_by("-asked_at", "-pk")
    noun = "round"
    serializer_class = RoundSerializer
    filterset_class = RoundFilter
    throttle_classes = [*ApiView.throttle_classes, CommentThrottle]

    def list(self, request: Request, slug: str) -> HttpResponseBase:
        """List the rounds, a page at a time."""
        return self.answer(lambda: self.map.activity, self.page)

    def retrieve(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Show one round."""
        shown = self.shown(number)
        return self.answer(lambda: shown, lambda: Response(shown))

    @extend_schema(request=NewRoundSerializer, responses={201: RoundSerializer})
    def create(self, request: Request, slug: str) -> HttpResponseBase:
        """Ask members for a review."""
        given = NewRoundSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = {**given.validated_data, "reviewers": self._people(given.validated_data)}
        with self.unchanged(lambda: self.map.activity):
            made = actions.ask_for_review(actor=self.person, argument_map=self.map, **values)
        shown = self.shown(made.pk)
        return created(shown)

    @extend_schema(request=CloseSerializer, responses=RoundSerializer)
    def partial_update(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Close a round."""
        self.shown(number)
        CloseSerializer(data=request.data).is_valid(raise_exception=True)
        with self.unchanged(lambda: self.shown(number)):
            actions.close_round(actor=self.person, argument_map=self.map, round=number)
        shown = self.shown(number)
        return Response(shown, headers={"ETag": self.tag(shown)})

    def _people(self, values: dict[str, Any]) -> Sequence[User]:
        """Return the users with these names: members, for of others nobody is told anything."""
        names = values["reviewers"]
        members = User.objects.filter(map_memberships__map=self.map, username__in=names)
        found = {user.get_username(): user for user in members}
        missing = [name for name in names if name not in found]
        if missing:
            listed = ", ".join(missing)
            raise ValidationError({"reviewers": f"They may not review this map: {listed}."})
        return [found[name] for name in names]
