"""The JSON Schema (draft 2020-12) of the native format.

It is the one list of what the format holds: exports keep the order of its members, the loader
reads by it, and its vocabularies and limits are those of the rest of the house.
"""

from __future__ import annotations

import json

from argmap.core import limits
from argmap.core.formats.shapes import (
    Rule,
    filled,
    key,
    list_of,
    object_of,
    one,
    or_null,
    shape,
    share,
    text,
    whole,
    word,
)
from argmap.core.kinds import (
    CommentKind,
    CommentState,
    Confidence,
    Credibility,
    Flag,
    Kind,
    Likelihood,
    Marking,
    Proposed,
    Reliability,
    Satisfaction,
    Settlement,
    Stance,
    Status,
    Verdict,
)
from argmap.core.text import WEB_ADDRESS

FORMAT = "argmap/1"

_TEXT = text(limits.TEXT_LIMIT, default="")
_LINE = text(limits.LINE_LIMIT, default="")
_MOMENT = shape(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
    "(Z|[+-][0-9]{2}:[0-9]{2})",
    "a moment such as 2017-02-16T09:30:00Z",
)
_SHA256 = shape("[0-9a-f]{64}", "a SHA-256: 64 hexadecimal digits, in lower case")
_STALE: Rule = {
    "type": "boolean",
    "default": False,
    "description": (
        "True where what it is about came to say something else after its version; only there. A "
        "file holds no log, so that it cannot tell what."
    ),
}
_FOREIGN: Rule = {
    "type": "object",
    "default": {},
    "description": "What another tool's file said that has no place here; only where there is any.",
}

_DEFINITIONS: dict[str, Rule] = {
    "map": object_of(
        {
            "slug": shape("[-a-zA-Z0-9_]*", "a slug", maxLength=limits.SLUG_LIMIT, default=""),
            "title": filled(limits.LINE_LIMIT),
            "issue": text(limits.ISSUE_LIMIT, default=""),
            "summary": _TEXT,
            "marking": word(Marking, default=Marking.CLEAR.value),
            "version": whole(0, default=0),
            "foreign": _FOREIGN,
        },
        "title",
    ),
    "source": object_of(
        {
            "key": key("S", "the key of a source, such as S1"),
            "title": filled(limits.LINE_LIMIT),
            "authors": list_of(filled(limits.LINE_LIMIT), limits.AUTHORS_LIMIT, default=[]),
            "publisher": _LINE,
            "published": or_null(
                shape(
                    "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?",
                    "a date such as 2017, 2017-02 or 2017-02-16",
                )
            ),
            "url": or_null(
                shape(
                    WEB_ADDRESS,
                    "an http or https address",
                    maxLength=limits.URL_LIMIT,
                )
            ),
            "reliability": or_null(word(Reliability)),
            "sha256": or_null(_SHA256),
            "media_type": text(
                limits.MEDIA_TYPE_LIMIT, default="", description="Only where it is known."
            ),
            "note": text(limits.TEXT_LIMIT, default="", description="Only where there is one."),
            "foreign": _FOREIGN,
        },
        "key title",
    ),
    "locator": object_of(
        {
            "section": text(limits.LINE_LIMIT),
            "paragraph": whole(1),
            "sentence": whole(1),
            "last_sentence": or_null(whole(1)),
            "length": or_null(whole(0)),
        },
        "section paragraph sentence",
        type=["object", "null"],
        default=None,
    ),
    "excerpt": object_of(
        {
            "key": key("X", "the key of an excerpt, such as X1"),
            "source": key("S", "the key of a source, such as S1"),
            "locator": one("locator"),
            "exact": or_null(text(limits.TEXT_LIMIT)),
            "prefix": or_null(text(limits.CONTEXT_LIMIT)),
            "suffix": or_null(text(limits.CONTEXT_LIMIT)),
            "start": or_null(whole(0)),
            "end": or_null(whole(0)),
            "sha256": or_null(_SHA256),
        },
        "key source",
    ),
    "statement": object_of(
        {
            "key": key("CEK", "the key of a statement, such as C1, E4 or K2"),
            "kind": word(Kind),
            "title": text(limits.TITLE_LIMIT, default=""),
            "text": filled(limits.TEXT_LIMIT),
            "note": _TEXT,
            "likelihood": or_null(word(Likelihood)),
            "confidence": or_null(word(Confidence)),
            "credibility": or_null(word(Credibility)),
            "base_score": or_null(share()),
            "status": word(Status, default=Status.DRAFT.value),
            "tags": list_of(
                filled(limits.TAG_LIMIT), limits.TAGS_LIMIT, uniqueItems=True, default=[]
            ),
            "excerpts": list_of(one("excerpt"), limits.EXCERPTS_LIMIT, default=[]),
            "foreign": _FOREIGN,
        },
        "key kind text",
    ),
    "inference": object_of(
        {
            "key": key("I", "the key of an inference, such as I1"),
            "stance": word(Stance),
            "premises": list_of(
                key("CEK", "the key of a statement, such as C1, E4 or K2"),
                limits.PREMISES_LIMIT,
                minItems=1,
                uniqueItems=True,
            ),
            "conclusion": key("CEKI", "the key of a statement or of an inference"),
            "scheme": or_null(shape("[-a-zA-Z0-9_]+", "a slug", maxLength=limits.SLUG_LIMIT)),
            "warrant": _TEXT,
            "weight": share(default=1.0),
            "foreign": _FOREIGN,
        },
        "key stance premises conclusion",
    ),
    "proposed": object_of(
        {
            "kind": word(Kind),
            "title": text(limits.TITLE_LIMIT),
            "text": filled(limits.TEXT_LIMIT),
            "note": text(limits.TEXT_LIMIT),
            "likelihood": or_null(word(Likelihood)),
            "confidence": or_null(word(Confidence)),
            "credibility": or_null(word(Credibility)),
            "base_score": or_null(share()),
            "warrant": text(limits.TEXT_LIMIT),
            "scheme": or_null(shape("[-a-zA-Z0-9_]+", "a slug", maxLength=limits.SLUG_LIMIT)),
        },
        "",
        description=(
            "Fields of a statement; of a new one also the warrant and scheme of the inference that "
            "it comes with."
        ),
    ),
    "suggestion": object_of(
        {
            "does": word(Proposed),
            "on": key("CEKI", "the key of a statement or of an inference"),
            "before": one("proposed"),
            "after": one("proposed"),
            "outcome": word(Settlement, default=Settlement.OPEN.value),
            "settled_by": text(limits.PERSON_LIMIT, default=""),
            "settled_at": or_null(_MOMENT),
        },
        "does on after",
        description=(
            "What a comment proposes: another wording of a statement, in the fields that would "
            "differ, or a new statement that supports or attacks a statement or an inference."
        ),
    ),
    "comment": object_of(
        {
            "number": whole(1),
            "parent": or_null(whole(1)),
            "target": or_null(key("CEKIX", "the key of a statement, an inference or an excerpt")),
            "lost_target": shape(
                "([CEKIX][1-9][0-9]{0,8})?", "the key of what is gone", default=""
            ),
            "kind": word(CommentKind),
            "flag": or_null(word(Flag)),
            "state": word(CommentState, default=CommentState.OPEN.value),
            "author": text(limits.PERSON_LIMIT),
            "at": _MOMENT,
            "edited_at": or_null(_MOMENT),
            "version": whole(0),
            "body": text(limits.TEXT_LIMIT),
            "deleted_at": or_null(_MOMENT),
            "deleted_by": text(limits.PERSON_LIMIT, default=""),
            "suggestion": one("suggestion"),
            "stale": _STALE,
        },
        "number kind author at version body",
        description=(
            "A parent comes before its replies; without a target the comment is on the map. The "
            "body is empty where the comment was deleted, and nowhere else. The last four members "
            "are there only where they say something."
        ),
    ),
    "review": object_of(
        {
            "reviewer": text(limits.PERSON_LIMIT),
            "verdict": word(Verdict),
            "at": _MOMENT,
            "version": whole(0),
            "summary": _TEXT,
        },
        "reviewer verdict at version",
    ),
    "answer": object_of(
        {
            "inference": key("I", "the key of an inference, such as I1"),
            "scheme": shape("[-a-zA-Z0-9_]+", "a slug", maxLength=limits.SLUG_LIMIT),
            "question": whole(0),
            "asks": text(limits.ISSUE_LIMIT, default=""),
            "says": word(Satisfaction),
            "author": text(limits.PERSON_LIMIT),
            "at": _MOMENT,
            "version": whole(0),
            "why": _TEXT,
            "stale": _STALE,
        },
        "inference scheme question says author at version",
        description=(
            "What somebody answers to a critical question: that of a scheme, by its place among "
            "the scheme's. What it asks lets a reader tell it from another in its place."
        ),
    ),
}


