"""Made-up maps that argue like real ones, the same for each size every time."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from argmap.core.graph import Excerpt, Graph, Inference, Source, Statement
from argmap.core.kinds import Credibility, Kind, Likelihood, Reliability, Stance

LENGTH = 120
"""Characters of a statement, about."""

VOCABULARY = """
    harbour winter ice ships pilots costs trade council budget insurance traffic weather records
    closing opening delays cargo fishing season northern railway storage demand prices the a its
    more fewer than during after before without many most some last next every other
"""
WORDS = VOCABULARY.split()
KINDS = (Kind.CLAIM, Kind.CLAIM, Kind.EVIDENCE, Kind.EVIDENCE, Kind.COUNTERARGUMENT)
SOURCES = 10
CROSS_LINKS, LINKED, UNDERCUTS, EXCERPTS = 0.08, 0.10, 0.04, 0.30
"""Shares: second conclusions, inferences of two premises, steps attacked, quoted evidence."""


def made_up(size: int, *, seed: int | None = None, sources: int = SOURCES) -> Graph:
    """Return a map of `size` statements: a tree, with links across it.

    The same size and seed make the same map; without a seed it is the size.
    """
    chance = Random(size if seed is None else seed)  # noqa: S311 - a graph, not a secret
    statements = [_statement(number, chance, sources) for number in range(1, size + 1)]
    keys = [statement.key for statement in statements]
    return Graph(
        title=f"Whether the harbour should close, in {size} statements",
        slug=f"harbour-{size}",
        issue="Should the harbour close in winter?",
        version=1,
        sources=tuple(
            Source(key=f"S{number}", title=_sentence(chance)[:60], reliability=Reliability.B)
            for number in range(1, sources + 1)
        ),
        statements=tuple(statements),
        inferences=tuple(_inferences(keys, chance)),
    )


def _statement(number: int, chance: Random, sources: int) -> Statement:
    kind = chance.choice(KINDS) if number > 1 else Kind.CLAIM
    quoted = kind is Kind.EVIDENCE and chance.random() < EXCERPTS
    made = Statement(
        key=f"{kind.letter}{number}",
        kind=kind,
        text=_sentence(chance),
        likelihood=chance.choice([None, Likelihood.LIKELY]),
        credibility=Credibility.PROBABLY_TRUE if kind is Kind.EVIDENCE else None,
    )
    if not quoted:
        return made
    words = _sentence(chance)
    source = f"S{chance.randint(1, sources)}"
    return replace(made, excerpts=(Excerpt(key=f"X{number}", source=source, exact=words),))


def _sentence(chance: Random) -> str:
    words: list[str] = []
    while sum(map(len, words)) + len(words) < LENGTH:
        words.append(chance.choice(WORDS))
    return f"{' '.join(words).capitalize()}."


def _inferences(keys: list[str], chance: Random) -> list[Inference]:
    found: list[Inference] = []

    def join(premises: list[str], conclusion: str) -> None:
        stance = Stance.ATTACK if premises[0][0] == Kind.COUNTERARGUMENT.letter else Stance.SUPPORT
        found.append(
            Inference(
                key=f"I{len(found) + 1}",
                stance=stance,
                premises=tuple(premises),
                conclusion=conclusion,
            )
        )

    waiting = iter(range(1, len(keys)))
    for place in waiting:
        above = keys[
            chance.randrange(max(0, place // 5), max(1, place // 3 + 1)) if place > 2 else 0
        ]
        partner = next(waiting, None) if chance.random() < LINKED else None
        join([keys[place], *([keys[partner]] if partner else [])], above)
        if chance.random() < CROSS_LINKS:
            join([keys[place]], keys[chance.randrange(place)])
        if len(found) > 2 and chance.random() < UNDERCUTS and (other := next(waiting, None)):
            join([keys[other]], chance.choice(found[:-1]).key)
    return [step for step in found if step.conclusion not in step.premises]
