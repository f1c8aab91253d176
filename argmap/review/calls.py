"""Whom comments call by name, and since which of their wordings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from argmap.core.kinds import Verb
from argmap.markdown import names_called
from argmap.models import ChangeItem, Comment, Mention


def called_by(
    people: Collection[int], comments: dict[int, Comment]
) -> defaultdict[int, dict[str, int]]:
    """Return whom each comment calls, by name, and who have not read it yet."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    rows = Mention.objects.filter(user__in=people, comment__pk__among=comments, read_at=None)
    for comment, name, user in rows.order_by().values_list("comment", "user__username", "user"):
        found[comment][name] = user
    return found


def wordings_of(comments: Collection[int]) -> defaultdict[int, dict[int, frozenset[str]]]:
    """Return whom each comment named before it was reworded, by the items of the log.

    One query, none where there are no comments.
    """
    found: defaultdict[int, dict[int, frozenset[str]]] = defaultdict(dict)
    if not comments:
        return found
    items = ChangeItem.objects.filter(
        type="comment", key__in=[str(each) for each in comments], change__verb=Verb.EDIT
    )
    # Of a text that is a number SQLite would make one, were it asked for the body alone.
    for key, item, before in items.values_list("key", "pk", "before"):
        found[int(key)][item] = frozenset(names_called((before or {}).get("body", "")))
    return found


def newly_called(
    called: Mapping[str, int], item: int, wordings: Mapping[int, frozenset[str]]
) -> Iterator[int]:
    """Yield whom a comment calls since an item of the log, and did not in any wording before it.

    However often a comment is reworded, nobody is called by it twice. Whom the latest wording does
    not name is not among the `called`.
    """
    before = frozenset[str]().union(*(wordings[each] for each in wordings if each <= item))
    after = next((wordings[each] for each in sorted(wordings) if each > item), called.keys())
    return (user for name, user in called.items() if name in after and name not in before)
