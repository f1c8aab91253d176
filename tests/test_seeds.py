"""What the seed map must hold. It is read as it lies in the repository, without a database."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from argmap.core.formats import native
from argmap.core.kinds import Kind, Reliability, Stance
from argmap.core.problems import lint, violations

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "challenging-the-state"
TEXT = (SEED / "map.toml").read_text(encoding="utf-8")
MAP: dict[str, Any] = tomllib.loads(TEXT)
GRAPH = native.load_toml(TEXT).graph

SECTIONS = {
    "Synopsis": 1,
    "Commentary": 2,
    "Wreaking Havoc": 3,
    "Differing Attitudes": 3,
    "Business As Usual": 3,
    "To Ban or Not to Ban?": 2,
}
"""The commentary's sections and how many paragraphs each has."""

PLACES = {(section, n) for section, count in SECTIONS.items() for n in range(1, count + 1)}


def test_it_loads_without_loss() -> None:
    loaded = native.load_toml(TEXT)
    assert loaded.losses == ()
    assert loaded.problems == ()


def test_it_breaks_no_rule_and_leaves_nothing_to_look_at() -> None:
    assert violations(GRAPH) == ()
    assert lint(GRAPH) == ()


def test_it_answers_the_issue_with_one_claim() -> None:
    assert GRAPH.slug == SEED.name
    assert GRAPH.issue == (
        "Will the alliance's campaign make Pakistan give up telling useful militants from "
        "hostile ones?"
    )
    roots = [found.key for found in GRAPH.statements if not GRAPH.starting_from(found.key)]
    assert roots == ["C1"]


@pytest.mark.parametrize(
    ("kind", "least"), [(Kind.CLAIM, 14), (Kind.EVIDENCE, 20), (Kind.COUNTERARGUMENT, 7)]
)
def test_it_has_enough_of_each_kind(kind: Kind, least: int) -> None:
    assert sum(found.kind is kind for found in GRAPH.statements) >= least


def test_it_has_enough_linked_inferences_undercuts_backings_and_schemes() -> None:
    on_inferences = Counter(
        inference.stance for inference in GRAPH.inferences if inference.bears_on_inference
    )
    assert sum(len(inference.premises) > 1 for inference in GRAPH.inferences) >= 3
    assert on_inferences[Stance.ATTACK] >= 3
    assert on_inferences[Stance.SUPPORT] >= 1
    assert len({inference.scheme for inference in GRAPH.inferences} - {None}) >= 5


def test_it_has_enough_grades_and_likelihoods() -> None:
    assert sum(found.credibility is not None for found in GRAPH.statements) >= 15
    judged = [found for found in GRAPH.statements if found.likelihood is not None]
    assert len(judged) >= 4
    assert [found.key for found in judged if found.confidence is None or not found.note] == []


def test_the_counterarguments_rebut_undermine_and_undercut() -> None:
    attacks = [
        inference
        for inference in GRAPH.inferences
        if inference.stance is Stance.ATTACK
        and any(GRAPH.statement[key].kind is Kind.COUNTERARGUMENT for key in inference.premises)
    ]
    targets = {inference.conclusion for inference in attacks}
    assert "C1" in targets
    assert any(inference.bears_on_inference for inference in attacks)
    linked = {
        key for found in GRAPH.inferences if len(found.premises) > 1 for key in found.premises
    }
    assert targets & linked


def test_every_counterargument_attacks() -> None:
    attacking = {
        key
        for inference in GRAPH.inferences
        if inference.stance is Stance.ATTACK
        for key in inference.premises
    }
    counterarguments = {
        found.key for found in GRAPH.statements if found.kind is Kind.COUNTERARGUMENT
    }
    assert counterarguments <= attacking


def test_no_statement_stands_alone() -> None:
    joined = {key for found in GRAPH.inferences for key in (*found.premises, found.conclusion)}
    assert {found.key for found in GRAPH.statements} <= joined


def test_each_statement_has_a_title_and_each_inference_a_warrant_and_a_known_scheme() -> None:
    records = json.loads((ROOT / "fixtures" / "schemes.json").read_text(encoding="utf-8"))
    schemes = {record["fields"].get("slug") for record in records}
    assert [found.key for found in GRAPH.statements if not found.title] == []
    assert [found.key for found in GRAPH.inferences if not found.warrant] == []
    assert [found.key for found in GRAPH.inferences if found.scheme not in schemes] == []


def test_each_piece_of_evidence_has_an_excerpt() -> None:
    bare = [
        found.key
        for found in GRAPH.statements
        if found.kind is Kind.EVIDENCE and not found.excerpts
    ]
    assert bare == []


def test_each_excerpt_is_detached_with_a_place_a_length_and_a_hash() -> None:
    for statement in GRAPH.statements:
        for excerpt in statement.excerpts:
            assert excerpt.detached, excerpt.key
            assert re.fullmatch("[0-9a-f]{64}", excerpt.sha256 or ""), excerpt.key
            assert excerpt.locator is not None, excerpt.key
            assert (excerpt.locator.section, excerpt.locator.paragraph) in PLACES, excerpt.key
            assert excerpt.locator.length, excerpt.key


def test_every_paragraph_of_the_commentary_is_used() -> None:
    used = {
        (excerpt.locator.section, excerpt.locator.paragraph)
        for statement in GRAPH.statements
        for excerpt in statement.excerpts
        if excerpt.locator is not None
    }
    assert used == PLACES


def test_keys_are_used_once() -> None:
    elements = [*MAP["sources"], *MAP["statements"], *MAP["inferences"]]
    excerpts = [
        excerpt for statement in MAP["statements"] for excerpt in statement.get("excerpts", [])
    ]
    counts = Counter(element["key"] for element in (*elements, *excerpts))
    assert [key for key, count in counts.items() if count > 1] == []


def test_the_source_says_that_the_document_bears_no_date() -> None:
    (source,) = GRAPH.sources
    assert (source.published, source.reliability) == ("2017-02", Reliability.B)
    assert "no date" in source.note


def test_the_digest_has_an_item_for_each_paragraph() -> None:
    digest = (SEED / "digest.md").read_text(encoding="utf-8")
    found = {}
    for part in digest.split("\n## ")[1:]:
        heading, _, body = part.partition("\n")
        found[heading] = len(re.findall(r"^\d+\. ", body, re.MULTILINE))
    assert {heading: count for heading, count in found.items() if count} == SECTIONS


def test_the_digest_names_only_keys_that_are_there() -> None:
    digest = (SEED / "digest.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b[CEK]\d+\b", digest))
    assert named <= set(GRAPH.statement)
    assert named >= {found.key for found in GRAPH.statements if found.kind is Kind.EVIDENCE}
