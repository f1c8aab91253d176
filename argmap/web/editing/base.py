"""How every edit in place is asked for and answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views import View

from argmap import access, actions
from argmap.actions import Conflict, Gone
from argmap.core.draft import Draft
from argmap.core.graph import EXCERPT_LETTER, SOURCE_LETTER
from argmap.core.kinds import Role
from argmap.graphs import load_frame, scheme_names
from argmap.models import Inference, Statement
from argmap.render import Task
from argmap.web import kept, viewing
from argmap.web.editing.forms import EditForm
from argmap.web.meanwhile import Meanwhile
from argmap.web.middleware import WebRequest
from argmap.web.redirects import SeeOther
from argmap.web.stage import Stage, stage
from argmap.web.views.element import find_element, panel_context

F = TypeVar("F", bound=EditForm)


@dataclass(frozen=True, slots=True)
class Done:
    """What an edit did, in words, and the key of what is shown next ("" for nothing).

    `row` is that element as the edit left it, where it is at hand. `made` are the keys of what else
    it made, and what is to be in sight.
    """

    said: str
    select: str = ""
    row: Statement | Inference | None = None
    made: Sequence[str] = ()


class Edit(View, Generic[F]):
    """One way to edit a map: a form that says what is wanted, and the action that does it.

    GET shows the form: a part of a page that is open, or a page of its own. POST does it and
    answers with all that it changed on the page, or with the form as it was typed and the reason.
    """

    heading: ClassVar[str]
    button: ClassVar[str]
    form: ClassVar[type[EditForm]]
    request: WebRequest
    of: ClassVar[type[Statement | Inference] | None] = None
    """What it is a way to edit; None for both."""
    needs: ClassVar[Role] = Role.EDITOR
    """Who may."""
    drafts: ClassVar[bool] = False
    """Whether browsers keep what is typed until it is sent; then any page can be asking."""

    def setup(self, request: WebRequest, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Fetch the map and authorise its editing, and find the element where one is named."""
        super().setup(request, *args, **kwargs)
        self.map, self.role = access.find_map(request.user, kwargs["slug"], self.needs)
        self.wish = viewing.read_wish(request.GET)
        self.key: str = kwargs.get("key", "")
        self.gone = ""
        self.row: Statement | Inference | None = None
        if self.key:
            self._find()

    def _find(self) -> None:
        """Find the element. Where it is not there any more, a form keeps what was typed."""
        try:
            self.row = find_element(self.map, self.key)
        except Http404:
            if self.request.method != "POST" or not self._was_there():
                raise
            told = actions.deleted_meanwhile(self.map, self.key)
            self.gone = f"{told} What you typed is still here."
        if self.row is not None and self.of and not isinstance(self.row, self.of):
            raise Http404(f"{self.key} is not to be edited this way.")

    def _was_there(self) -> bool:
        """Tell whether the map has had a statement or an inference of this key."""
        elsewhere = self.key.startswith((SOURCE_LETTER, EXCERPT_LETTER))
        return not elsewhere and self.map.has_had(self.key)

    # --- What a way to edit says of itself ------------------------------------------------------

    def initial(self) -> dict[str, Any]:
        """Return what the form holds when it is opened."""
        return {}

    def extras(self) -> dict[str, Any]:
        """Return what else the form is made with."""
        return {}

    def context(self) -> dict[str, Any]:
        """Return what else the template says."""
        return {}

    def draft(self) -> Draft | None:
        """Return what is being typed, where it is to have a place in the drawing."""
        return None

    def act(self, form: F) -> Done:
        """Do it. Raises ValidationError, Conflict or Gone."""
        raise NotImplementedError

    # --- Asking and answering -------------------------------------------------------------------

    def get(self, request: WebRequest, **kwargs: Any) -> HttpResponse:
        """Show the form; what someone typed before their session ended is in it again."""
        initial = {"seen": self.map.version, **self.initial()}
        typed = kept.take(request)
        form = self.made(typed, initial)
        return self.show(form, notice="" if typed is None else kept.BACK)

    def post(self, request: WebRequest, **kwargs: Any) -> HttpResponse:
        """Do what the form says."""
        form: Any = self.made(request.POST, {"seen": self.map.version, **self.initial()})
        if self.gone:
            form.add_error(None, self.gone)
        if not form.is_valid():
            return self.show(form, status=422)
        # Whoever only reviews changes nothing that is drawn.
        extent = self.wish.extent(load_frame(self.map)) if self.needs is Role.EDITOR else 0
        try:
            done = self.act(form)
        except (ValidationError, Conflict, Gone) as error:
            form.refuse(error)
            return self.show(form, status=409 if isinstance(error, Conflict) else 422)
        return self.finish(done, extent)

    def made(self, data: QueryDict | None, initial: dict[str, Any]) -> EditForm:
        """Return the form, filled in where there is data."""
        return self.form(data, initial=initial, version=self.map.version, **self.extras())

    def show(self, form: EditForm, *, status: int = 200, notice: str = "") -> HttpResponse:
        """Answer with the form."""
        context = {
            "map": self.map,
            "role": self.role,
            "wish": self.wish,
            "key": self.key,
            "form": form,
            "notice": notice,
            "heading": self.heading.format(key=self.key),
            "button": self.button,
            "drafts": self.drafts,
            "back": self.wish.selecting(self.map, "" if self.gone else self.key),
            **self.context(),
        }
        draft = self.draft()
        if self.request.htmx and draft and status == 200:
            context["wish"] = self.wish.showing(load_frame(self.map), draft.about)
            context["stage"] = self.staged(context["wish"], draft=draft)
        template = "_edit.html" if self.request.htmx else "edit.html"
        return render(self.request, template, context, status=status)

    def finish(self, done: Done, extent: int | None) -> HttpResponse:
        """Answer with what the edit changed on the page, or send the browser to it.

        `extent` is that of the view before.
        """
        wish = viewing.without_missing(self.wish, self.map)
        wish = wish.keeping(extent, load_frame(self.map), (done.select, *done.made))
        address = wish.selecting(self.map, done.select)
        if not self.request.htmx:
            messages.success(self.request, done.said)
            return SeeOther(address)
        panel = Meanwhile(lambda: self._panel(done, wish))
        context = {
            "map": self.map,
            "role": self.role,
            "wish": wish,
            "done": done,
            "selected": done.select,
            "stage": self.staged(wish, done.select, meanwhile=[panel.begin]),
            **panel.made,
        }
        response = render(self.request, "_edited.html", context)
        # The form that was sent stands in the drawing, or in the panel.
        response["HX-Retarget"] = "#panel"
        response["HX-Reswap"] = "innerHTML"
        return response

    def _panel(self, done: Done, wish: viewing.Wish) -> dict[str, Any]:
        """Return what the panel shows of what is selected; nothing where nothing is."""
        if not done.select:
            return {}
        row = done.row
        # The drawing may have been read after someone else's edit; then this is of the same version.
        if row is None or row.changed_in != self.map.version:
            row = find_element(self.map, done.select)
        return panel_context(self.request, self.map, self.role, row, wish=wish)

    def staged(
        self,
        wish: viewing.Wish,
        selected: str = "",
        draft: Draft | None = None,
        meanwhile: Sequence[Task] = (),
    ) -> Stage:
        """Return the drawing as it is now; what is to be done `meanwhile` is, while Graphviz works."""
        return stage(
            self.map,
            wish,
            scheme_names(),
            role=self.role,
            person=self.request.user,
            selected=selected,
            draft=draft,
            meanwhile=meanwhile,
        )

    @property
    def element(self) -> Statement | Inference:
        """The element that is edited. Raises Gone where it was deleted meanwhile."""
        if self.row is None:
            raise Gone(actions.deleted_meanwhile(self.map, self.key))
        return self.row

    @property
    def on_it(self) -> dict[str, Any]:
        """Who acts, and on which map: what every action asks for."""
        return {"actor": access.signed_in(self.request.user), "argument_map": self.map}
