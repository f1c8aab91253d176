"""Making one statement of several that say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap import graphs
from argmap.actions.base import Edit
from argmap.actions.carrying import carry, headed, said_of
from argmap.actions.records import Record
from argmap.actions.removal import remove_rows
from argmap.actions.rows import BATCH
from argmap.actions.standing import Standing, standing
from argmap.actions.together import (
    Chosen,
    alter_statements,
    editing_together,
    fetch_chosen,
    validate_named,
)
from argmap.core.formats import native
from argmap.core.kinds import Verb
from argmap.core.limits import EXCERPTS_LIMIT
from argmap.core.merge import Merge, merge
from argmap.core.merged import inference_fields, statement_fields
from argmap.models import ArgumentMap, Excerpt, Inference, Premise, Statement


def merge_statements(
    *,
    actor: User | None,
    argument_map: ArgumentMap,
    keys: Sequence[str],
    kept: str,
    seen: int | None = None,
) -> UUID:
    """Let the statement `kept` stand for all of `keys`; return the batch.

    Inferences that start from the others or bear on them do so with it. One that comes to repeat
    another goes, and its warrant, comments and what bears on it go over; one that would take its
    own conclusion as a premise goes with what bears on it, and so do the others. Their excerpts,
    comments, ratings (but of each person one: see `carrying`) and tags go over, and the texts,
    titles and notes that differ, to its note. Its grades and its status stay. In one Change; the
    number of queries does not grow with what is merged.

    Raises ValidationError, Gone, or Conflict where any of it changed after version `seen`.
    """
    others = [key for key in dict.fromkeys(keys) if key != kept]
    if kept not in keys or not others:
        raise ValidationError("It takes two statements or more to merge them, one of which stays.")
    with editing_together([argument_map], actor=actor, verb=Verb.MERGE) as together:
        edit = together.of(argument_map)
        rows = fetch_chosen(edit, Chosen(edit.map, [kept, *others], seen))
        plan = merge(graphs.load_frame(edit.map), others, kept)
        _Merging(edit, rows, plan, seen).write()
    return together.batch


class _Merging:
    def __init__(
        self, edit: Edit, rows: Sequence[Statement], plan: Merge, seen: int | None
    ) -> None:
        self.edit = edit
        self.kept, *self.others = rows
        self.plan = plan
        self.steps: Mapping[str, Standing] = standing(edit.map, "inference", plan.touched)
        for step in self.steps.values():
            edit.expect(step.row, seen)

    def write(self) -> None:
        """Let go over what goes over, before what it hung on is removed."""
        kept, others = graphs.statement_of(self.kept), map(graphs.statement_of, self.others)
        fields = statement_fields(kept, list(others))
        alter_statements(self.edit, [(self.kept, fields)])
        self.edit.touch(self.kept)
        self.carry_what_is_said()
        self.carry_excerpts()
        self.join()
        remove_rows(self.edit, [self.steps[key].row for key in self.plan.gone])
        remove_rows(self.edit, self.others)

    def carry_what_is_said(self) -> None:
        """Let comments, answers and ratings be about the heirs of what they are about."""
        heirs = {row.key: self.kept.key for row in self.others} | {**self.plan.repeats}
        going = [*self.others, *(self.steps[key].row for key in self.plan.repeats)]
        carry(self.edit, headed(said_of(going), heirs))

    def carry_excerpts(self) -> None:
        found = standing(self.edit.map, "excerpt", self._excerpt_keys())
        held = self.kept.excerpts.count() + len(found)
        if found and held > EXCERPTS_LIMIT:
            raise ValidationError(
                f"{self.kept.key} would have {held} excerpts: {EXCERPTS_LIMIT} is the most of one"
                " statement."
            )
        for row, before in found.values():
            after = {**before, "statement": self.kept.key}
            self.edit.log(row, before=before, after=after)
        rows = Excerpt.objects.filter(pk__in=[row.pk for row, _ in found.values()])
        rows.update(statement=self.kept, changed_in=self.edit.version)

    def _excerpt_keys(self) -> list[str]:
        return list(Excerpt.objects.filter(statement__in=self.others).values_list("key", flat=True))

    def join(self) -> None:
        """Write the inferences that stay and come to differ, with what they take over."""
        repeats: dict[str, list[Standing]] = defaultdict(list)
        for key, heir in self.plan.repeats.items():
            repeats[heir].append(self.steps[key])
        rows: list[Inference] = []
        for key in dict.fromkeys((*self.plan.joined, *repeats)):
            row, before = self.steps[key]
            after = self.record_after(key, repeats[key])
            if after != before:
                self._fill(row, after, repeats[key])
                self.edit.log(row, before=before, after=after)
                rows.append(row)
        columns = ["conclusion_statement", "conclusion_inference", "warrant", "scheme"]
        Inference.objects.bulk_update(rows, [*columns, "changed_in"], batch_size=BATCH)
        self._write_premises(rows)

    def record_after(self, key: str, repeats: Sequence[Standing]) -> Record:
        before = self.steps[key].record
        taken = inference_fields(
            native.inference_from(before), [native.inference_from(each.record) for each in repeats]
        )
        joined = self.plan.joined.get(key)
        if joined is not None:
            taken |= {"premises": list(joined.premises), "conclusion": joined.conclusion}
        return {**before, **taken}

    def _fill(self, row: Inference, after: Record, repeats: Sequence[Standing]) -> None:
        row.changed_in = self.edit.version
        row.warrant = after["warrant"]
        if row.scheme is None:
            row.scheme = next((each.row.scheme for each in repeats if each.row.scheme), None)
        if after["conclusion"] == self.kept.key:
            row.conclusion_statement = self.kept
        elif after["conclusion"] in self.steps:
            row.conclusion_inference = self.steps[after["conclusion"]].row
        validate_named(row)

    def _write_premises(self, rows: Sequence[Inference]) -> None:
        """Let the statement that stays be a premise in the place of the others, and once only."""
        gone = {row.pk for row in self.others}
        premises = {
            row.pk: dict.fromkeys(
                self.kept.pk if each.statement_id in gone else each.statement_id
                for each in row.premises.all()
            )
            for row in rows
        }
        Premise.objects.filter(inference__in=premises).delete()
        Premise.objects.bulk_create(
            (
                Premise(inference_id=inference, statement_id=statement, order=place)
                for inference, statements in premises.items()
                for place, statement in enumerate(statements, start=1)
            ),
            batch_size=BATCH,
        )
