"""The native format, argmap/1: the same map always gives the same bytes, and they come back.

The records that stand for single elements are public: the log of changes keeps what an element
was before and after in exactly this form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from argmap.core.formats.parse import parse_json, parse_toml
from argmap.core.formats.records import (
    excerpt_from,
    excerpt_record,
    inference_from,
    inference_record,
    locator_from,
    locator_record,
    map_fields_from,
    map_record,
    source_from,
    source_record,
    statement_from,
    statement_record,
)
from argmap.core.formats.report import FormatError, Loaded, Record
from argmap.core.formats.schema import FORMAT, SCHEMA, members, parts
from argmap.core.formats.staleness import check_stale
from argmap.core.formats.threads import check_threads
from argmap.core.formats.validate import check
from argmap.core.graph import Graph, key_order
from argmap.core.places import Place, quoted
from argmap.core.problems import violations

__all__ = [
    "dump",
    "excerpt_from",
    "excerpt_record",
    "inference_from",
    "inference_record",
    "load",
    "load_toml",
    "locator_from",
    "locator_record",
    "map_fields_from",
    "map_record",
    "source_from",
    "source_record",
    "statement_from",
    "statement_record",
]

SORTED_LISTS = ("sources", "statements", "inferences", "excerpts")
"""The lists that a Graph keeps in natural order, whatever the order of the file."""


def dump(
    graph: Graph,
    *,
    comments: Iterable[Record] | None = None,
    reviews: Iterable[Record] | None = None,
    answers: Iterable[Record] | None = None,
) -> str:
    """Return `graph` as argmap/1; comments, reviews and answers are written where they are given."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "map": map_record(graph),
        "sources": [source_record(source) for source in graph.sources],
        "statements": [statement_record(statement) for statement in graph.statements],
        "inferences": [inference_record(inference) for inference in graph.inferences],
    }
    for name, definition, records in (
        ("comments", "comment", comments),
        ("reviews", "review", reviews),
        ("answers", "answer", answers),
    ):
        if records is not None:
            document[name] = [_in_order(record, definition) for record in records]
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def load(text: str) -> Loaded:
    """Return the map that the JSON in `text` holds; argmap/1 has no losses.

    Raises FormatError at the first place that breaks the schema or a rule of graphs.
    """
    return _loaded(parse_json(text))


def load_toml(text: str) -> Loaded:
    """Return the map that the TOML in `text` holds: the same members, by the same names.

    TOML has no null: a member without a value is left out. Raises FormatError, as `load` does.
    """
    return _loaded(parse_toml(text))


def _loaded(document: Any) -> Loaded:
    _recognise(document)
    check(document, SCHEMA)
    graph = Graph(
        **map_fields_from(document["map"]),
        sources=tuple(map(source_from, document.get("sources", ()))),
        statements=tuple(map(statement_from, document.get("statements", ()))),
        inferences=tuple(map(inference_from, document.get("inferences", ()))),
    )
    _refuse(document, graph)
    said = {name: tuple(document.get(name, ())) for name in ("comments", "reviews", "answers")}
    check_threads(graph, said["comments"])
    for at, answer in enumerate(said["answers"]):
        if answer["inference"] not in graph.inference:
            place = Place(("answers", at, "inference"))
            raise FormatError(place, f"no inference has the key {quoted(answer['inference'])}")
    check_stale(graph, said["comments"], said["answers"])
    return Loaded(graph=graph, **said)


def _recognise(document: Any) -> None:
    """Refuse another format, or another version of this one, before its members confuse."""
    if not isinstance(document, dict):
        raise FormatError("", f"an {FORMAT} file is an object, this is {quoted(document)}")
    found = document.get("format")
    if "format" not in document:
        raise FormatError(Place(("format",)), f'is missing: this is not an "{FORMAT}" file')
    if found != FORMAT:
        raise FormatError(Place(("format",)), f'must be "{FORMAT}", not {quoted(found)}')


def _refuse(document: Mapping[str, Any], graph: Graph) -> None:
    """Raise the violation of a rule that stands first in the document."""
    written = _Written(document)
    found = [(*written.place(each.place), each.message) for each in violations(graph)]
    if found:
        _, place, message = min(found, key=lambda each: each[0])
        raise FormatError(place, message)


class _Written:
    """Finds in a document what has a place in its graph.

    A graph sorts its elements, the document may not; a member may also have been left out.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.orders: dict[int, list[int]] = {}

    def place(self, place: Place) -> tuple[list[int], Place]:
        """Return how far into the document a place of its graph is, and its place there."""
        value: Any = self.document
        order: list[int] = []
        steps: list[str | int] = []
        for step in place.steps:
            if isinstance(step, str):
                names = list(value) if isinstance(value, dict) else []
                order.append(names.index(step) if step in names else len(names))
                value = value[step] if step in names else None
                steps.append(step)
            else:
                number = self._order(value)[step] if steps[-1] in SORTED_LISTS else step
                order.append(number)
                value = value[number]
                steps.append(number)
        return order, Place(tuple(steps))

    def _order(self, elements: Sequence[Any]) -> list[int]:
        """Return the positions of a list's elements in natural order of their keys."""
        if id(elements) not in self.orders:
            by_key = sorted(range(len(elements)), key=lambda at: key_order(elements[at]["key"]))
            self.orders[id(elements)] = by_key
        return self.orders[id(elements)]


def _in_order(record: Record, definition: str) -> dict[str, Any]:
    """Return a record with its members in order; one that the format lacks is a ValueError.

    Those within it too: the databases keep no order of their own, or each another.
    """
    place, inner = members(definition).index, parts(definition)
    return {
        name: _in_order(record[name], inner[name]) if name in inner else record[name]
        for name in sorted(record, key=place)
    }
