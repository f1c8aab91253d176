"""Bringing in a whole map: all of it, or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify

from argmap.actions import records
from argmap.actions.base import validate, write_change, write_items
from argmap.actions.maps import insert_map
from argmap.actions.rows import BATCH, Writer, levels
from argmap.actions.steps import Progress, Steps, batches, finish
from argmap.actions.talk import insert_talk
from argmap.core import graph as core
from argmap.core.formats import Loss, Record, native
from argmap.core.formats.staleness import reworded
from argmap.core.kinds import Role, Verb, Visibility
from argmap.core.saying import SAID
from argmap.models import ArgumentMap, ChangeItem, KeyCounter, Membership, Scheme

NO_TEXTS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Imported:
    """The map that an import made, the schemes that it had to make, bare, and what was lost."""

    map: ArgumentMap
    new_schemes: tuple[str, ...]
    losses: tuple[Loss, ...] = ()


def import_graph(
    *,
    actor: User | None,
    graph: core.Graph,
    owner: User | None = None,
    slug: str = "",
    visibility: Visibility = Visibility.PRIVATE,
    comments: Sequence[Record] = (),
    reviews: Sequence[Record] = (),
    answers: Sequence[Record] = (),
) -> Imported:
    """Make a map of `graph`, with its keys and its version. Without an owner it is nobody's.

    `comments`, `reviews` and `answers` are records of argmap/1, checked as its loader does. Whose
    they are, the file says by name: a command takes them for those of the users who have the names,
    a person only their own, so that nobody puts words into the account of another. `graph` must have
    no `problems.violations`. Raises ValidationError, with the place, where the tables refuse what
    the format allows.
    """
    return finish(
        import_graph_in_steps(
            actor=actor,
            graph=graph,
            owner=owner,
            slug=slug,
            visibility=visibility,
            comments=comments,
            reviews=reviews,
            answers=answers,
        )
    )


def import_graph_in_steps(
    *,
    actor: User | None,
    graph: core.Graph,
    owner: User | None = None,
    slug: str = "",
    visibility: Visibility = Visibility.PRIVATE,
    comments: Sequence[Record] = (),
    reviews: Sequence[Record] = (),
    answers: Sequence[Record] = (),
) -> Steps[Imported]:
    """Do what `import_graph` does, and say after each BATCH of rows how far it is."""
    with transaction.atomic():
        writer, new = yield from _insert(graph, owner=owner, slug=slug, visibility=visibility)
        _raise_counters(writer.map, graph, comments)
        talk = insert_talk(writer, actor=actor, comments=comments, reviews=reviews, answers=answers)
        change = write_change(writer.map, actor=actor, verb=Verb.IMPORT, items=[])
        items = [*items_of(writer.map, graph), *talk.items]
        done = len(items)
        for part in batches(items):
            write_items(change, part)
            done += len(part)
            yield Progress(done, 2 * len(items))
        _remember_rewordings(items, reworded(comments, answers))
    return Imported(writer.map, new, talk.losses)


def _remember_rewordings(items: Sequence[ChangeItem], versions: Mapping[str, int]) -> None:
    """Let the log's lines for elements say since when these say what they say.

    What was stale where the file comes from is stale here by that, and no difference is made up.
    """
    marked = []
    for item in items:
        key = "" if item.type == "map" else item.key
        if item.type in SAID and key in versions:
            item.version, item.rewords = versions[key], True
            marked.append(item)
    ChangeItem.objects.bulk_update(marked, ["version", "rewords"], batch_size=BATCH)


def insert_graph(
    graph: core.Graph, *, owner: User | None, slug: str, visibility: Visibility
) -> Imported:
    """Insert a map of `graph` within an open transaction; the Change is the caller's to write."""
    writer, new = finish(_insert(graph, owner=owner, slug=slug, visibility=visibility))
    _raise_counters(writer.map, graph)
    return Imported(writer.map, new)


