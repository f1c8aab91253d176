"""What has changed in what a judgement is about, said field by field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from argmap.core.kinds import Confidence, Credibility, Kind, Likelihood, Stance, Word
from argmap.core.wording import Fate, Part, reworded
from argmap.review import Moved

PROSE = frozenset({"text", "title", "note", "warrant"})
"""The fields that are compared word by word."""

VOCABULARIES: dict[str, type[Word]] = {
    "kind": Kind,
    "stance": Stance,
    "likelihood": Likelihood,
    "confidence": Confidence,
    "credibility": Credibility,
}


class Shift(NamedTuple):
    """One field that came to differ, and the parts of what it said and says."""

    name: str
    parts: tuple[Part, ...]

    @property
    def stretches(self) -> list[tuple[str, str]]:
        """Each part with the element of HTML that it stands in, "" for what was kept."""
        return [(_ELEMENTS[part.fate], part.text) for part in self.parts]


_ELEMENTS = {Fate.KEPT: "", Fate.DELETED: "del", Fate.INSERTED: "ins"}


class Since(NamedTuple):
    """What differs, and who made it so; no shifts where it was changed and changed back."""

    by: str
    shifts: list[Shift]


def said_of(moved: Iterable[Moved]) -> Since:
    """Say what `differences_since` found of one judgement."""
    rows = list(moved)
    names = dict.fromkeys(name for row in rows for name in row.by)
    return Since(", ".join(names), [_shift(*field) for row in rows for field in row.fields])


def _shift(name: str, before: Any, after: Any) -> Shift:
    old, new = _words(name, before), _words(name, after)
    if name in PROSE:
        return Shift(name, reworded(old, new))
    return Shift(
        name.replace("_", " "),
        (Part(Fate.DELETED, old or "none"), Part(Fate.INSERTED, new or "none")),
    )


def _words(name: str, value: Any) -> str:
    """Say the value of a field: lists with commas, words by their labels."""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return VOCABULARIES[name](value).label if name in VOCABULARIES else str(value)
