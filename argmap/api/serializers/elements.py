"""Elements of a graph, as argmap/1 writes them, with `changed_in` and their address.

The members are those of the native format and come from its records: one list of what an element
holds, which the schema of this API is made from as well.
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from rest_framework import serializers
from rest_framework.reverse import reverse

from argmap import graphs
from argmap.core.formats import native
from argmap.core.graph import in_key_order
from argmap.models import Element, Excerpt, Inference, Source, Statement

E = TypeVar("E", bound=Element)


class ElementSerializer(serializers.BaseSerializer[E]):
    """Writes an element; the graph is not written by these."""

    definition: ClassVar[str]
    """What the format's schema calls the element."""

    more: ClassVar[dict[str, Any]] = {}
    """The schema of members that this API adds."""

    def to_representation(self, instance: E) -> dict[str, Any]:
        """Return the element's record, with what a client needs to find and to lock it."""
        request = self.context["request"]
        where = {"slug": self.context["view"].map.slug, "key": instance.key}
        return {
            **self.record(instance),
            "changed_in": instance.changed_in,
            "address": reverse(f"api:{self.definition}", kwargs=where, request=request),
        }

    def record(self, row: E) -> dict[str, Any]:
        """Return the element as the native format writes it."""
        raise NotImplementedError


class StatementSerializer(ElementSerializer[Statement]):
    """A sentence that can be true or false, with the excerpts that it rests on."""

    definition = "statement"

    def record(self, row: Statement) -> dict[str, Any]:
        """Return the statement; excerpts come with their sources' keys."""
        excerpts = [graphs.excerpt_of(each, each.source.key) for each in row.excerpts.all()]
        return native.statement_record(graphs.statement_of(row, in_key_order(excerpts)))


class InferenceSerializer(ElementSerializer[Inference]):
    """One step from premises to what it bears on: a statement, or another inference."""

    definition = "inference"

    def record(self, row: Inference) -> dict[str, Any]:
        """Return the inference; premises come as stored."""
        premises = sorted(row.premises.all(), key=lambda premise: premise.order)
        inference = graphs.inference_of(
            row,
            [premise.statement.key for premise in premises],
            row.conclusion.key if row.conclusion else "",
            row.scheme.slug if row.scheme else None,
        )
        return native.inference_record(inference)


class SourceSerializer(ElementSerializer[Source]):
    """A document. Its text stays behind: a map may cite what may not be passed on."""

    definition = "source"
    more = {
        "has_text": {"type": "boolean", "description": "Whether the document's text is here."},
    }

    def record(self, row: Source) -> dict[str, Any]:
        """Return the source, and whether its text is here."""
        return {**native.source_record(graphs.source_of(row)), "has_text": row.has_text}  # type: ignore[attr-defined]


class ExcerptSerializer(ElementSerializer[Excerpt]):
    """A stretch of a source that a statement rests on."""

    definition = "excerpt"
    more = {"statement": {"type": "string", "description": "The key of the statement."}}

    def record(self, row: Excerpt) -> dict[str, Any]:
        """Return the excerpt, and the statement that rests on it."""
        excerpt = native.excerpt_record(graphs.excerpt_of(row, row.source.key))
        return {**excerpt, "statement": row.statement.key}
