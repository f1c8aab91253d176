"""Putting rows back as the log has them: what an undo and a redo do to the tables.

Rows that are to be there again are written first; then those that differ are set back, field by
field; and those that are not to be there go last. So nothing ever leans on what is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any, NoReturn

from django.core.exceptions import ValidationError

from argmap.actions import rows
from argmap.actions.answers import put_back
from argmap.actions.base import Conflict, Edit, Gone
from argmap.actions.carrying import carry
from argmap.actions.inferences import alter_inference
from argmap.actions.maps import alter_map
from argmap.actions.records import Record, excerpt_from, name_of, source_from
from argmap.actions.removal import (
    bequeath_comments,
    find_comments_back,
    find_ratings_back,
    keep_comments_of,
    keep_ratings_of,
)
from argmap.actions.resettling import resettle, settled_in
from argmap.actions.standing import Going, Standing, hanging_on, standing
from argmap.actions.together import alter_statements
from argmap.core.formats import native
from argmap.core.graph import INFERENCE_LETTER, SOURCE_LETTER
from argmap.core.history import OvertakenError, Step
from argmap.core.kinds import Verb
from argmap.core.reversal import CARRIED, CARRYING
from argmap.models import (
    Answer,
    Change,
    ChangeItem,
    Excerpt,
    Inference,
    Scheme,
    Source,
    Statement,
)

PAST = {Verb.UNDO: "undone", Verb.REDO: "redone"}


def restore(edit: Edit, change: Change, steps: list[Step]) -> None:
    """Take `steps`, one a row, within an open edit that undoes or redoes `change`.

    The number of queries grows with the rows that are altered, statements apart that get the same
    values, and not with those made or removed.
    Raises Conflict where someone wrote what a step would overwrite, or put something on what it
    would remove; Gone where what it needs was deleted; ValidationError where a rule of the graph
    would be broken, or a source had a text, which is not in the log.
    """
    _Restoring(edit, change).take(steps)


class _Restoring:
    def __init__(self, edit: Edit, change: Change) -> None:
        self.edit = edit
        self.map = edit.map
        self.change = change
        self.nothing = f"Nothing was {PAST[edit.verb]}."
        self.statements: Mapping[str, Statement] = {}

    def take(self, taken: list[Step]) -> None:
        said, settled = self.carried(taken), settled_in(self.change, taken)
        along = {(step.type, step.key) for step in (*said, *settled)}
        steps = [step for step in taken if (step.type, step.key) not in along]
        there = self.standing([step for step in steps if step.start is not None])
        self.make([step for step in steps if step.start is None], steps)
        altered = [(step, now) for step, now in there if step.end is not None]
        statements = [each for each in altered if each[0].type == "statement"]
        alter_statements(self.edit, [(now.row, self.back(step, now)) for step, now in statements])
        for step, now in altered:
            if step.type != "statement":
                self.alter(step, now)
        self.carry(said)
        resettle(self.edit, self.change, settled)
        self.remove([(step, now) for step, now in there if step.end is None])
        excerpts = [step for step in steps if step.type == "excerpt"]
        keys = {side["statement"] for step in excerpts for side in (step.start, step.end) if side}
        self.map.statements.filter(key__in=keys).update(changed_in=self.edit.version)

    def carried(self, taken: list[Step]) -> list[Step]:
        """Return the steps of what was said and went along, neither made nor removed by the change.

        An answer that left for another map of the act has an item there too (one query, where any
        left); one without has gone with its inference.
        """
        if self.change.verb not in CARRYING:
            return []
        left = {step.key for step in taken if step.type == "answer" and None in step[2:]}
        items = ChangeItem.objects.filter(change__batch=self.change.batch, type="answer")
        there = items.filter(key__in=left).exclude(change=self.change) if left else items.none()
        gone = left.difference(there.values_list("key", flat=True))
        return [
            step
            for step in taken
            if step.type in CARRIED and not (step.type == "answer" and step.key in gone)
        ]

    def standing(self, steps: list[Step]) -> list[tuple[Step, Standing]]:
        """Return each step beside its row. Raises Gone where one is not there any more."""
        keys: dict[str, list[str]] = defaultdict(list)
        for step in steps:
            keys[step.type].append(step.key)
        found = {type_: standing(self.map, type_, keys[type_]) for type_ in keys}
        for step in steps:
            if step.key not in found[step.type]:
                raise self.gone(step.type, step.key, _called(step))
        return [(step, found[step.type][step.key]) for step in steps]

    def make(self, made: list[Step], steps: list[Step]) -> None:
        """Write the rows that are to be there again, under their own keys."""
        texts = {step.key: self.text_of(step.end or {}) for step in made if step.type == "source"}
        new: dict[str, list[Any]] = {
            type_: [read(step.end or {}) for step in made if step.type == type_]
            for type_, read in _VALUES.items()
        }
        writer = self.writer(steps, {step.key for step in made})
        self.statements = writer.statements
        writer.insert_sources(new["source"])
        for key, text in texts.items():
            if text:
                self.map.sources.filter(key=key).update(text=text)
        writer.insert_statements(new["statement"])
        writer.insert_excerpts(new["excerpt"])
        writer.insert_inferences(new["inference"])
        answers = [step for step in made if step.type == "answer"]
        written: dict[str, Mapping[str, Any]] = {
            "answer": put_back(self.map, answers, writer.inferences),
            "source": writer.sources,
            "statement": writer.statements,
            "excerpt": writer.excerpts,
            "inference": writer.inferences,
        }
        for step in made:
            self.edit.log(written[step.type][step.key], before=None, after=step.end)
        for type_ in ("statement", "excerpt", "inference"):
            again = {step.key: written[type_][step.key] for step in made if step.type == type_}
            find_comments_back(self.map, again)
            if type_ == "statement":
                find_ratings_back(self.map, again)

    def carry(self, said: list[Step]) -> None:
        """Let what people said go back, or along again; the other map of a move brings its."""
        carry(self.edit, {(step.type, step.key): step.end for step in said if step.end is not None})
        self.edit.items += [
            ChangeItem(type=step.type, key=step.key, before=step.start, after=None)
            for step in said
            if step.end is None
        ]

    def writer(self, steps: list[Step], made: set[str]) -> rows.Writer:
        """Return a writer that knows what rows will lean on. Raises Gone where that is not there."""
        needed = {key: _called(step) for step in steps for key in step.needs if key not in made}
        writer = rows.Writer(self.map, self.edit.version)
        writer.sources = {
            each.key: each for each in self.map.sources.filter(key__in=needed).defer("text")
        }
        writer.statements = {each.key: each for each in self.map.statements.filter(key__in=needed)}
        writer.inferences = {each.key: each for each in self.map.inferences.filter(key__in=needed)}
        known = writer.sources.keys() | writer.statements.keys() | writer.inferences.keys()
        for key in needed.keys() - known:
            raise self.gone(_type_of(key), key, f"{key}, which {needed[key]} needs,")
        schemes = {step.scheme: _called(step) for step in steps if step.scheme}
        writer.schemes = Scheme.objects.in_bulk(schemes, field_name="slug")
        for slug in schemes.keys() - writer.schemes.keys():
            raise Gone(f"The scheme {slug}, which {schemes[slug]} needs, is gone. {self.nothing}")
        return writer

    def text_of(self, source: Record) -> str:
        """Return the text that a source had, which the log does not keep.

        Where it was merged into another of the same text, that one has it, unless it was given
        another since. Raises ValidationError where it is nowhere.
        """
        if not source["text_length"]:
            return ""
        twin = self.change.items.filter(type="source", before__isnull=False, after__isnull=False)
        key = twin.values_list("key", flat=True).first() if self.change.verb == Verb.MERGE else None
        given = ChangeItem.objects.filter(change__map=self.map, change__verb=Verb.ATTACH)
        since = given.filter(change__activity__gt=self.change.activity, type="source", key=key)
        found = self.map.sources.filter(key=key).first() if key and not since.exists() else None
        if found is None or len(found.text) != source["text_length"]:
            raise ValidationError(
                f"{source['key']} was deleted with its text, which the log does not keep:"
                " it cannot come back."
            )
        return found.text

    def alter(self, step: Step, now: Standing) -> None:
        """Set back the fields that the step is about, and no others."""
        fields = self.back(step, now)
        if step.type == "inference":
            alter_inference(self.edit, now.row, fields)
        elif step.type == "map":
            alter_map(self.edit, fields)
        else:
            self.edit.alter(now.row, fields)

    def back(self, step: Step, now: Standing) -> dict[str, Any]:
        """Return what the step's fields are at its end, as what writes them takes them."""
        try:
            record = step.moved(now.record)
        except OvertakenError as error:
            self.refuse_overtaken(step, now, error.fields)
        columns = _COLUMNS[step.type](record) if step.type in _COLUMNS else record
        if step.type == "excerpt":
            columns["statement"] = self.statements.get(record["statement"])
            if "source" in step.fields:
                columns["source"] = self.map.sources.get(key=record["source"])
        return {name: columns[name] for name in step.fields}

    def remove(self, going: list[tuple[Step, Standing]]) -> None:
        """Delete rows that are as the change left them and that nothing else hangs on."""
        for step, now in going:
            fields = step._replace(end=now.record).fields
            if fields:
                self.refuse_overtaken(step, now, fields)
        tables: Going = {
            model: [now.row for _, now in going if isinstance(now.row, model)]
            for model in (Answer, Excerpt, Inference, Statement, Source)
        }
        self.refuse_hanging(tables)
        self.leave_comments(tables)
        for _, now in going:
            self.edit.log(now.row, before=now.record, after=None)
        for model, found in tables.items():
            model._default_manager.filter(pk__in=[row.pk for row in found]).delete()

    def refuse_hanging(self, tables: Going) -> None:
        """Raise Conflict where something that is to stay hangs on what is to go."""
        for found in hanging_on(tables):
            on = next(row for row in chain(*tables.values()) if name_of(row) == found.on)
            who = self.latest(found.type, found.key, found.fields)
            told = f"{_name(who)} put {found.called} on {found.on} after that. {self.nothing}"
            raise Conflict(on, who, told)

    def leave_comments(self, tables: Going) -> None:
        """Keep the comments on what goes: with its heir where inferences were joined or split."""
        if self.change.verb in {Verb.JOIN, Verb.SPLIT}:
            heir = self.map.inferences.get(key=self.change.items.all()[0].key)
            for inference in tables[Inference]:
                bequeath_comments(inference, heir)
        for model in (Statement, Excerpt, Inference):
            keep_comments_of(tables[model])
        keep_ratings_of(tables[Statement])

    def latest(self, type_: str, key: str, fields: Iterable[str]) -> Change | None:
        """Return the latest change since that wrote one of these fields of a row."""
        items = ChangeItem.objects.filter(change__map=self.map, type=type_)
        if key:
            items = items.filter(key=key)
        later = items.filter(change__activity__gt=self.change.activity)
        for item in later.select_related("change").order_by("-change__activity"):
            if not {*fields}.isdisjoint(item.fields):
                return item.change
        return None

    def gone(self, type_: str, key: str, what: str) -> Gone:
        """Return what to raise where a row is not there any more."""
        removed = Change.objects.filter(
            map=self.map, items__type=type_, items__key=key, items__after__isnull=True
        )
        who = removed.order_by("-activity").first()
        return Gone(f"{_name(who)} deleted {what} after that. {self.nothing}")

    def refuse_overtaken(self, step: Step, now: Standing, fields: list[str]) -> NoReturn:
        """Say who wrote what the step would overwrite."""
        who = self.latest(step.type, step.key, fields)
        told = (
            f"{_name(who)} changed {_called(step)} ({', '.join(fields)}) after that. {self.nothing}"
        )
        raise Conflict(now.row, who, told)


def _name(change: Change | None) -> str:
    return change.actor_name if change else "Someone"


def _called(step: Step) -> str:
    """Return what people call a row: its key, where it has one."""
    return {"answer": "an answer", "map": "the map"}.get(step.type, step.key)


def _type_of(key: str) -> str:
    """Return the type of the row that a key names; no excerpt is ever needed."""
    return {SOURCE_LETTER: "source", INFERENCE_LETTER: "inference"}.get(key[:1], "statement")


_VALUES: Mapping[str, Callable[[Record], Any]] = {
    "source": source_from,
    "statement": native.statement_from,
    "excerpt": excerpt_from,
    "inference": native.inference_from,
}

_COLUMNS: Mapping[str, Callable[[Record], rows.Columns]] = {
    "answer": lambda record: record,
    "source": lambda record: rows.source_columns(source_from(record)),
    "statement": lambda record: rows.statement_columns(native.statement_from(record)),
    "excerpt": lambda record: rows.excerpt_columns(excerpt_from(record)[1]),
}
