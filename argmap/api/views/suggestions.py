"""Suggestions: made by reviewers, settled by editors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from argmap import actions
from argmap.api.base import ApiView, NumberedRows, created
from argmap.api.replays import made_before, require_same_suggestion
from argmap.api.serializers.suggestions import (
    AcceptedSerializer,
    AcceptSerializer,
    NewSuggestionSerializer,
    SettleSerializer,
    SuggestionSerializer,
    require_fields,
)
from argmap.api.throttles import CommentThrottle, TooManyComments
from argmap.core.kinds import Proposed, Role, Settlement
from argmap.core.proposals import FIELDS
from argmap.models import Suggestion


class SuggestionFilter(django_filters.FilterSet):
    """Which suggestions to list."""

    on = django_filters.CharFilter("proposal__on", label="The key of what they are on.")
    author = django_filters.CharFilter("comment__author_name", label="The author's name.")

    class Meta:
        model = Suggestion
        fields = ("does", "outcome")


class SuggestionViewSet(TooManyComments, NumberedRows[Suggestion], GenericViewSet[Suggestion]):
    """What people suggest to change in a map, the first ones first."""

    queryset = (
        Suggestion.objects.filter(comment__deleted_at=None)
        .select_related("comment", "change")
        .order_by("comment")
    )
    noun, numbered_by = "suggestion", "comment"
    serializer_class = SuggestionSerializer
    filterset_class = SuggestionFilter
    throttle_classes = [*ApiView.throttle_classes, CommentThrottle]
    writes_need = Role.REVIEWER
    on_map = "comment__map"

    def list(self, request: Request, slug: str) -> HttpResponseBase:
        """List the suggestions, a page at a time."""
        return self.answer(lambda: self.map.activity, self.page)

    def retrieve(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Show one suggestion, by the number of its comment."""
        shown = self.shown(number)
        return self.answer(lambda: shown, lambda: Response(shown))

    @extend_schema(
        request=NewSuggestionSerializer,
        responses={201: SuggestionSerializer, 200: SuggestionSerializer},
    )
    def create(self, request: Request, slug: str) -> HttpResponseBase:
        """Suggest another wording, or a new statement for or against what is there."""
        given = NewSuggestionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        sent = given.validated_data
        known = made_before(self.map, self.person, sent)
        if known is not None:
            require_same_suggestion(known, sent)
            return Response(self.shown(known.pk))
        with self.unchanged(lambda: self.map.activity), _fields_in_after():
            made = actions.suggest(actor=self.person, argument_map=self.map, **sent)
        # Two may have come at once.
        require_same_suggestion(made.comment, sent)
        return created(self.shown(made.comment_id))

    @extend_schema(request=SettleSerializer, responses=SuggestionSerializer)
    def partial_update(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Accept a suggestion, as it is or amended; decline it with a reason; withdraw one's own.

        Where the statement changed since in what would be written, the answer is 409.
        """
        row = self.find(number)
        given = SettleSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        require_fields(given.validated_data.get("after", {}), Proposed(row.does))
        with self.unchanged(lambda: self.shown(number)):
            self._settle(number, given.validated_data)
        shown = self.shown(number)
        return Response(shown, headers={"ETag": self.tag(shown)})

    @extend_schema(
        operation_id="maps_suggestions_accept",
        request=AcceptSerializer,
        responses=AcceptedSerializer(many=True),
        filters=False,
    )
    def accept_several(self, request: Request, slug: str) -> HttpResponseBase:
        """Accept several suggestions as they are, in the order given, each as a change of its own.

        One that cannot be accepted is left as it is, and holds up no other: the answer says what
        became of each.
        """
        given = AcceptSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with self.unchanged(lambda: self.map.activity):
            done = actions.accept_suggestions(
                actor=self.person, argument_map=self.map, comments=given.validated_data["numbers"]
            )
        return Response(AcceptedSerializer(self._told(done), many=True).data)

    def _told(self, done: tuple[actions.Accepted, ...]) -> Iterator[actions.Accepted]:
        """Say of a number that was never here that it is not, where the action found nothing."""
        here = Suggestion.objects.filter(comment__map=self.map)
        asked = here.filter(comment__in=[each.comment for each in done])
        known = set(asked.values_list("comment", flat=True))
        for each in done:
            problem = f"This map has no suggestion {each.comment}."
            yield each if each.comment in known else replace(each, problem=problem)

    def _settle(self, number: int, values: dict[str, Any]) -> None:
        on_it: dict[str, Any] = {
            "actor": self.person,
            "argument_map": self.map,
            "comment": number,
        }
        match Settlement(values["outcome"]):
            case Settlement.DECLINED:
                actions.decline_suggestion(**on_it, reason=values["reason"])
            case Settlement.WITHDRAWN:
                actions.withdraw_suggestion(**on_it)
            case Settlement.AMENDED:
                with _fields_in_after():
                    actions.accept_suggestion(
                        **on_it, amended=values["after"], seen=values.get("seen")
                    )
            case _:
                actions.accept_suggestion(**on_it, seen=values.get("seen"))


@contextmanager
def _fields_in_after() -> Iterator[None]:
    """Say of each field of what is proposed that it stands in `after`."""
    try:
        yield
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise
        told = error.message_dict.items()
        raise ValidationError(
            {f"after.{name}" if name in FIELDS else name: messages for name, messages in told}
        ) from error