def _listed(name: str, limit: int) -> Rule:
    return list_of(one(name), limit, default=[])


SCHEMA: Rule = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:argmap:format:1",
    "title": FORMAT,
    "description": (
        "An argument map. Texts hold no control characters but tabs and line breaks. Exports write "
        "members in the order of this schema, elements by natural order of their keys. Ratings are "
        "in no file, since they are given blind, and neither are rounds, which ask the people of "
        "one installation."
    ),
    **object_of(
        {
            "format": {"const": FORMAT},
            "map": one("map"),
            "sources": _listed("source", limits.SOURCES_LIMIT),
            "statements": _listed("statement", limits.STATEMENTS_LIMIT),
            "inferences": _listed("inference", limits.INFERENCES_LIMIT),
            "comments": _listed("comment", limits.COMMENTS_LIMIT),
            "reviews": _listed("review", limits.COMMENTS_LIMIT),
            "answers": _listed("answer", limits.COMMENTS_LIMIT),
        },
        "format map",
    ),
    "$defs": _DEFINITIONS,
}


def members(definition: str) -> tuple[str, ...]:
    """Return the names of the members of an element, in the order of exports."""
    return tuple(_DEFINITIONS[definition]["properties"])


def parts(definition: str) -> dict[str, str]:
    """Return the definitions that members of an element follow, by the names of the members."""
    rules = _DEFINITIONS[definition]["properties"]
    return {name: rule["$ref"].rpartition("/")[2] for name, rule in rules.items() if "$ref" in rule}


def schema_text() -> str:
    """Return the schema as the JSON text that is served."""
    return json.dumps(SCHEMA, ensure_ascii=False, indent=2) + "\n"
