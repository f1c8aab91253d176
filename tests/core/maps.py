"""Small graphs written down in one line each."""

from __future__ import annotations

from dataclasses import replace

from argmap.core.graph import Graph, Inference, Statement
from argmap.core.kinds import Kind, Stance

KINDS = {kind.letter: kind for kind in Kind}


def support(key: str, premises: str, conclusion: str) -> Inference:
    """Return an inference that supports; premises are keys between spaces."""
    return Inference(
        key=key,
        stance=Stance.SUPPORT,
        premises=tuple(premises.split()),
        conclusion=conclusion,
    )


def attack(key: str, premises: str, conclusion: str) -> Inference:
    """Return an inference that attacks; premises are keys between spaces."""
    return replace(support(key, premises, conclusion), stance=Stance.ATTACK)


def statement(key: str, text: str = "") -> Statement:
    """Return a statement whose kind is that of its key's letter."""
    return Statement(key=key, kind=KINDS[key[0]], text=text or f"What {key} says.")


def graph_of(*inferences: Inference, **texts: str) -> Graph:
    """Return a graph of these inferences and of every statement that they name."""
    named = dict.fromkeys(texts)
    for inference in inferences:
        named.update(dict.fromkeys((*inference.premises, inference.conclusion)))
    return Graph(
        title="Harbour",
        statements=tuple(statement(key, texts.get(key, "")) for key in named if key[0] in KINDS),
        inferences=inferences,
    )
