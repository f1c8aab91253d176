"""How a row is written down in the log: with keys and names, never with ids.

Elements of the graph are written as argmap/1 writes them, so that the log can be read, compared
and restored with the same code as a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model

from argmap import graphs
from argmap.core import graph as core
from argmap.core.formats import native
from argmap.models import (
    Answer,
    ArgumentMap,
    Comment,
    Excerpt,
    Inference,
    Membership,
    Premise,
    Rating,
    Review,
    Round,
    Snapshot,
    Source,
    Statement,
    Suggestion,
)

Record = dict[str, Any]


def record(row: Model) -> Record:
    """Return what the log keeps of `row`."""
    return _RECORDS[type_of(row)](row)


def type_of(row: Model) -> str:
    """Return the word for a row's table; proxies share their table's."""
    return _TYPES[row._meta.concrete_model or type(row)]


def name_of(row: Model) -> str:
    """Return what the log calls a row: its key, the user's name, or a number."""
    if isinstance(row, ArgumentMap):
        return row.slug
    if isinstance(row, Membership):
        return row.user.get_username()
    return str(getattr(row, "key", row.pk))


def of_statement(statement: core.Statement) -> Record:
    """Leave the excerpts out: they are rows of their own in the log."""
    found = native.statement_record(statement)
    del found["excerpts"]
    return found


def of_excerpt(excerpt: core.Excerpt, statement_key: str) -> Record:
    """Name the statement, which the nested form of a file need not."""
    return {"statement": statement_key, **native.excerpt_record(excerpt)}


def excerpt_from(record: Record) -> tuple[str, core.Excerpt]:
    """Return an excerpt from the log, beside the key of its statement."""
    return record["statement"], native.excerpt_from(_without(record, "statement"))


def of_source(source: core.Source, text_length: int) -> Record:
    """Leave the document's text out, which may be megabytes: its length and hash stand for it."""
    return {**native.source_record(source), "text_length": text_length}


def source_from(record: Record) -> core.Source:
    """Return a source from the log, without its text."""
    return native.source_from(_without(record, "text_length"))


def of_inference(row: Inference, premises: Iterable[str]) -> Record:
    """Write an inference from its row and the keys of its premises."""
    conclusion = row.conclusion.key if row.conclusion else ""
    scheme = row.scheme.slug if row.scheme else None
    return native.inference_record(graphs.inference_of(row, premises, conclusion, scheme))


def of_answer(row: Answer) -> Record:
    """Name the question as fixtures do: by its scheme, and its place among that one's questions."""
    return {
        "inference": row.inference.key,
        "scheme": row.question.scheme.slug,
        "question": row.question.order,
        "author": row.author_name,
        "says": row.says,
        "why": row.why,
        "version_seen": row.version_seen,
    }


def _without(record: Record, name: str) -> Record:
    return {member: value for member, value in record.items() if member != name}


def _statement(row: Statement) -> Record:
    return of_statement(graphs.statement_of(row))


def _excerpt(row: Excerpt) -> Record:
    return of_excerpt(graphs.excerpt_of(row, row.source.key), row.statement.key)


def _inference(row: Inference) -> Record:
    premises = Premise.objects.filter(inference=row).order_by("order")
    return of_inference(row, premises.values_list("statement__key", flat=True))


def _source(row: Source) -> Record:
    return of_source(graphs.source_of(row), len(row.text))


def _map(row: ArgumentMap) -> Record:
    fields = graphs.own_fields(row)
    del fields["version"]
    return {**fields, "marking": row.marking, "visibility": row.visibility}


def _comment(row: Comment) -> Record:
    return {
        "about": row.about,
        "parent": row.parent_id,
        "author": row.author_name,
        "kind": row.kind,
        "flag": row.flag,
        "body": row.body,
        "state": row.state,
        "version_seen": row.version_seen,
        **({"deleted": True} if row.is_deleted else {}),
    }


def _suggestion(row: Suggestion) -> Record:
    return {
        "about": row.proposal["on"],
        "author": row.comment.author_name,
        "outcome": row.outcome,
        **row.proposal,
    }


def _rating(row: Rating) -> Record:
    """Leave the figures out: whoever reads the log may not have given theirs yet."""
    return {
        "about": row.about or row.lost_target,
        "author": row.author_name,
        "version_seen": row.version_seen,
    }


def _round(row: Round) -> Record:
    return {
        "asked_by": row.asked_by_name,
        "version": row.version,
        "due": row.due.isoformat() if row.due else None,
        "message": row.message,
        "closed": not row.is_open,
    }


def _membership(row: Membership) -> Record:
    return {"user": row.user.get_username(), "role": row.role}


def _review(row: Review) -> Record:
    return {
        "reviewer": row.reviewer_name,
        "round": row.round_id,
        "verdict": row.verdict,
        "summary": row.summary,
        "version_seen": row.version_seen,
    }


def _snapshot(row: Snapshot) -> Record:
    return {"name": row.name, "version": row.version, "sha256": row.sha256}


_TYPES: dict[type[Model], str] = {
    Answer: "answer",
    ArgumentMap: "map",
    Comment: "comment",
    Excerpt: "excerpt",
    Inference: "inference",
    Membership: "membership",
    Rating: "rating",
    Review: "review",
    Round: "round",
    Snapshot: "snapshot",
    Source: "source",
    Statement: "statement",
    Suggestion: "suggestion",
}

_RECORDS: dict[str, Callable[[Any], Record]] = {
    "answer": of_answer,
    "map": _map,
    "comment": _comment,
    "excerpt": _excerpt,
    "inference": _inference,
    "membership": _membership,
    "rating": _rating,
    "review": _review,
    "round": _round,
    "snapshot": _snapshot,
    "source": _source,
    "statement": _statement,
    "suggestion": _suggestion,
}
