"""What someone is typing, shown in a drawing as it will stand once it is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from argmap.core.focus import View
from argmap.core.graph import INFERENCE_LETTER, Graph, Inference, Statement
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


def with_statement(view: View, statement: Statement) -> View:
    """Return `view` with a statement as it is being typed, in place of the one with its key.

    It rests on the excerpts of that one. The view is as it is where that one is not shown.
    """
    graph = view.graph
    if statement.key not in graph.statement:
        return view
    typed = replace(statement, excerpts=graph.statement[statement.key].excerpts)
    others = (each for each in graph.statements if each.key != statement.key)
    return replace(view, graph=replace(graph, statements=(*others, typed)))


def with_inference(graph: Graph, inference: Inference) -> Graph:
    """Return `graph` with an inference as it is being typed, in place of one with its key."""
    others = (each for each in graph.inferences if each.key != inference.key)
    return replace(graph, inferences=(*others, inference))


def _joined(inferences: tuple[Inference, ...], about: str, premise: str) -> tuple[Inference, ...]:
    """Return the inferences, `about` with one premise more."""
    return tuple(
        replace(each, premises=(*each.premises, premise)) if each.key == about else each
        for each in inferences
    )
