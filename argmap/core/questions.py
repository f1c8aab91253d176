"""Critical questions as words on a map: what an answer turns into where an inference fails one."""

from __future__ import annotations

from argmap.core.limits import TEXT_LIMIT


def undercut_text(question: str, why: str = "") -> str:
    """Return a statement that undercuts an inference which does not satisfy `question`.

    It quotes the question, and goes on with `why` it is not satisfied; at most TEXT_LIMIT
    characters, of which the reason loses what is too much.
    """
    said = f"“{question.strip()}” is not satisfied"
    reason = " ".join(why.split())
    return f"{said}: {reason}"[:TEXT_LIMIT].rstrip() if reason else f"{said}."
