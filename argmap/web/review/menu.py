"""The menu of what can be suggested about an element."""

from __future__ import annotations

from dataclasses import dataclass

from argmap.models import ArgumentMap, Inference, Statement


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of the menu on a panel."""

    name: str
    label: str
    address: str = ""


ON_STATEMENT = (
    Way("wording", "Another wording"),
    Way("kind", "Another kind"),
    Way("grade", "Another grade"),
    Way("likelihood", "Likelihood and confidence"),
    Way("support", "A supporting statement"),
    Way("attack", "An attacking statement"),
)
ON_INFERENCE = (
    Way("attack", "An undercut"),
    Way("support", "A backing"),
)


def ways(argument_map: ArgumentMap, row: Statement | Inference, query: str) -> list[Way]:
    """Return what can be suggested about an element; `query` asks for the view that is shown."""
    start = f"{argument_map.get_absolute_url()}elements/{row.key}/suggest/"
    known = ON_INFERENCE if isinstance(row, Inference) else ON_STATEMENT
    return [Way(way.name, way.label, f"{start}{way.name}/{query}") for way in known]
