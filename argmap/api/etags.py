"""ETags: strong, made from counters rather than from bodies, so that a 304 costs no more than a look.

On a map, a tag hashes its uuid, a state, the role held on it, and the address with its query, which
names noun, key and format. The state is the map's `version` where the graph is read, its `activity`
where comments or members are, an element's `changed_in`, and a comment's own record: a comment has
no counter, and another comment on the same map must not make a write on this one stale. What hangs on
rows of no map (critical questions, people's names) names these too: no map's counters count them.
"""

from __future__ import annotations

import json
from hashlib import sha256

from django.http import HttpRequest
from django.utils.http import parse_etags
from rest_framework.request import Request
from rest_framework.response import Response

from argmap.api.errors import PreconditionFailed

SHAPE = 1
"""Raise it when the API writes the same state in another way: old tags are stale then."""


def etag_of(*parts: object) -> str:
    """Return the tag for a state that `parts` name."""
    named = json.dumps([SHAPE, *parts], default=str, sort_keys=True)
    return f'"{sha256(named.encode()).hexdigest()[:32]}"'


def tagged(response: Response) -> Response:
    """Return a response with the tag of what is in it: where no map counts what changes."""
    response.headers["ETag"] = etag_of(response.data)
    return response


def is_known(request: HttpRequest | Request, tag: str) -> bool:
    """Tell whether If-None-Match names `tag`. The comparison is weak, as RFC 9110 has it."""
    given = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in given or tag in {each.removeprefix("W/") for each in given}


def require_match(request: HttpRequest | Request, tag: str) -> None:
    """Raise PreconditionFailed where If-Match is there and does not name `tag`, strongly."""
    header = request.headers.get("If-Match")
    if header is None:
        return
    given = parse_etags(header)
    if "*" not in given and tag not in given:
        raise PreconditionFailed
