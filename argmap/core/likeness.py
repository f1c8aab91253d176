"""Sources that may be one document entered twice: what tells, and which of them are alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from argmap.core.finding import plain
from argmap.core.kinds import Word

N = TypeVar("N", bound=Hashable)

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")
_NO_LETTERS = re.compile(r"[\W_]+")
_BEFORE_HOST = re.compile(r"https?://(www\.)?")
_DEFAULT_PORT = re.compile(r":(80|443)(?=[/?]|\Z)")
_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid)=[^&]*&?")


class Likeness(Word):
    """What two sources have in common that tells of one document."""

    TEXT = "text"
    TITLE = "title"
    ADDRESS = "address"

    @property
    def label(self) -> str:
        """What a person reads."""
        return f"Same {self.value}"


class Marks(NamedTuple):
    """What a source is compared by, in the order of Likeness; "" is like nothing."""

    text: str
    title: str
    address: str


def marks(title: str, url: str, sha256: str) -> Marks:
    """Return the marks of a source: its file's hash, and its title and address, plain."""
    return Marks(sha256, plain_title(title), plain_address(url))


def plain_title(title: str) -> str:
    """Return a title without case, accents, punctuation and repeated spaces."""
    return _NO_LETTERS.sub(" ", _APOSTROPHES.sub("", plain(title))).strip()


def plain_address(url: str) -> str:
    """Return an address without what may differ where the document does not.

    That is the scheme, "www.", a default port, the fragment, a slash at the end, what only says
    where a reader came from (utm_…), and the case of the host.
    """
    whole = url.strip().partition("#")[0]
    host, slash, path = _BEFORE_HOST.sub("", whole[:12].lower() + whole[12:], count=1).partition(
        "/"
    )
    path, asked, query = path.partition("?")
    query = _TRACKING.sub("", query).rstrip("&")
    found = f"{_DEFAULT_PORT.sub('', host.lower())}{slash}{path}".rstrip("/")
    return f"{found}{asked}{query}" if query else found


def shared(one: Marks, other: Marks) -> list[Likeness]:
    """Return what two sources have in common."""
    pairs = zip(Likeness, one, other, strict=True)
    return [likeness for likeness, mine, theirs in pairs if mine == theirs != ""]


def alike(sources: Iterable[tuple[N, Marks]]) -> Mapping[N, Mapping[Likeness, list[N]]]:
    """Return for each source that is like another which ones it is like, by what they share.

    One look at each source; a source is not among those that it is like.
    """
    sharing: dict[tuple[Likeness, str], list[N]] = defaultdict(list)
    for name, found in sources:
        for likeness, mark in zip(Likeness, found, strict=True):
            if mark:
                sharing[likeness, mark].append(name)
    result: dict[N, dict[Likeness, list[N]]] = defaultdict(dict)
    for (likeness, _), names in sharing.items():
        if len(names) > 1:
            for name in names:
                result[name][likeness] = [other for other in names if other != name]
    return result
