"""The addresses of the pages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from argmap.core.kinds import CommentState
from argmap.web.views import comments, health
from argmap.web.views.element import element
from argmap.web.views.find import find
from argmap.web.views.graph import PICTURES, graph
from argmap.web.views.map import map_page
from argmap.web.views.maps import maps
from argmap.web.views.outline import outline
from argmap.web.views.signing_in import SignIn
from argmap.web.views.source import source

_MAP = "maps/<slug:slug>/"
_THREAD = f"{_MAP}comments/<int:number>/"

urlpatterns = [
    path("", maps, name="maps"),
    path(_MAP, map_page, name="map"),
    *(
        path(f"{_MAP}graph.{name}", graph, {"picture": name}, name=f"graph-{name}")
        for name in PICTURES
    ),
    path(f"{_MAP}outline/", outline, name="outline"),
    path(f"{_MAP}find/", find, name="find"),
    path(f"{_MAP}elements/<str:key>/", element, name="element"),
    path(f"{_MAP}sources/<str:key>/", source, name="source"),
    path(f"{_MAP}comments/", comments.add_comment, name="comment-add"),
    path(
        f"{_THREAD}resolve/",
        comments.settle_thread,
        {"state": CommentState.RESOLVED},
        name="comment-resolve",
    ),
    path(
        f"{_THREAD}reopen/",
        comments.settle_thread,
        {"state": CommentState.OPEN},
        name="comment-reopen",
    ),
    path("accounts/login/", SignIn.as_view(), name="login"),
    path("accounts/logout/", login_not_required(LogoutView.as_view()), name="logout"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
