"""Inferences said in words, for those who read or hear a map rather than see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from argmap.core.graph import Inference
from argmap.core.kinds import Stance

_NO_NAMES = frozenset(
    [
        "a",
        "advice",
        "all",
        "an",
        "analysts",
        "and",
        "any",
        "anyone",
        "anything",
        "argument",
        "as",
        "at",
        "attacks",
        "both",
        "by",
        "each",
        "even",
        "every",
        "few",
        "for",
        "from",
        "groups",
        "he",
        "help",
        "how",
        "if",
        "in",
        "it",
        "its",
        "knowing",
        "leaders",
        "many",
        "members",
        "more",
        "most",
        "much",
        "neither",
        "nine",
        "no",
        "nobody",
        "none",
        "not",
        "nothing",
        "observers",
        "of",
        "on",
        "once",
        "one",
        "only",
        "other",
        "others",
        "people",
        "pressure",
        "prison",
        "registering",
        "reports",
        "selection",
        "several",
        "she",
        "since",
        "so",
        "some",
        "someone",
        "states",
        "such",
        "that",
        "the",
        "their",
        "there",
        "these",
        "they",
        "this",
        "those",
        "threats",
        "to",
        "two",
        "what",
        "whatever",
        "when",
        "where",
        "whether",
        "which",
        "while",
        "who",
        "whoever",
        "with",
        "without",
        "years",
    ]
)
"""Words that warrants and names of schemes begin with, and that begin with a capital for no other
reason: articles, pronouns, prepositions, conjunctions, and the commonest nouns."""

NO_NAMES: Mapping[str, str] = MappingProxyType({})


def sentence(inference: Inference, schemes: Mapping[str, str] = NO_NAMES) -> str:
    """Return what `inference` says: "E4 and E5 together support C2 (sign), because …".

    `schemes` gives the names of schemes by slug; a slug that it lacks is named itself.
    """
    subject = listed(inference.premises) or "Nothing"
    linked = " together" if len(inference.premises) > 1 else ""
    words = f"{subject}{linked} {verb(inference)} {inference.conclusion}"
    if inference.scheme:
        words += f" ({continued(schemes.get(inference.scheme, inference.scheme))})"
    warrant = " ".join(inference.warrant.split())
    if warrant:
        return f"{words}, because {continued(warrant).rstrip('.')}."
    return f"{words}."


def continued(text: str) -> str:
    """Return `text` as it goes on within a sentence: its first word without its capital.

    Only words that are no names lose it: "The pilot waited", but not "Pakistan waited".
    """
    first = text.partition(" ")[0]
    return text[:1].lower() + text[1:] if first.lower() in _NO_NAMES else text


def verb(inference: Inference) -> str:
    """Return what an inference does to its conclusion, agreeing with its number of premises."""
    if inference.bears_on_inference:
        word = "undercut" if inference.stance is Stance.ATTACK else "back"
    else:
        word = inference.stance.value
    return word if len(inference.premises) > 1 else f"{word}s"


def listed(keys: Sequence[str]) -> str:
    """Return keys as English lists them: "E1", "E1 and E2", "E1, E2 and E3"."""
    if len(keys) < 2:
        return "".join(keys)
    return f"{', '.join(keys[:-1])} and {keys[-1]}"
