"""Addresses under /api/v1/. The design fixes them."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, re_path

from argmap.api.views.answers import AnswerViewSet
from argmap.api.views.comments import CommentViewSet
from argmap.api.views.digest import DigestDetail
from argmap.api.views.excerpts import ExcerptViewSet
from argmap.api.views.exports import ExportDetail
from argmap.api.views.graph import GraphDetail
from argmap.api.views.inbox import InboxDetail, InboxSection
from argmap.api.views.inferences import InferenceViewSet
from argmap.api.views.maps import MapDetail, MapList
from argmap.api.views.members import MemberList
from argmap.api.views.mentions import MentionViewSet
from argmap.api.views.people import PeopleList
from argmap.api.views.problems import ProblemList
from argmap.api.views.ratings import RatingViewSet
from argmap.api.views.reviews import ReviewViewSet, RoundViewSet
from argmap.api.views.schemes import SchemeViewSet
from argmap.api.views.site import Docs, FormatSchema, Nowhere, Root, Schema
from argmap.api.views.sources import SourceViewSet
from argmap.api.views.standing import DisagreementList, QuestionList, StandingDetail
from argmap.api.views.statements import StatementViewSet
from argmap.api.views.suggestions import SuggestionViewSet
from argmap.api.views.tokens import TokenViewSet

app_name = "api"

READ_LIST: dict[str, Any] = {"get": "list"}
READ_ONE: dict[str, Any] = {"get": "retrieve"}
LIST_AND_ADD: dict[str, Any] = {**READ_LIST, "post": "create"}
SINCE: dict[str, Any] = {"get": "since"}
ONE_OF_MINE: dict[str, Any] = {**READ_ONE, "patch": "partial_update", "delete": "destroy"}

on_a_map = [
    path("", MapDetail.as_view(), name="map"),
    path("statements/", StatementViewSet.as_view(READ_LIST), name="statements"),
    path("statements/<slug:key>/", StatementViewSet.as_view(READ_ONE), name="statement"),
    path("inferences/", InferenceViewSet.as_view(READ_LIST), name="inferences"),
    path("inferences/<slug:key>/", InferenceViewSet.as_view(READ_ONE), name="inference"),
    path("sources/", SourceViewSet.as_view(READ_LIST), name="sources"),
    path("sources/<slug:key>/", SourceViewSet.as_view(READ_ONE), name="source"),
    path("excerpts/", ExcerptViewSet.as_view(READ_LIST), name="excerpts"),
    path("excerpts/<slug:key>/", ExcerptViewSet.as_view(READ_ONE), name="excerpt"),
    path("comments/", CommentViewSet.as_view(LIST_AND_ADD), name="comments"),
    path("comments/<int:number>/", CommentViewSet.as_view(ONE_OF_MINE), name="comment"),
    path(
        "comments/<int:number>/earlier/",
        CommentViewSet.as_view({"get": "earlier"}),
        name="comment-earlier",
    ),
    path("comments/<int:number>/since/", CommentViewSet.as_view(SINCE), name="comment-since"),
    path(
        "suggestions/",
        SuggestionViewSet.as_view({**LIST_AND_ADD, "patch": "accept_several"}),
        name="suggestions",
    ),
    path(
        "suggestions/<int:number>/",
        SuggestionViewSet.as_view({**READ_ONE, "patch": "partial_update"}),
        name="suggestion",
    ),
    path("questions/", QuestionList.as_view(READ_LIST), name="questions"),
    path("answers/", AnswerViewSet.as_view(LIST_AND_ADD), name="answers"),
    path("answers/<int:number>/", AnswerViewSet.as_view(ONE_OF_MINE), name="answer"),
    path("answers/<int:number>/since/", AnswerViewSet.as_view(SINCE), name="answer-since"),
    path("ratings/", RatingViewSet.as_view(LIST_AND_ADD), name="ratings"),
    path("ratings/<slug:key>/", RatingViewSet.as_view(ONE_OF_MINE), name="rating"),
    path("ratings/<slug:key>/since/", RatingViewSet.as_view(SINCE), name="rating-since"),
    path("disagreements/", DisagreementList.as_view(), name="disagreements"),
    path("review/", StandingDetail.as_view(), name="review"),
    path("reviews/", ReviewViewSet.as_view(LIST_AND_ADD), name="reviews"),
    path("reviews/<int:number>/", ReviewViewSet.as_view(ONE_OF_MINE), name="verdict"),
    path("reviews/<int:number>/since/", ReviewViewSet.as_view(SINCE), name="verdict-since"),
    path("rounds/", RoundViewSet.as_view(LIST_AND_ADD), name="rounds"),
    path(
        "rounds/<int:number>/",
        RoundViewSet.as_view({**READ_ONE, "patch": "partial_update"}),
        name="round",
    ),
    path("people/", PeopleList.as_view(), name="people"),
    path("members/", MemberList.as_view(), name="members"),
    path("graph/", GraphDetail.as_view(), name="graph"),
    path("problems/", ProblemList.as_view(), name="problems"),
    path("export/<slug:file_format>/", ExportDetail.as_view(), name="export"),
]

urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("maps/", MapList.as_view(), name="maps"),
    path("maps/<slug:slug>/", include(on_a_map)),
    path("schemes/", SchemeViewSet.as_view(READ_LIST), name="schemes"),
    path("schemes/<slug:scheme>/", SchemeViewSet.as_view(READ_ONE), name="scheme"),
    path("inbox/", InboxDetail.as_view(), name="inbox"),
    path("inbox/<slug:section>/", InboxSection.as_view(), name="inbox-section"),
    path("mentions/", MentionViewSet.as_view({**READ_LIST, "patch": "mark"}), name="mentions"),
    path("digest/", DigestDetail.as_view(), name="digest"),
    path("tokens/", TokenViewSet.as_view({**READ_LIST, "post": "create"}), name="tokens"),
    path(
        "tokens/<int:number>/",
        TokenViewSet.as_view({**READ_ONE, "delete": "destroy"}),
        name="token",
    ),
    path("formats/argmap-1.schema.json", FormatSchema.as_view(), name="format-schema"),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Docs.as_view(), name="docs"),
    # With a slash at its end, so that Django still adds one where it is missing elsewhere.
    re_path(r"^.*/$", Nowhere.as_view(), name="nowhere"),
]
