"""How a judgement of an element is asked for and given: in a section of the element's panel."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from argmap import access, actions
from argmap.core.kinds import Role
from argmap.models import Inference, Statement
from argmap.web import kept
from argmap.web.middleware import WebRequest
from argmap.web.redirects import SeeOther
from argmap.web.review.judge_forms import JudgementForm
from argmap.web.views.element import find_element, show_element

F = TypeVar("F", bound=JudgementForm)


class OnElement(View):
    """What reviewers do in a section of an element's panel; it answers with the section anew."""

    template: ClassVar[str]
    request: WebRequest

    def setup(self, request: WebRequest, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Fetch the map and authorise its review, and find the element."""
        super().setup(request, *args, **kwargs)
        self.map, self.role = access.find_map(request.user, kwargs["slug"], Role.REVIEWER)
        self.row = self.find()

    def find(self) -> Statement | Inference:
        """Return the element that the section is about. Raises Http404."""
        return find_element(self.map, self.kwargs["key"])

    def section(self, refused: JudgementForm | None = None, notice: str = "") -> dict[str, Any]:
        """Return what the section's template shows, with a form as it was typed, or a notice."""
        raise NotImplementedError

    @property
    def anchor(self) -> str:
        """Where on the element's page the judgement stands."""
        raise NotImplementedError

    @property
    def page(self) -> str:
        """The element's page, at the judgement."""
        page = reverse("element", args=[self.map.slug, self.row.key])
        return f"{page}#{self.anchor}"

    @property
    def on_it(self) -> dict[str, Any]:
        """Who judges, and on which map: what every action asks for."""
        return {"actor": access.signed_in(self.request.user), "argument_map": self.map}

    def done(self, notice: str = "") -> HttpResponse:
        """Answer with the section as it is now, or send the browser to it."""
        if not self.request.htmx:
            if notice:
                messages.info(self.request, notice)
            return SeeOther(self.page)
        return self._part(self.section(notice=notice))

    def _part(self, context: dict[str, Any], status: int = 200) -> HttpResponse:
        base = {"map": self.map, "role": self.role, "settled": self.anchor}
        return render(self.request, self.template, {**base, **context}, status=status)


class Judge(OnElement, Generic[F]):
    """A judgement by a form: what was typed is never lost, be it refused or the session over."""

    def made(self, data: QueryDict) -> F:
        """Return the form with what was typed."""
        raise NotImplementedError

    def act(self, form: F) -> str:
        """Do what a valid form says, and return what is said of it. Raises as actions do."""
        raise NotImplementedError

    def get(self, request: WebRequest, **kwargs: Any) -> HttpResponse:
        """Show, once, what someone typed before their session ended; else the element."""
        typed = kept.take(request)
        if typed is None:
            return redirect(self.page)
        form = self.made(typed)
        form.notice = kept.BACK
        return show_element(request, self.map, self.role, self.row, judged=form)

    def post(self, request: WebRequest, **kwargs: Any) -> HttpResponse:
        """Do what the form says, or show it again with the reason."""
        form = self.made(request.POST)
        if form.is_valid():
            try:
                return self.done(self.act(form))
            except (ValidationError, actions.Gone) as error:
                form.refuse(error)
        if request.htmx:
            return self._part(self.section(form), status=422)
        response = show_element(request, self.map, self.role, self.row, judged=form)
        response.status_code = 422
        return response


class Settle(OnElement):
    """Something that a button does to a judgement of one's own: there is nothing to type."""

    http_method_names = ["post"]

    def settle(self, seen: int | None) -> str:
        """Do it, and return what is said of it; `seen` is the version that the page showed."""
        raise NotImplementedError

    def post(self, request: WebRequest, **kwargs: Any) -> HttpResponse:
        """Do it; what is gone already is as well as done."""
        seen = forms.IntegerField(required=False, min_value=0)
        try:
            return self.done(self.settle(seen.clean(request.POST.get("version_seen", ""))))
        except (ValidationError, actions.Gone) as error:
            return self.done(actions.reason_of(error))
