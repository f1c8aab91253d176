"""The addresses of the pages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from argmap.core.kinds import CommentState
from argmap.web.digests import ChooseDigest, StopDigest
from argmap.web.editing import adding, changing
from argmap.web.review import urls as review
from argmap.web.views import comments, composing, health, own_comments
from argmap.web.views.element import element
from argmap.web.views.find import find
from argmap.web.views.graph import PICTURES, graph
from argmap.web.views.live import live
from argmap.web.views.map import map_page
from argmap.web.views.maps import maps
from argmap.web.views.outline import outline
from argmap.web.views.signing_in import SignIn
from argmap.web.views.source import source
from argmap.web.views.undo import redo, undo

_MAP = "maps/<slug:slug>/"
_ELEMENT = f"{_MAP}elements/<str:key>/"
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
    path(_ELEMENT, element, name="element"),
    path(f"{_MAP}sources/<str:key>/", source, name="source"),
    path(
        f"{_MAP}comments/",
        login_not_required(comments.AddComment.as_view()),
        name="comment-add",
    ),
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
    path(_THREAD, comments.comment, name="comment"),
    path(f"{_THREAD}edit/", login_not_required(own_comments.Reword.as_view()), name="comment-edit"),
    path(f"{_THREAD}delete/", own_comments.delete_comment, name="comment-delete"),
    path(f"{_THREAD}confirm/", own_comments.confirm_comment, name="comment-confirm"),
    path(f"{_THREAD}earlier/", own_comments.earlier, name="comment-earlier"),
    path(f"{_MAP}comments/preview/", composing.preview, name="comment-preview"),
    path(f"{_MAP}people/", composing.people, name="people"),
    *review.urlpatterns,
    path(f"{_MAP}live/", live, name="live"),
    path(f"{_MAP}undo/", undo, name="undo"),
    path(f"{_MAP}redo/", redo, name="redo"),
    # Each of these asks `access` itself, as all pages of a map do.
    *(
        path(address, login_not_required(view.as_view()), name=name)
        for address, view, name in (
            (f"{_MAP}add/", adding.Start, "start"),
            (f"{_ELEMENT}add/", adding.Add, "add"),
            (f"{_ELEMENT}link/", adding.Link, "link"),
            (f"{_ELEMENT}paste/", adding.Paste, "paste"),
            (f"{_ELEMENT}edit/", changing.Change, "edit"),
            (f"{_ELEMENT}kind/", changing.ChangeKind, "kind"),
            (f"{_ELEMENT}join/", changing.Join, "join"),
            (f"{_ELEMENT}split/", changing.Split, "split"),
            (f"{_ELEMENT}delete/", changing.Delete, "delete"),
        )
    ),
    path("accounts/login/", SignIn.as_view(), name="login"),
    path("accounts/logout/", login_not_required(LogoutView.as_view()), name="logout"),
    path("accounts/digest/", ChooseDigest.as_view(), name="digest"),
    path("accounts/digest/stop/<str:token>/", StopDigest.as_view(), name="digest-stop"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
