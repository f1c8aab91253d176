"""Comments: read by all who read the map, written by its reviewers."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from argmap import actions
from argmap.api.base import ApiView, NumberedRows, created
from argmap.api.filters import RowNumber, YesOrNo
from argmap.api.replays import made_before, require_same_comment
from argmap.api.serializers.comments import (
    CommentEditSerializer,
    CommentSerializer,
    EarlierSerializer,
    NewCommentSerializer,
)
from argmap.api.serializers.standing import MovedSerializer, moved_records
from argmap.api.throttles import CommentThrottle, TooManyComments
from argmap.core.kinds import CommentState, Role
from argmap.models import Comment
from argmap.review import differences_since, earlier_bodies, with_stale, with_weight

ON_MAP = "map"
"""What is asked for in place of a key where there is none."""


class CommentFilter(django_filters.FilterSet):
    """Which comments to list."""

    about = django_filters.CharFilter(
        method="on",
        label='The key of what they are about, or were before it was lost; "map" for the map itself.',
    )
    author = django_filters.CharFilter("author_name", label="The author's name.")
    thread = RowNumber(method="of", label="The number of its first comment.")
    stale = YesOrNo("stale", label="Whether what they are about has changed since.")
    is_reply = YesOrNo("parent", lookup_expr="isnull", exclude=True)

    order = django_filters.ChoiceFilter(
        method="by",
        choices=[
            ("-weight", "What matters most first; replies last"),
            ("created_at", "The first ones first"),
            ("-created_at", "The latest first"),
        ],
        label="Which come first.",
    )

    class Meta:
        model = Comment
        fields = ("kind", "flag", "state")

    def by(self, rows: QuerySet[Comment], name: str, order: str) -> QuerySet[Comment]:
        """Put the comments in an order."""
        if order == "-weight":
            return rows.order_by(F("weight").desc(nulls_last=True), "created_at", "pk")
        return rows.order_by(order, "-pk" if order.startswith("-") else "pk")

    def on(self, rows: QuerySet[Comment], name: str, key: str) -> QuerySet[Comment]:
        """Keep the comments on the element with this key, or on the map and on no element of it."""
        if key == ON_MAP:
            return rows.filter(statement=None, inference=None, excerpt=None, lost_target="")
        target = (
            Q(lost_target=key) | Q(statement__key=key) | Q(inference__key=key) | Q(excerpt__key=key)
        )
        return rows.filter(target)

    def of(self, rows: QuerySet[Comment], name: str, number: int) -> QuerySet[Comment]:
        """Keep a thread: its first comment, and the replies."""
        return rows.filter(Q(pk=number) | Q(parent=number))


class CommentViewSet(TooManyComments, NumberedRows[Comment], GenericViewSet[Comment]):
    """The comments of a map, the first ones first."""

    queryset = with_weight(
        with_stale(
            Comment.objects.select_related(
                "statement", "inference", "excerpt", "suggestion__change"
            )
        )
    ).order_by("created_at", "pk")
    noun = "comment"
    serializer_class = CommentSerializer
    filterset_class = CommentFilter
    throttle_classes = [*ApiView.throttle_classes, CommentThrottle]
    writes_need = Role.REVIEWER
    lookup_field = "pk"
    lookup_url_kwarg = "number"

    def list(self, request: Request, slug: str) -> HttpResponseBase:
        """List the comments, a page at a time."""
        return self.answer(lambda: self.map.activity, self.page)

    def retrieve(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Show one comment."""
        shown = self.shown(number)
        return self.answer(lambda: shown, lambda: Response(shown))

    @extend_schema(
        request=NewCommentSerializer, responses={201: CommentSerializer, 200: CommentSerializer}
    )
    def create(self, request: Request, slug: str) -> HttpResponseBase:
        """Comment on an element or on the map, or reply."""
        given = NewCommentSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        sent = self._checked(given.validated_data)
        known = made_before(self.map, self.person, sent)
        if known is not None:
            require_same_comment(known, sent)
            return Response(self.shown(known.pk))
        with self.unchanged(lambda: self.map.activity):
            made = actions.add_comment(actor=self.person, argument_map=self.map, **sent)
        # Two may have come at once.
        require_same_comment(made, sent)
        return created(self.shown(made.pk))

    @extend_schema(request=CommentEditSerializer, responses=CommentSerializer)
    def partial_update(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Reword one's own comment; resolve a thread, or open it again; say that it still holds."""
        comment = self.find(number)
        given = CommentEditSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        if "state" in values and comment.parent_id:
            raise ValidationError({"state": "Only the first comment of a thread has a state."})
        with self.unchanged(lambda: self.shown(number)):
            if "body" in values:
                actions.edit_comment(
                    actor=self.person, argument_map=self.map, comment=number, body=values["body"]
                )
            if "state" in values:
                actions.settle_thread(
                    actor=self.person,
                    argument_map=self.map,
                    comment=number,
                    state=CommentState(values["state"]),
                )
            if "version_seen" in values:
                actions.confirm_comment(
                    actor=self.person,
                    argument_map=self.map,
                    comment=number,
                    version_seen=values["version_seen"],
                )
        shown = self.shown(number)
        return Response(shown, headers={"ETag": self.tag(shown)})

    def destroy(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Delete a comment. A trace of it stays, which its replies hang on."""
        self.find(number)
        with self.unchanged(lambda: self.shown(number)):
            actions.delete_comment(actor=self.person, argument_map=self.map, comment=number)
        return Response(status=204)

    @extend_schema(responses=EarlierSerializer(many=True), filters=False)
    def earlier(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """List what a comment said before each time that it was reworded."""
        comment = self.find(number)
        return self.answer(
            lambda: self.map.activity,
            lambda: Response(EarlierSerializer(earlier_bodies(comment), many=True).data),
        )

    @extend_schema(responses=MovedSerializer(many=True), filters=False)
    def since(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """List what has changed in what a comment is about since its author saw it."""
        comment = self.find(number)
        return self.answer(
            lambda: self.map.activity,
            lambda: Response(moved_records(differences_since([comment]).get(number, ()))),
        )

    def _checked(self, values: dict[str, Any]) -> dict[str, Any]:
        """Leave out what is null, and refuse a reply to what is not on this map, or on something else."""
        given = {name: value for name, value in values.items() if value is not None}
        number = given.get("parent")
        if number is None:
            return given
        parent = self.get_queryset().filter(pk=number).first()
        if parent is None:
            raise ValidationError({"parent": f"This map has no comment {number}."})
        about = parent.about or parent.lost_target
        if given.get("about", about) not in {"", about}:
            told = f"A reply is about what its thread is about: {about or 'the map'}."
            raise ValidationError({"about": told})
        return given
