"""Where a comment stands, and what is answered to whoever wrote one: the threads anew, or a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render

from argmap import access
from argmap.core.graph import EXCERPT_LETTER
from argmap.core.kinds import Role
from argmap.core.numbers import whole
from argmap.graphs import scheme_names
from argmap.models import ArgumentMap, Comment, Excerpt, Statement
from argmap.review import page_of, path_of
from argmap.web.conversation import NOTHING, Shown, Target, conversation, targets
from argmap.web.forms import CommentForm, ReplyForm, Words
from argmap.web.middleware import WebRequest
from argmap.web.redirects import SeeOther
from argmap.web.views.element import find_element, show_element
from argmap.web.views.map import show_map

REFUSED = 422


@dataclass(frozen=True, slots=True)
class Talker:
    """Someone at a map, with what they may do there."""

    request: WebRequest
    map: ArgumentMap
    role: Role

    @property
    def actor(self) -> User:
        """The person. Raises SignInNeeded where there is none."""
        return access.signed_in(self.request.user)

    def find(self, number: int) -> Comment:
        """Return a comment of the map, with what it is about (one query). Raises Http404."""
        comment = with_targets(self.map).filter(pk=number).first()
        if comment is None:
            raise Http404(f"This map has no comment {number}.")
        return comment

    def talk(self, target: Target, shown: Shown = NOTHING, *, status: int = 200) -> HttpResponse:
        """Answer htmx with the threads and the forms anew."""
        talk = conversation(
            self.map,
            target,
            role=self.role,
            person=self.request.user,
            excerpts=excerpts_of(target),
            shown=shown,
        )
        context = {"map": self.map, "talk": talk}
        return render(self.request, "_conversation.html", context, status=status)

    def show(self, target: Target, form: Words, *, status: int = REFUSED) -> HttpResponse:
        """Show a form with what was typed: in its place, or on its whole page."""
        shown = Shown(form=form)
        if self.request.htmx:
            return self.talk(target, shown, status=status)
        if target is None:
            response = show_map(self.request, self.map, self.role, scheme_names(), shown)
        else:
            response = show_element(self.request, self.map, self.role, target, shown)
        response.status_code = status
        return response

    def done(self, comment: Comment, *, opened: bool = True) -> HttpResponse:
        """Answer with the threads that a comment is among, and go on from it there."""
        target = comment.stands_on
        if self.request.htmx:
            return self.talk(target, Shown(comment.pk if opened else 0, comment.pk))
        return SeeOther(path_of(comment))

    def moved(self, comment: Comment) -> HttpResponse:
        """Say that what a comment was written on went meanwhile, and where the comment is now."""
        if self.request.htmx:
            return render(self.request, "_kept.html", {"map": self.map, "comment": comment})
        messages.warning(
            self.request,
            f"{comment.lost_target} was deleted while you typed. Your comment is kept, with the map.",
        )
        return SeeOther(path_of(comment))


def at(request: WebRequest, slug: str, needed: Role = Role.REVIEWER) -> Talker:
    """Return who asks, where they may do what `needed` may; raises what `access.find_map` does."""
    return Talker(request, *access.find_map(request.user, slug, needed))


def with_targets(argument_map: ArgumentMap) -> QuerySet[Comment]:
    """Return the comments of a map, each with what its page shows."""
    return argument_map.comments.select_related(
        "statement__map", "inference__map", "excerpt__statement__map"
    )


def opened_at(comment: Comment) -> str:
    """Return the address at which a comment is shown, though its thread be resolved."""
    page = page_of(comment.map, comment.stands_on)
    return f"{page}?comment={comment.pk}#comment-{comment.pk}"


def named_target(argument_map: ArgumentMap, typed: QueryDict) -> Target:
    """Return what a form is about; None for the map, and for what is no longer there."""
    about = typed.get("about", "")
    if parent := whole(typed.get("parent", "")):
        thread = with_targets(argument_map).filter(pk=parent).first()
        return thread.stands_on if thread else None
    if about.startswith(EXCERPT_LETTER):
        excerpt = argument_map.excerpts.filter(key=about).select_related("statement__map").first()
        return excerpt.statement if excerpt else None
    try:
        return find_element(argument_map, about)
    except Http404:
        return None


def new_form(typed: QueryDict, target: Target) -> ReplyForm | CommentForm:
    """Return the form of a new comment, as it was typed on the page of `target`."""
    if "parent" in typed:
        return ReplyForm(typed, auto_id=f"reply-{typed['parent']}-%s")
    choices = targets(target, excerpts_of(target))
    return CommentForm(typed, targets=choices, auto_id="comment-%s")


def excerpts_of(target: Target) -> list[Excerpt]:
    """Return the excerpts that are shown with `target`."""
    return list(target.excerpts.all()) if isinstance(target, Statement) else []
