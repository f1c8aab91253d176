"""An indented list of reasons, as Argdown writes it, from a person's clipboard.

    + [Ice]: Ice blocked the harbour on forty days. #evidence
      - Last winter was the coldest for a century.
        _ Every winter since has been colder. #(to check)
    - Ships cannot wait for spring.

Each line stands under the nearest one above it that is indented less. `+` supports what its line
stands under, `-` attacks it, `_` undercuts the step that the line it stands under takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from argmap.core.kinds import Kind, Stance
from argmap.core.limits import PASTE_LIMIT, TAG_LIMIT, TAGS_LIMIT, TEXT_LIMIT, TITLE_LIMIT
from argmap.core.problems.texts import what_cannot_be_kept


class PasteError(ValueError):
    """A list that cannot be read. `line` is the number of the line at fault, None for them all."""

    def __init__(self, line: int | None, message: str) -> None:
        self.line = line
        super().__init__(f"Line {line}: {message}" if line else message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One statement of a list, and the step from it.

    `under` is the index of the reason that it stands under, None for what the list is about. An
    undercut bears on the step that that one takes, anything else on its statement. `line` counts
    from 1.
    """

    line: int
    under: int | None
    stance: Stance
    undercuts: bool
    kind: Kind
    text: str
    title: str = ""
    tags: tuple[str, ...] = ()


SUPPORTS, ATTACKS, UNDERCUTS = "+", "-", "_"

MARKS = {**dict.fromkeys("+＋", SUPPORTS), **dict.fromkeys("-–−", ATTACKS), "_": UNDERCUTS}
"""What a line may start with, and what it is taken for: word processors put dashes for hyphens,
and keyboards for Chinese and Japanese have a plus sign of full width."""

START = f"start it with {SUPPORTS} (supports) or {ATTACKS} (attacks)."

KIND_TAGS = {kind.value: kind for kind in Kind}

# Not splitlines(), which breaks lines where no page shows a break and so numbers them otherwise.
_BREAK = re.compile(r"\r\n|\r|\n")
_INDENTED = re.compile(r"[ \t\u3000\xa0]*")
_TITLED = re.compile(r"(?:\[([^\]]*)\]|<([^>]*)>)(?::\s*(.*))?\Z", re.DOTALL)
_TAG = re.compile(r"(?:\A|\s)#(?:\(([^()]+)\)|([\w-]+))\Z")


def read(text: str) -> tuple[Reason, ...]:
    """Return the reasons of an indented list, each after the one that it stands under.

    Raises PasteError, which names the line, where the list could mean several things or nothing,
    or says more than a map can hold.
    """
    if not text.strip():
        raise PasteError(None, "There is nothing here to paste.")
    reasons: list[Reason] = []
    path: list[_Line] = []
    for line in _joined(text):
        if len(reasons) == PASTE_LIMIT:
            raise PasteError(line.number, f"{PASTE_LIMIT} statements at once are the most.")
        _climb(path, line)
        under = path[-1].place if path else None
        line.place = len(reasons)
        path.append(line)
        reasons.append(_reason(line, under))
    return tuple(reasons)


@dataclass(slots=True)
class _Line:
    """A line with a mark, and those that go on with its text; `place` is its reason's index."""

    number: int
    indent: str
    mark: str
    parts: list[str]
    place: int = 0


def _joined(text: str) -> Iterator[_Line]:
    """Yield the lines that start with a mark, with what the lines below each go on to say."""
    line: _Line | None = None
    for number, written in enumerate(_BREAK.split(text), start=1):
        indent = _indent(written)
        said = written.strip()
        if not said:
            continue
        if said[0] in MARKS:
            if line:
                yield line
            line = _Line(number, indent, MARKS[said[0]], [_after_mark(number, said)])
        elif line and _deeper(indent, line, number):
            line.parts.append(said)
        else:
            raise PasteError(number, START)
    if line:
        yield line


def _indent(written: str) -> str:
    found = _INDENTED.match(written)
    return found[0] if found else ""


def _after_mark(number: int, said: str) -> str:
    """Return what a line says after its mark. Raises PasteError where that is none of ours."""
    mark, rest = said[0], said[1:]
    if rest.startswith(">"):
        raise PasteError(
            number, f"{mark}> turns the step round: put what bears on a line under it instead."
        )
    if rest and not rest[0].isspace():
        raise PasteError(
            number, f"put a space after the {mark}, or join the line to the one above."
        )
    return rest.strip()


def _deeper(indent: str, line: _Line, number: int) -> bool:
    """Tell whether an indentation is deeper than a line's. Raises PasteError where none can tell."""
    if not (indent.startswith(line.indent) or line.indent.startswith(indent)):
        raise PasteError(
            number,
            f"its indentation cannot be compared with that of line {line.number}:"
            " use spaces or tabs, the same in both.",
        )
    return len(indent) > len(line.indent)


def _climb(path: list[_Line], line: _Line) -> None:
    """Leave on the path the lines that `line` stands under, the nearest last."""
    while path and not _deeper(line.indent, path[-1], line.number):
        path.pop()


def _reason(line: _Line, under: int | None) -> Reason:
    if line.mark == UNDERCUTS and under is None:
        raise PasteError(
            line.number,
            "_ undercuts the step of the line that it stands under: it stands under none.",
        )
    text, tags = _tags(" ".join(line.parts).strip())
    title, text = _title(line, text)
    stance = Stance.SUPPORT if line.mark == SUPPORTS else Stance.ATTACK
    reason = Reason(
        line=line.number,
        under=under,
        stance=stance,
        undercuts=line.mark == UNDERCUTS,
        kind=_kind(line, stance, tags),
        text=text,
        title=title,
        tags=tuple(sorted({*tags} - KIND_TAGS.keys())),
    )
    for fault in _faults(reason):
        raise PasteError(line.number, fault)
    return reason


def _tags(text: str) -> tuple[str, list[str]]:
    """Return a text without the tags at its end, and those."""
    tags: list[str] = []
    while found := _TAG.search(text):
        tags.append((found[1] or found[2]).strip())
        text = text[: found.start()].rstrip()
        if len(tags) > TAGS_LIMIT + len(KIND_TAGS):
            break
    return text, tags


def _title(line: _Line, text: str) -> tuple[str, str]:
    """Return the title that a text starts with, "" where it has none, and the rest."""
    found = _TITLED.match(text)
    if found is None:
        return "", text
    if not found[3]:
        raise PasteError(line.number, f"{text} is a title without a text.")
    return (found[1] or found[2] or "").strip(), found[3]


def _kind(line: _Line, stance: Stance, tags: list[str]) -> Kind:
    said = [kind for tag, kind in KIND_TAGS.items() if tag in tags]
    if len(said) > 1:
        raise PasteError(line.number, f"it cannot be both {said[0].value} and {said[1].value}.")
    if said:
        return said[0]
    return Kind.CLAIM if stance is Stance.SUPPORT else Kind.COUNTERARGUMENT


def _faults(reason: Reason) -> Iterator[str]:
    """Yield why a map could not hold a reason's statement."""
    if not reason.text:
        yield "it says nothing."
    if len(reason.tags) > TAGS_LIMIT:
        yield f"no more than {TAGS_LIMIT} tags."
    limited = [(reason.text, TEXT_LIMIT), (reason.title, TITLE_LIMIT)]
    for text, limit in chain(limited, ((tag, TAG_LIMIT) for tag in reason.tags)):
        if len(text) > limit:
            yield f"“{text[:20]}…” has {len(text):,} characters, {limit:,} is the most."
        kept = what_cannot_be_kept(text)
        if kept is not None:
            yield f"{kept}."
