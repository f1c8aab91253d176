"""What can be done with a whole map, each on a page that says before what it will do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from argmap import access, actions
from argmap.actions import Gone
from argmap.admin.act_forms import ActForm, NameForm, OwnerForm, TitleForm
from argmap.admin.asking import may, person_of
from argmap.admin.base import ActionAdmin
from argmap.admin.downloads import as_file
from argmap.admin.elements import map_url
from argmap.core.kinds import Role
from argmap.models import ArgumentMap

Done = tuple[ArgumentMap, str]
"""The map whose page comes next, and what is told there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing to do with a map: `name` is the end of its address, `needs` the role it takes."""

    name: str
    label: str
    title: str
    told: str
    button: str
    needs: Role
    do: Callable[..., Done]
    form: type[ActForm] = ActForm
    makes_a_map: bool = False
    on_archived: bool | None = None
    """Whether it is for archived maps or for those in use; None for both."""


def _copy(*, actor: User, argument_map: ArgumentMap, title: str) -> Done:
    made = actions.copy_map(actor=actor, argument_map=argument_map, title=title)
    return made, "This is the copy. It is private, and yours."


def _snapshot(*, actor: User, argument_map: ArgumentMap, name: str) -> Done:
    taken = actions.take_snapshot(actor=actor, argument_map=argument_map, name=name)
    return argument_map, f"Version {taken.version} is kept as “{taken.name}”: {taken.sha256}."


def _hand_over(*, actor: User, argument_map: ArgumentMap, owner: User) -> Done:
    actions.set_member(actor=actor, argument_map=argument_map, user=owner, role=Role.OWNER)
    return argument_map, f"{owner.get_username()} owns this map now."


def _archive(*, actor: User, argument_map: ArgumentMap) -> Done:
    actions.archive_map(actor=actor, argument_map=argument_map)
    return argument_map, "This map is archived."


def _unarchive(*, actor: User, argument_map: ArgumentMap) -> Done:
    actions.unarchive_map(actor=actor, argument_map=argument_map)
    return argument_map, "This map is in use again."


ACTS = (
    Act(
        name="duplicate",
        label="Duplicate",
        title="Duplicate this map?",
        told="The copy has the same statements, inferences, sources and excerpts under the same "
        "keys. It is private and yours. Members, comments, snapshots and the log stay here.",
        button="Duplicate",
        needs=Role.VIEWER,
        do=_copy,
        form=TitleForm,
        makes_a_map=True,
    ),
    Act(
        name="snapshot",
        label="Take a snapshot",
        title="Take a snapshot of this map?",
        told="The map is kept as it stands now, with the SHA-256 of its file, so that it can be "
        "cited. A snapshot is never changed.",
        button="Take the snapshot",
        needs=Role.EDITOR,
        do=_snapshot,
        form=NameForm,
        on_archived=False,
    ),
    Act(
        name="transfer",
        label="Hand over",
        title="Hand this map over?",
        told="The new owner alone then says who belongs to the map, who may read it, and whether "
        "it is archived or deleted. The owner until now stays as an editor, who reads a private "
        "map no more: nobody but its owner does.",
        button="Hand over",
        needs=Role.OWNER,
        do=_hand_over,
        form=OwnerForm,
    ),
    Act(
        name="archive",
        label="Archive",
        title="Archive this map?",
        told="Whoever may read it still can, and nobody writes or comments on it until its owner "
        "takes it back in use. Lists of maps show it apart.",
        button="Archive",
        needs=Role.OWNER,
        do=_archive,
        on_archived=False,
    ),
    Act(
        name="unarchive",
        label="Take back in use",
        title="Take this map back in use?",
        told="Its members can write and comment on it again, as their roles allow.",
        button="Take back in use",
        needs=Role.OWNER,
        do=_unarchive,
        on_archived=True,
    ),
)


class ActingAdmin(ActionAdmin[ArgumentMap]):
    """The pages of acts, and the files of snapshots."""

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        pages = [
            path(
                f"<int:number>/{act.name}/",
                guard(partial(self.act_view, act=act)),
                name=f"argmap_argumentmap_{act.name}",
            )
            for act in ACTS
        ]
        file = path(
            "<int:number>/snapshots/<int:snapshot>/",
            guard(self.snapshot_view),
            name="argmap_argumentmap_snapshot_file",
        )
        return [*pages, file, *super().get_urls()]

    def tools(self, request: HttpRequest, obj: ArgumentMap) -> list[tuple[str, str]]:
        return [
            (reverse(f"admin:argmap_argumentmap_{act.name}", args=[obj.pk]), act.label)
            for act in ACTS
            if self.may_act(request, obj, act)
            and act.on_archived in {None, obj.archived_at is not None}
        ]

    def may_act(self, request: HttpRequest, obj: ArgumentMap, act: Act) -> bool:
        """Tell whether who is signed in may do this with a map, by their groups and their role."""
        stock = self.has_add_permission if act.makes_a_map else self.has_change_permission
        return stock(request) and may(request, obj, act.needs)

    def act_view(self, request: HttpRequest, number: int, *, act: Act) -> HttpResponse:
        """Say what an act will do, and on POST do it."""
        argument_map = self.find(request, number)
        if not self.may_act(request, argument_map, act):
            raise PermissionDenied
        form = act.form(argument_map, data=request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            try:
                shown, told = act.do(
                    actor=person_of(request), argument_map=argument_map, **form.cleaned_data
                )
            except (ValidationError, Gone) as error:
                form.add_error(None, error if isinstance(error, ValidationError) else str(error))
            else:
                self.message_user(request, told, messages.SUCCESS)
                return HttpResponseRedirect(self._after(request, shown))
        context = {
            **self.admin_site.each_context(request),
            "title": act.title,
            "act": act,
            "form": form,
            "map": argument_map,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/argmap/act.html", context)

    def _after(self, request: HttpRequest, shown: ArgumentMap) -> str:
        """Return where an act leads: to the list, where one has handed over a private map."""
        if access.may(person_of(request), shown, Role.VIEWER):
            return map_url(shown)
        return reverse("admin:argmap_argumentmap_changelist")

    def snapshot_view(self, request: HttpRequest, number: int, snapshot: int) -> HttpResponse:
        """Give a snapshot as the file that its hash is of."""
        argument_map = self.find(request, number)
        kept = argument_map.snapshots.filter(pk=snapshot).first()
        if kept is None:
            raise Http404
        name = f"{argument_map.slug}-{kept.version}.json"
        return as_file(kept.content.encode(), "application/json", name)
