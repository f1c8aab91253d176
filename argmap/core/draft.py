"""A statement that someone is typing, shown in a drawing where it will stand once it is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from argmap.core.focus import View
from argmap.core.graph import INFERENCE_LETTER, Inference, Statement
from argmap.core.kinds import Kind, Stance

NUMBER = 999_999_999
"""The number of a draft's key: the last one there can be, so that it stands below its fellows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is being typed: a statement of `kind` that bears on the element `about`.

    Without a stance it is to be a further premise of the inference `about`.
    """

    about: str
    kind: Kind
    stance: Stance | None


def with_draft(view: View, draft: Draft) -> View:
    """Return `view` with a place for a draft; as it is where what it bears on is not shown."""
    graph = view.graph
    if not graph.has(draft.about):
        return view
    statement = Statement(key=f"{draft.kind.letter}{NUMBER}", kind=draft.kind, text="")
    if draft.stance is None:
        inferences = _joined(graph.inferences, draft.about, statement.key)
    else:
        step = Inference(
            key=f"{INFERENCE_LETTER}{NUMBER}",
            stance=draft.stance,
            premises=(statement.key,),
            conclusion=draft.about,
        )
        inferences = (*graph.inferences, step)
    longer = replace(graph, statements=(*graph.statements, statement), inferences=inferences)
    return replace(view, graph=longer, draft=statement.key)


def _joined(inferences: tuple[Inference, ...], about: str, premise: str) -> tuple[Inference, ...]:
    """Return the inferences, `about` with one premise more."""
    return tuple(
        replace(each, premises=(*each.premises, premise)) if each.key == about else each
        for each in inferences
    )
