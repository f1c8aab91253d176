"""Critical questions as words on a map: what an answer turns into where an inference fails one."""

from __future__ import annotations

from argmap.core.limits import TEXT_LIMIT


def quotes(question: str, *texts: str) -> bool:
    """Tell whether one of `texts` quotes a question, however it is spaced and in whatever case.

    By this, and nothing else, an undercut is known to come of the question.
    """
    asked = _plain(question)
    return any(asked in _plain(text) for text in texts)


def warrant_of(question: str, text: str, warrant: str = "") -> str:
    """Return the warrant of an undercut that comes of `question`, and says `text`.

    Where neither that nor the `warrant` that was given quotes the question, the warrant does.
    """
    return warrant if warrant or quotes(question, text) else undercut_text(question)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def undercut_text(question: str, why: str = "") -> str:
    """Return a statement that undercuts an inference which does not satisfy `question`.

    It quotes the question, and goes on with `why` it is not satisfied; at most TEXT_LIMIT
    characters, of which the reason loses what is too much.
    """
    said = f"“{question.strip()}” is not satisfied"
    reason = " ".join(why.split())
    return f"{said}: {reason}"[:TEXT_LIMIT].rstrip() if reason else f"{said}."
