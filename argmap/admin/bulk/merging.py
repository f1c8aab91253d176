"""Merging duplicates: which one stays, and what becomes of what hung on the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count, Q

from argmap import actions, graphs
from argmap.admin.bulk.acts import Act, ActForm
from argmap.admin.bulk.preview import (
    Line,
    Preview,
    Row,
    excerpts_of,
    labels_of,
    number_of,
    row_of,
    shown,
)
from argmap.admin.elements import admin_url, label, say, spoken
from argmap.core.graph import Inference, key_order
from argmap.core.merge import Merge, merge
from argmap.core.merged import lost_judgements, statement_fields
from argmap.core.sentences import sentence
from argmap.models import Comment, Statement
from argmap.models import Inference as Step


class MergeForm(ActForm):
    """Asks which one stays: at first, the one that most inferences start from or bear on."""

    kept = forms.ChoiceField(label="Which one stays", widget=forms.RadioSelect)

    def __init__(self, act: Act, data: Any = None) -> None:
        rows = act.choice.rows
        super().__init__(act, data if data and "kept" in data else {"kept": _most_used(rows)})
        self.fields["kept"].choices = [(row.key, label(row)) for row in rows]  # type: ignore[attr-defined]


def _most_used(rows: list[Statement]) -> str:
    """Return the key of the statement with most inferences, the first of those (one query)."""
    steps = Count("premise_of", distinct=True) + Count("borne_on_by", distinct=True)
    found = Statement.objects.filter(pk__in=[row.pk for row in rows]).annotate(steps=steps)
    used = dict(found.values_list("key", "steps"))
    return min(used, key=lambda key: (-used[key], key_order(key)))


class MergeDuplicates(Act):
    """Makes one statement of several that say the same."""

    name = "merge"
    label = "Merge duplicates…"
    form = MergeForm
    one_map = True
    least = 2
    help = (
        "The others go. What they bear on, what bears on them, their excerpts, comments and tags go "
        "over to the one that stays, and what they said differently goes to its note. Its grades "
        "and its status stay as they are."
    )

    def do(self, wanted: dict[str, Any]) -> UUID:
        (chosen,) = self.choice.chosen
        return actions.merge_statements(
            actor=self.person,
            argument_map=chosen.map,
            keys=chosen.keys,
            kept=wanted["kept"],
            seen=chosen.seen,
        )

    def preview(self, wanted: dict[str, Any]) -> Preview:
        kept = next(row for row in self.choice.rows if row.key == wanted["kept"])
        others = sorted((row for row in self.choice.rows if row != kept), key=_order)
        frame = graphs.load_frame(kept.map)
        plan = merge(frame, [row.key for row in others], kept.key)
        number = f"{number_of(len(others) + 1)} into {kept.key}"
        preview = Preview(f"Merge {number}", f"Merged {number}.", [_row(kept, others)])
        steps = {row.key: row for row in spoken(kept.map.inferences.filter(key__in=plan.touched))}
        preview.rows += [
            _step_row(steps[key], frame.inference[key], step) for key, step in plan.joined.items()
        ]
        preview.add("Statements that go", labels_of(others))
        _add_gone(preview, plan, {key: say(row) for key, row in steps.items()})
        preview.add(f"Excerpts that go over to {kept.key}", excerpts_of(others))
        talk = Comment.objects.filter(
            Q(statement__in=others) | Q(inference__key__in=plan.repeats, map=kept.map)
        ).count()
        if talk:
            preview.notes.append(f"{number_of(talk, 'comment')} will be about what stays.")
        preview.add("Judgements that are not kept", _lost(kept, others))
        return preview


def _add_gone(preview: Preview, plan: Merge, said: Mapping[str, str]) -> None:
    preview.add(
        "Inferences that go, since they would only repeat another",
        [
            f"{key}: {said[key]} It would say what {heir} says: what bears on it goes over to {heir},"
            " with its warrant."
            for key, heir in plan.repeats.items()
        ],
    )
    preview.add(
        "Inferences that go, since their conclusion would be their own premise",
        [f"{key}: {said[key]}" for key in plan.circular],
    )
    preview.add("Inferences that fall with those", [f"{key}: {said[key]}" for key in plan.fallen])


def _order(row: Statement) -> tuple[str, int]:
    return key_order(row.key)


def _step_row(row: Step, before: Inference, after: Inference) -> Row:
    line = Line("Says", sentence(before), sentence(after))
    return Row(admin_url(row), row.key, str(row.map), [line])


def _row(kept: Statement, others: list[Statement]) -> Row:
    fields = statement_fields(graphs.statement_of(kept), list(map(graphs.statement_of, others)))
    differing = {
        name: fields[name]
        for name in ("title", "note", "tags")
        if fields[name] != getattr(kept, name)
    }
    return row_of(kept, differing)


def _lost(kept: Statement, others: list[Statement]) -> list[str]:
    lost = lost_judgements(graphs.statement_of(kept), list(map(graphs.statement_of, others)))
    return [
        f"{each.key}: {each.field.replace('_', ' ')} {shown(each.field, each.value)};"
        f" {kept.key} has {shown(each.field, each.kept)}"
        for each in lost
    ]
