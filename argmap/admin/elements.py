"""Elements of a map as the admin names, finds and links them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from argmap import graphs
from argmap.core.graph import EXCERPT_LETTER, INFERENCE_LETTER, SOURCE_LETTER
from argmap.core.sentences import sentence
from argmap.models import (
    NATURAL_ORDER,
    ArgumentMap,
    Element,
    Excerpt,
    Inference,
    Premise,
    Source,
    Statement,
)

STATEMENTS = "CEK"
NOTHING = Q(pk__in=[])
LABEL_LENGTH = 100
PAGE = 20


def admin_url(element: Element) -> str:
    """Return the address of an element's admin page; a statement's kind says on which of three."""
    name = element.kind if isinstance(element, Statement) else element._meta.model_name
    return reverse(f"admin:argmap_{name}_change", args=[element.pk])


def map_url(argument_map: ArgumentMap) -> str:
    """Return the address of a map's admin page."""
    return reverse("admin:argmap_argumentmap_change", args=[argument_map.pk])


def pages_of(wanted: Mapping[int, Collection[str]]) -> dict[tuple[int, str], str]:
    """Return the admin pages of elements, by map and key, of those `wanted` by each map's number.

    One query for each of the three tables that a key is of: statements, inferences, sources.
    """
    found: dict[tuple[int, str], str] = {}
    tables: list[tuple[type[Element], str, tuple[str, ...]]] = [
        (Statement, STATEMENTS, ("kind",)),
        (Inference, INFERENCE_LETTER, ()),
        (Source, SOURCE_LETTER, ()),
    ]
    for table, letters, more in tables:
        keys = {pk: [key for key in here if key[0] in letters] for pk, here in wanted.items()}
        named = reduce(or_, (Q(map=pk, key__in=here) for pk, here in keys.items() if here), NOTHING)
        rows = table._default_manager.filter(named).order_by().only("map", "key", *more)
        found |= {(row.map_id, row.key): admin_url(row) for row in rows}
    return found


def link(element: Element, text: str = "") -> SafeString:
    """Return a link to an element's admin page."""
    return format_html('<a href="{}">{}</a>', admin_url(element), text or element.key)


def listed(lines: Iterable[str]) -> SafeString | str:
    """Return an HTML list, or a dash for nothing."""
    items = format_html_join("", '<li dir="auto">{}</li>', ((line,) for line in lines))
    return format_html('<ul class="plain">{}</ul>', items) if items else "–"


def spoken(inferences: QuerySet[Inference]) -> QuerySet[Inference]:
    """Let `say` need no query for each row: one for all premises, the rest joined."""
    premises = Premise.objects.order_by("order").select_related("statement")
    related = ("conclusion_statement", "conclusion_inference", "scheme")
    return (
        inferences.order_by(*NATURAL_ORDER)
        .select_related(*related)
        .prefetch_related(Prefetch("premises", premises))
    )


def premises_of(inference: Inference) -> list[str]:
    """Return the keys of an inference's premises in order, from what `spoken` fetched."""
    return [premise.statement.key for premise in inference.premises.all()]


def say(inference: Inference) -> str:
    """Return what an inference says, in words."""
    scheme = inference.scheme
    conclusion = inference.conclusion
    said = graphs.inference_of(
        inference,
        premises_of(inference),
        conclusion.key if conclusion else "",
        scheme.slug if scheme else None,
    )
    return sentence(said, {scheme.slug: scheme.name} if scheme else {})


def label(element: Element) -> str:
    """Return an element's key and what it says, cut."""
    if isinstance(element, Inference):
        words = say(element)
    elif isinstance(element, Statement):
        words = element.title or element.text
    elif isinstance(element, Excerpt):
        words = f"{element.statement.key} on {element.source.key}"
    else:
        words = getattr(element, "title", "")
    return f"{element.key} · {Truncator(' '.join(words.split())).chars(LABEL_LENGTH)}"


def labels(argument_map: ArgumentMap, keys: Sequence[str]) -> dict[str, str]:
    """Return the labels of those of `keys` that the map has: a query for each table named."""
    letters = "".join({key[:1] for key in keys})
    tables = _tables(argument_map, letters)
    return {row.key: label(row) for rows in tables for row in rows.filter(key__in=keys)}


def search(
    argument_map: ArgumentMap, letters: str, term: str, page: int
) -> tuple[list[Element], bool]:
    """Return one page of the elements whose key or text holds `term`, and whether more follow."""
    start, wanted = (page - 1) * PAGE, PAGE + 1
    found: list[Element] = []
    for rows in _tables(argument_map, letters):
        matching = rows.filter(_holding(rows.model, term)).distinct() if term else rows
        batch = list(matching[start : start + wanted - len(found)])
        found += batch
        if len(found) == wanted:
            break
        start = 0 if batch else max(0, start - matching.count())
    return found[:PAGE], len(found) == wanted


def _tables(argument_map: ArgumentMap, letters: str) -> list[QuerySet[Element]]:
    tables: list[QuerySet[Element]] = []
    if set(letters) & set(STATEMENTS):
        tables.append(argument_map.statements.order_by(*NATURAL_ORDER))
    if INFERENCE_LETTER in letters:
        tables.append(spoken(argument_map.inferences.all()))
    if SOURCE_LETTER in letters:
        tables.append(argument_map.sources.order_by(*NATURAL_ORDER).defer("text"))
    if EXCERPT_LETTER in letters:
        excerpts = argument_map.excerpts.order_by(*NATURAL_ORDER)
        tables.append(excerpts.select_related("statement", "source").defer("source__text"))
    return tables


SEARCHED: dict[type[Element], tuple[str, ...]] = {
    Statement: ("text", "title"),
    Inference: ("warrant", "premises__statement__text", "conclusion_statement__text"),
    Source: ("title", "publisher"),
    Excerpt: ("exact", "statement__text", "source__title"),
}


def _holding(model: type[Element], term: str) -> Q:
    holding = Q(key__istartswith=term)
    for column in SEARCHED[model]:
        holding |= Q(**{f"{column}__icontains": term})
    return holding
