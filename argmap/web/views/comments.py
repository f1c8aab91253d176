"""Commenting, answering, and settling threads."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View
from django.views.decorators.http import require_POST

from argmap import access, actions
from argmap.core.graph import EXCERPT_LETTER
from argmap.core.kinds import CommentState, Role
from argmap.models import ArgumentMap, Comment, Excerpt, Statement
from argmap.web import kept
from argmap.web.conversation import Target, conversation, targets
from argmap.web.forms import CommentForm, ReplyForm, Words
from argmap.web.middleware import WebRequest
from argmap.web.redirects import SeeOther
from argmap.web.views.element import find_element, show_element
from argmap.web.views.map import show_map


class AddComment(View):
    """Add a comment, or an answer to one."""

    def post(self, request: WebRequest, slug: str) -> HttpResponse:
        """Add what the form says, or show it again with the reason."""
        argument_map, role = access.find_map(request.user, slug, Role.REVIEWER)
        target = _named_target(argument_map, request.POST)
        form = _form(request.POST, target)
        comment = _added(_actor(request), argument_map, form) if form.is_valid() else None
        if comment is None:
            return _refused(request, argument_map, role, target, form)
        return _done(request, argument_map, role, comment)

    def get(self, request: WebRequest, slug: str) -> HttpResponse:
        """Show, once, what someone typed before their session ended; else the map.

        A page that is open gets what is said about the map itself.
        """
        if request.htmx:
            return _talk(request, *access.find_map(request.user, slug), None)
        argument_map, role = access.find_map(request.user, slug, Role.REVIEWER)
        typed = kept.take(request)
        if typed is None:
            return redirect(argument_map)
        target = _named_target(argument_map, typed)
        form = _form(typed, target)
        form.come_back(kept.BACK)
        response = _refused(request, argument_map, role, target, form)
        response.status_code = 200
        return response


@login_not_required
@require_POST
def settle_thread(request: WebRequest, slug: str, number: int, state: CommentState) -> HttpResponse:
    """Resolve a thread, or open it again."""
    argument_map, role = access.find_map(request.user, slug, Role.REVIEWER)
    try:
        comment = actions.settle_thread(
            actor=_actor(request), argument_map=argument_map, comment=number, state=state
        )
    except actions.Gone as error:
        raise Http404(str(error)) from error
    return _done(request, argument_map, role, comment)


def _actor(request: WebRequest) -> User:
    if not isinstance(request.user, User):
        raise access.SignInNeeded
    return request.user


def _named_target(argument_map: ArgumentMap, typed: QueryDict) -> Target:
    """Return what the form is about; None for the map, and for what is no longer there."""
    parent, about = typed.get("parent", ""), typed.get("about", "")
    if parent.isascii() and parent.isdigit():
        thread = _with_targets(argument_map).filter(pk=int(parent)).first()
        return _target_of(thread) if thread else None
    if about.startswith(EXCERPT_LETTER):
        excerpt = argument_map.excerpts.filter(key=about).select_related("statement__map").first()
        return excerpt.statement if excerpt else None
    try:
        return find_element(argument_map, about)
    except Http404:
        return None


def _with_targets(argument_map: ArgumentMap) -> QuerySet[Comment]:
    return argument_map.comments.select_related(
        "statement__map", "inference__map", "excerpt__statement__map"
    )


def _target_of(comment: Comment) -> Target:
    """Return the element on whose page a comment is shown, None for the map."""
    on_excerpt = comment.excerpt.statement if comment.excerpt else None
    return comment.statement or comment.inference or on_excerpt


def _form(typed: QueryDict, target: Target) -> Words:
    if "parent" in typed:
        return ReplyForm(typed, auto_id=f"reply-{typed['parent']}-%s")
    choices = targets(target, _excerpts(target))
    return CommentForm(typed, targets=choices, auto_id="comment-%s")


def _added(actor: User, argument_map: ArgumentMap, form: Words) -> Comment | None:
    """Add what a valid form says; None where the form now says why that was refused."""
    try:
        return actions.add_comment(actor=actor, argument_map=argument_map, **form.cleaned_data)
    except ValidationError as error:
        form.refuse(error)
    except actions.Gone as error:
        form.add_error(None, str(error))
    return None


def _refused(
    request: WebRequest, argument_map: ArgumentMap, role: Role, target: Target, form: Words
) -> HttpResponse:
    """Show the form again, with what was typed: in its place, or on its whole page."""
    if request.htmx:
        return _talk(request, argument_map, role, target, form)
    if target is None:
        return show_map(request, argument_map, role, form)
    return show_element(request, argument_map, role, target, form)


def _done(
    request: WebRequest, argument_map: ArgumentMap, role: Role, comment: Comment
) -> HttpResponse:
    target = _target_of(comment)
    if request.htmx:
        return _talk(request, argument_map, role, target)
    keys = [argument_map.slug, target.key] if target else [argument_map.slug]
    page = reverse("element" if target else "map", args=keys)
    return SeeOther(f"{page}#comment-{comment.pk}")


def _talk(
    request: WebRequest,
    argument_map: ArgumentMap,
    role: Role,
    target: Target,
    refused: Words | None = None,
) -> HttpResponse:
    """Answer htmx with the threads and the forms anew."""
    talk = conversation(
        argument_map,
        target,
        role=role,
        person=request.user,
        excerpts=_excerpts(target),
        refused=refused,
    )
    context = {"map": argument_map, "talk": talk}
    return render(request, "_conversation.html", context, status=422 if refused else 200)


def _excerpts(target: Target) -> list[Excerpt]:
    return list(target.excerpts.all()) if isinstance(target, Statement) else []
