"""The detail panel of a statement or an inference: a part of the map page, or a page of its own."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from argmap import access
from argmap.core.graph import EXCERPT_LETTER, INFERENCE_LETTER, KEY, SOURCE_LETTER
from argmap.core.kinds import Role
from argmap.core.numbers import whole
from argmap.models import ArgumentMap, Element, Inference, Statement, keyed
from argmap.web import viewing
from argmap.web.conversation import NOTHING, Shown, conversation
from argmap.web.editing.tools import offers
from argmap.web.middleware import WebRequest
from argmap.web.panel import Panel, admin_address, inference_panel, statement_panel
from argmap.web.review import menu
from argmap.web.review.checklist import checklist
from argmap.web.review.judge_forms import JudgementForm
from argmap.web.review.rated import rated

E = TypeVar("E", bound=Element)


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def element(request: WebRequest, slug: str, key: str) -> HttpResponse:
    """Show an element. A source has a page of its own; an excerpt is shown with its statement."""
    argument_map, role = access.find_map(request.user, slug)
    if key.startswith(SOURCE_LETTER):
        return redirect("source", slug, key)
    if key.startswith(EXCERPT_LETTER):
        excerpt = _find(argument_map.excerpts.select_related("statement"), key)
        return redirect(f"{reverse('element', args=[slug, excerpt.statement.key])}#{key}")
    row = find_element(argument_map, key)
    return show_element(request, argument_map, role, row, opened_in(request.GET))


def opened_in(query: QueryDict) -> Shown:
    """Return what `?comment=12` asks to see: that comment, though its thread be resolved."""
    return Shown(opened=whole(query.get("comment", "")))


def find_element(argument_map: ArgumentMap, key: str) -> Statement | Inference:
    """Return the statement or inference with `key` (one query). Raises Http404."""
    if not KEY.match(key):
        raise Http404(f"This map has no {key}.")
    is_joint = key.startswith(INFERENCE_LETTER)
    row = keyed(Inference, argument_map, key) if is_joint else keyed(Statement, argument_map, key)
    if row is None:
        raise Http404(f"This map has no {key}.")
    return row


def show_element(
    request: WebRequest,
    argument_map: ArgumentMap,
    role: Role,
    row: Statement | Inference,
    shown: Shown = NOTHING,
    *,
    judged: JudgementForm | None = None,
) -> HttpResponse:
    """Answer with the panel; what `shown` names stands in it as it says."""
    context = {
        "map": argument_map,
        "role": role,
        **panel_context(request, argument_map, role, row, shown, judged=judged),
    }
    template = "_panel.html" if request.htmx else "element.html"
    return render(request, template, context)


def panel_context(
    request: WebRequest,
    argument_map: ArgumentMap,
    role: Role,
    row: Statement | Inference,
    shown: Shown = NOTHING,
    *,
    judged: JudgementForm | None = None,
    wish: viewing.Wish | None = None,
) -> dict[str, Any]:
    """Return what the panel's template shows; its links keep the view of `wish`, or of the address.

    Five queries, three for an inference, one of them for the comments, and one more where one of
    those may be stale; and those of `rated` or of `checklist`.
    """
    panel = _panel(row)
    edits, reviews = role.may(Role.EDITOR), role.may(Role.REVIEWER)
    wish = wish or viewing.read_wish(request.GET)
    premises = len(panel.inference.premises) if panel.inference else 1
    return {
        "panel": panel,
        "offers": offers(argument_map, row, wish.query, premises) if edits else [],
        "suggests": [] if edits or not reviews else menu.ways(argument_map, row, wish.query),
        **_ways(argument_map, panel, wish),
        **_judged(row, panel, {"role": role, "person": request.user, "judged": judged}, wish),
        "talk": conversation(
            argument_map,
            row,
            role=role,
            person=request.user,
            excerpts=[quotation.row for quotation in panel.quotations],
            shown=shown,
        ),
        "admin_address": admin_address(row) if edits and request.user.is_staff else "",
    }


def _ways(argument_map: ArgumentMap, panel: Panel, wish: viewing.Wish) -> dict[str, Any]:
    """Return the addresses of other drawings: around the element, or with its branch folded."""
    key = panel.row.key
    ways = {"wish": wish, "around": wish.around(key).selecting(argument_map, key)}
    if key in wish.fold:
        ways["unfolded"] = wish.unfolding(key).selecting(argument_map, key)
    elif panel.steps_to:
        ways["folded"] = wish.folding(key).selecting(argument_map, key)
    return ways


def _judged(
    row: Statement | Inference, panel: Panel, by: dict[str, Any], wish: viewing.Wish
) -> dict[str, Any]:
    """Return what people judge of an element: the ratings of a statement, or the checklist."""
    if isinstance(row, Statement):
        return {"ratings": rated(row, **by)}
    inference = panel.inference.row if panel.inference else row
    return {"checklist": checklist(inference, query=wish.query, **by)}


def _panel(row: Statement | Inference) -> Panel:
    return statement_panel(row) if isinstance(row, Statement) else inference_panel(row)


def _find(rows: QuerySet[E], key: str) -> E:
    try:
        return rows.get(key=key)
    except rows.model.DoesNotExist:
        raise Http404(f"This map has no {key}.") from None
