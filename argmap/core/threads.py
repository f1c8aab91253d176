"""How much an open thread weighs: what to answer first.

Three things add up. What it asks: a challenge says that something is wrong, a question that
something is missing, a suggestion has its own way out, a comment asks for nothing. What it says is
wrong: the flags that touch whether the argument holds weigh more than those that touch how it is
written. And where: what bears on nothing else is what the map is for.
"""

from __future__ import annotations

from collections.abc import Mapping

from argmap.core.kinds import CommentKind, Flag

BY_KIND: Mapping[CommentKind, int] = {
    CommentKind.CHALLENGE: 40,
    CommentKind.QUESTION: 30,
    CommentKind.SUGGESTION: 20,
    CommentKind.COMMENT: 10,
}

BY_FLAG: Mapping[Flag, int] = {
    Flag.NEEDS_SOURCE: 6,
    Flag.OVERSTATED: 6,
    Flag.NOT_RELEVANT: 6,
    Flag.OUTDATED: 4,
    Flag.UNCLEAR: 2,
    Flag.DUPLICATE: 2,
    Flag.OUT_OF_SCOPE: 2,
}

ON_A_ROOT = 3
"""More than a flag of style, less than one of substance; never as much as another kind."""


def thread_weight(kind: CommentKind, flag: Flag | None, *, on_root: bool) -> int:
    """Return the weight of a thread, 10 to 49. `on_root`: it is on a statement that no inference
    starts from.
    """
    return BY_KIND[kind] + (BY_FLAG[flag] if flag else 0) + (ON_A_ROOT if on_root else 0)
