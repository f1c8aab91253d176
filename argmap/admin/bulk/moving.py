"""Moving statements to another map: what goes along, and what is cut."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q

from argmap import access, actions, graphs
from argmap.admin.bulk.acts import Act, ActForm
from argmap.admin.bulk.preview import Preview, labels_of, number_of
from argmap.admin.elements import say, spoken
from argmap.core.kinds import Marking, Role, Visibility
from argmap.core.moving import branch
from argmap.models import NATURAL_ORDER, ArgumentMap, Comment, Excerpt


class MapChoice(forms.ModelChoiceField[ArgumentMap]):
    """Names maps with their slugs, which maps of one title differ in."""

    def label_from_instance(self, obj: ArgumentMap) -> str:
        return f"{obj.title} ({obj.slug})"


class MoveForm(ActForm):
    target = MapChoice(ArgumentMap.objects.none(), label="To the map", empty_label="Choose a map")

    def __init__(self, act: Act, data: Any = None) -> None:
        super().__init__(act, data)
        mine = access.maps_for(act.person, Role.EDITOR).order_by("title", "slug")
        here = [each.pk for each in act.choice.maps]
        self.fields["target"].queryset = mine.exclude(pk__in=here)  # type: ignore[attr-defined]


class Move(Act):
    """Moves statements of one map to another, with what hangs on them."""

    name = "move"
    label = "Move to another map…"
    form = MoveForm
    one_map = True
    help = (
        "What bears on the chosen statements alone goes along. An inference goes along where all "
        "that it joins does; one that would join two maps is cut. All of it gets new keys there."
    )

    def do(self, wanted: dict[str, Any]) -> UUID:
        (chosen,) = self.choice.chosen
        return actions.move_statements(
            actor=self.person,
            argument_map=chosen.map,
            keys=chosen.keys,
            target=wanted["target"],
            seen=chosen.seen,
        ).batch

    def preview(self, wanted: dict[str, Any]) -> Preview:
        here, target = self.choice.maps[0], wanted["target"]
        chosen = {row.key for row in self.choice.rows}
        going = branch(graphs.load_frame(here), chosen)
        statements = list(here.statements.filter(key__in=going.statements).order_by(*NATURAL_ORDER))
        number = number_of(len(statements))
        preview = Preview(f"Move {number} to “{target}”", f"Moved {number} to “{target}”.")
        preview.warnings = _exposed(here, target)
        preview.add("Chosen statements", labels_of(row for row in statements if row.key in chosen))
        along = [row for row in statements if row.key not in chosen]
        preview.add("Statements that go along", labels_of(along))
        inferences = spoken(here.inferences.filter(key__in=(*going.inferences, *going.cut)))
        said = {row.key: f"{row.key}: {say(row)}" for row in inferences}
        preview.add("Inferences that go along", [said[key] for key in going.inferences])
        preview.add("Inferences that are cut: they end", [said[key] for key in going.cut])
        excerpts = list(
            Excerpt.objects.filter(statement__in=statements)
            .select_related("statement", "source")
            .defer("source__text")
            .order_by(*NATURAL_ORDER)
        )
        preview.add("Sources", _sources(excerpts, target))
        moving = [row for row in inferences if row.key in going.inferences]
        talk = Comment.objects.filter(
            Q(statement__in=statements) | Q(inference__in=moving) | Q(excerpt__in=excerpts)
        ).count()
        for count, what in ((len(excerpts), "excerpt"), (talk, "comment")):
            if count:
                preview.notes.append(f"{number_of(count, what)} will go along.")
        return preview


def _sources(excerpts: Iterable[Excerpt], target: ArgumentMap) -> list[str]:
    there = list(target.sources.order_by("pk").defer("text"))
    told: list[str] = []
    for source in {excerpt.source: None for excerpt in excerpts}:
        same = actions.source_there(source, there)
        becomes = f"is {same.key} there already" if same else "is copied; it stays here too"
        told.append(f"{source}: {becomes}")
    return told


def _exposed(here: ArgumentMap, target: ArgumentMap) -> list[str]:
    """Return what to look out for where more people may read what moves, or handle it freely."""
    told: list[str] = []
    ranks = list(Marking)
    if ranks.index(Marking(target.marking)) < ranks.index(Marking(here.marking)):
        told.append(f"This map is marked {here.marking}, that one only {target.marking}.")
    ranked = list(Visibility)
    if ranked.index(Visibility(target.visibility)) > ranked.index(Visibility(here.visibility)):
        told.append(f"More people may read that map: it is {_who(target)}, this one {_who(here)}.")
    return told


def _who(argument_map: ArgumentMap) -> str:
    return Visibility(argument_map.visibility).label.lower()