def _insert(
    graph: core.Graph, *, owner: User | None, slug: str, visibility: Visibility
) -> Steps[tuple[Writer, tuple[str, ...]]]:
    """Insert a map of `graph`: half of all, since each row has its line in the log.

    Return what wrote it, which knows its rows, and the schemes that had to be made.
    """
    argument_map = _insert_own_fields(graph, slug, visibility)
    if owner is not None:
        Membership.objects.create(map=argument_map, user=owner, role=Role.OWNER)
    writer = Writer(argument_map, graph.version)
    writer.schemes, new = _schemes(graph)
    done, total = 1, 2 * (1 + _row_count(graph))
    for rows in _written(writer, graph):
        done += rows
        yield Progress(done, total)
    return writer, new


def _row_count(graph: core.Graph) -> int:
    excerpts = sum(len(statement.excerpts) for statement in graph.statements)
    return len(graph.sources) + len(graph.statements) + excerpts + len(graph.inferences)


def _written(writer: Writer, graph: core.Graph) -> Iterator[int]:
    """Insert the rows of a graph in parts, and yield how many each part had."""
    excerpts = [(each.key, excerpt) for each in graph.statements for excerpt in each.excerpts]
    # Those that others bear on come in no later part than these.
    inferences = list(chain.from_iterable(levels(graph.inferences)))
    tables: list[tuple[Callable[[Any, int], None], Sequence[Any]]] = [
        (writer.insert_sources, graph.sources),
        (writer.insert_statements, graph.statements),
        (writer.insert_excerpts, excerpts),
        (writer.insert_inferences, inferences),
    ]
    for insert, rows in tables:
        done = 0
        for part in batches(rows):
            insert(part, done)
            done += len(part)
            yield len(part)


def _insert_own_fields(graph: core.Graph, slug: str, visibility: Visibility) -> ArgumentMap:
    argument_map = ArgumentMap(
        title=graph.title,
        issue=graph.issue,
        summary=graph.summary,
        marking=graph.marking,
        visibility=visibility,
        version=graph.version,
        activity=1,
        foreign=dict(graph.foreign),
    )
    return insert_map(argument_map, slug or graph.slug or slugify(graph.title) or "map")


def _schemes(graph: core.Graph) -> tuple[dict[str, Scheme], tuple[str, ...]]:
    """Return the schemes that the inferences name; make those that are not there."""
    wanted = {inference.scheme for inference in graph.inferences if inference.scheme}
    found = Scheme.objects.in_bulk(wanted, field_name="slug")
    new = sorted(wanted - found.keys())
    for slug in new:
        scheme = Scheme(slug=slug, name=slug.replace("-", " ").capitalize())
        validate(scheme)
        scheme.save(force_insert=True)
        found[slug] = scheme
    return found, tuple(new)


def _raise_counters(
    argument_map: ArgumentMap, graph: core.Graph, comments: Sequence[Record] = ()
) -> None:
    """Let no key that the file uses be handed out again, nor one that its comments remember."""
    last: dict[str, int] = defaultdict(int)
    keys = [
        *graph.source,
        *graph.statement,
        *graph.inference,
        *(excerpt.key for statement in graph.statements for excerpt in statement.excerpts),
        *(each["lost_target"] for each in comments if each.get("lost_target")),
        *(each["suggestion"]["on"] for each in comments if "suggestion" in each),
    ]
    for letter, number in map(core.key_order, keys):
        last[letter] = max(last[letter], number)
    KeyCounter.objects.bulk_create(
        KeyCounter(map=argument_map, letter=letter, last=number) for letter, number in last.items()
    )


def items_of(
    argument_map: ArgumentMap, graph: core.Graph, text_lengths: Mapping[str, int] = NO_TEXTS
) -> list[ChangeItem]:
    """Return the log's lines for all that was made, without asking the database for it again.

    `text_lengths` are those of the sources' texts, by key, where there are any.
    """
    made = [("map", argument_map.slug, records.record(argument_map))]
    made += [
        ("source", row.key, records.of_source(row, text_lengths.get(row.key, 0)))
        for row in graph.sources
    ]
    for statement in graph.statements:
        made.append(("statement", statement.key, records.of_statement(statement)))
        made += [
            ("excerpt", excerpt.key, records.of_excerpt(excerpt, statement.key))
            for excerpt in statement.excerpts
        ]
    made += [
        ("inference", inference.key, native.inference_record(inference))
        for inference in graph.inferences
    ]
    return [ChangeItem(type=type_, key=key, after=after) for type_, key, after in made]
