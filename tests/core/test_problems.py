from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from argmap.core.graph import Excerpt, Graph, Inference, Locator, Source, Statement
from argmap.core.kinds import Confidence, Credibility, Kind, Likelihood, Reliability, Stance
from argmap.core.places import Place, quoted
from argmap.core.problems import Code, Problem, Weight, lint, violations
from tests.strategies import graphs


def claim(key: str, text: str = "", **more: Any) -> Statement:
    return Statement(key=key, kind=Kind.CLAIM, text=text or f"Text of {key}.", **more)


def evidence(key: str, **more: Any) -> Statement:
    return Statement(key=key, kind=Kind.EVIDENCE, text=f"Text of {key}.", **more)


def inference(key: str, premises: str, conclusion: str, **more: Any) -> Inference:
    more.setdefault("stance", Stance.SUPPORT)
    return Inference(key=key, premises=tuple(premises.split()), conclusion=conclusion, **more)


SOURCE = Source(key="S1", title="Almanac", reliability=Reliability.B)
SOUND = Graph(
    slug="rain",
    title="Rain",
    sources=(SOURCE,),
    statements=(
        claim("C1"),
        evidence(
            "E1",
            credibility=Credibility.PROBABLY_TRUE,
            excerpts=(Excerpt(key="X1", source="S1"),),
        ),
        Statement(key="K1", kind=Kind.COUNTERARGUMENT, text="Not so."),
    ),
    inferences=(
        inference("I1", "E1", "C1"),
        inference("I2", "K1", "I1", stance=Stance.ATTACK),
    ),
)


def said(problems: tuple[Problem, ...]) -> list[tuple[str, str, str]]:
    return [(each.code, each.key, str(each)) for each in problems]


def only(problems: tuple[Problem, ...]) -> tuple[Code, str]:
    assert len(problems) == 1, said(problems)
    return problems[0].code, str(problems[0])


def test_a_sound_graph_has_no_problems() -> None:
    assert violations(SOUND) == ()
    assert lint(SOUND) == ()


def with_inference(*changed: Inference) -> Graph:
    return replace(SOUND, inferences=changed)


def with_statement(**change: Any) -> Graph:
    first, *others = SOUND.statements
    return replace(SOUND, statements=(replace(first, **change), *others))


def with_source(**change: Any) -> Graph:
    return replace(SOUND, sources=(replace(SOURCE, **change),))


def with_excerpt(**change: Any) -> Graph:
    rests_on = (Excerpt(**{"key": "X2", "source": "S1", **change}),)
    return with_statement(excerpts=rests_on)


@pytest.mark.parametrize(
    ("graph", "code", "message"),
    [
        (
            with_inference(inference("I1", "", "C1")),
            Code.NO_PREMISE,
            "inferences[0].premises: an inference needs a premise",
        ),
        (
            with_inference(inference("I1", "E1 E9", "C1")),
            Code.UNKNOWN_PREMISE,
            'inferences[0].premises[1]: no statement has the key "E9"',
        ),
        (
            with_inference(inference("I1", "E1", "C1"), inference("I2", "I1", "C1")),
            Code.UNKNOWN_PREMISE,
            'inferences[1].premises[0]: no statement has the key "I1"',
        ),
        (
            with_inference(inference("I1", "E1 K1 E1", "C1")),
            Code.REPEATED_PREMISE,
            "inferences[0].premises[2]: E1 is a premise of I1 twice",
        ),
        (
            with_inference(inference("I1", "E1 C1", "C1")),
            Code.BEGS_THE_QUESTION,
            "inferences[0].premises[1]: I1 takes its own conclusion C1 as a premise",
        ),
        (
            with_inference(inference("I1", "E1", "I1")),
            Code.CONCLUDES_IN_ITSELF,
            "inferences[0].conclusion: I1 concludes in itself",
        ),
        (
            with_inference(inference("I1", "E1", "S1")),
            Code.UNKNOWN_CONCLUSION,
            'inferences[0].conclusion: no statement or inference has the key "S1"',
        ),
        (
            with_inference(
                inference("I2", "E1", "I10"),
                inference("I10", "K1", "I3"),
                inference("I3", "E1", "I2"),
                inference("I4", "E1", "I3"),
            ),
            Code.INFERENCE_RING,
            "inferences[0].conclusion: I2, I3, I10 bear on one another in a ring",
        ),
        (
            with_inference(inference("I1", "E1", "C1", weight=1.01)),
            Code.OUT_OF_RANGE,
            "inferences[0].weight: 1.01 is not between 0 and 1",
        ),
        (
            with_inference(inference("I1", "E1", "C1", weight=float("nan"))),
            Code.OUT_OF_RANGE,
            "inferences[0].weight: nan is not between 0 and 1",
        ),
        (
            with_inference(inference("I1", "E1", "C1", scheme="Argument from sign")),
            Code.MALFORMED,
            'inferences[0].scheme: "Argument from sign" is not a slug',
        ),
        (
            with_inference(inference("I1", "E1", "C1", warrant="\x1b[2J")),
            Code.FORBIDDEN_CHARACTER,
            "inferences[0].warrant: the character U+001B at position 1 cannot be kept in a text",
        ),
        (
            with_inference(inference("I1", "E1", "C1", foreign={"a": [{"\x00": 1}]})),
            Code.FORBIDDEN_CHARACTER,
            (
                "inferences[0].foreign.a[0]: the character U+0000 at position 1"
                " cannot be kept in a text"
            ),
        ),
        (
            with_statement(base_score=-0.5),
            Code.OUT_OF_RANGE,
            "statements[0].base_score: -0.5 is not between 0 and 1",
        ),
        (
            with_statement(text=" \n "),
            Code.EMPTY_TEXT,
            "statements[0].text: must not be empty",
        ),
        (
            with_statement(title="x" * 121),
            Code.LONG_TEXT,
            "statements[0].title: has 121 characters, 120 is the most",
        ),
        (
            with_statement(tags=tuple(f"{number:02}" for number in range(31))),
            Code.TOO_MANY,
            "statements[0].tags: has 31 entries, 30 is the most",
        ),
        (
            replace(SOUND, statements=(*SOUND.statements, claim("E1"))),
            Code.DUPLICATE_KEY,
            'statements[2].key: the key "E1" is that of statements[1] already',
        ),
        (
            replace(SOUND, statements=(*SOUND.statements, claim("S2"))),
            Code.WRONG_LETTER,
            'statements[3].key: a statement\'s key starts with C, E or K, not "S2"',
        ),
        (
            with_excerpt(key="X1"),
            Code.DUPLICATE_KEY,
            (
                'statements[1].excerpts[0].key: the key "X1" is that of statements[0].excerpts[0]'
                " already"
            ),
        ),
        (
            with_excerpt(key="E5"),
            Code.WRONG_LETTER,
            'statements[0].excerpts[0].key: an excerpt\'s key starts with X, not "E5"',
        ),
        (
            with_excerpt(source="S2"),
            Code.UNKNOWN_SOURCE,
            'statements[0].excerpts[0].source: no source has the key "S2"',
        ),
        (
            with_excerpt(start=1),
            Code.OUT_OF_RANGE,
            "statements[0].excerpts[0].start: start and end go together",
        ),
        (
            with_excerpt(start=2, end=1),
            Code.OUT_OF_RANGE,
            "statements[0].excerpts[0].end: 2 to 1 is no stretch of a text",
        ),
        (
            with_excerpt(locator=Locator(section="", paragraph=1, sentence=3, last_sentence=2)),
            Code.OUT_OF_RANGE,
            (
                "statements[0].excerpts[0].locator: paragraphs and sentences start at 1,"
                " and the last sentence is not before"
            ),
        ),
        (
            with_excerpt(sha256="0" * 63 + "G"),
            Code.MALFORMED,
            f'statements[0].excerpts[0].sha256: "{"0" * 58}… is not a SHA-256',
        ),
        (
            with_source(published="2017-02-30"),
            Code.MALFORMED,
            'sources[0].published: "2017-02-30" is not a date such as 2017, 2017-02 or 2017-02-16',
        ),
        (
            with_source(url="javascript:alert(1)"),
            Code.MALFORMED,
            'sources[0].url: "javascript:alert(1)" is not an http or https address',
        ),
        (
            with_source(authors=("A. Wetter", "")),
            Code.EMPTY_TEXT,
            "sources[0].authors[1]: must not be empty",
        ),
        (
            replace(SOUND, slug="a b"),
            Code.MALFORMED,
            'map.slug: "a b" is not a slug',
        ),
        (
            replace(SOUND, version=-1),
            Code.OUT_OF_RANGE,
            "map.version: -1 is not a version",
        ),
    ],
)
def test_what_may_not_be_stored(graph: Graph, code: Code, message: str) -> None:
    assert only(violations(graph)) == (code, message)
    assert code.weight is Weight.ERROR


def test_a_kind_that_changes_keeps_its_key() -> None:
    assert violations(with_statement(kind=Kind.COUNTERARGUMENT)) == ()


def test_a_likelihood_alone_may_be_stored() -> None:
    graph = with_statement(likelihood=Likelihood.LIKELY)
    assert violations(graph) == ()
    assert only(lint(graph))[0] is Code.LIKELIHOOD_ALONE
    assert lint(with_statement(likelihood=Likelihood.LIKELY, confidence=Confidence.LOW)) == ()


def test_a_chain_of_undercuts_is_no_ring() -> None:
    graph = with_inference(
        inference("I1", "E1", "C1"), inference("I2", "K1", "I1"), inference("I3", "C1", "I2")
    )
    assert violations(graph) == ()


def test_a_long_ring_is_named_in_short() -> None:
    ring = [inference(f"I{number}", "E1", f"I{number % 500 + 1}") for number in range(1, 501)]
    assert only(violations(with_inference(*ring)))[1] == (
        "inferences[0].conclusion: I1, I2, I3, I4, I5, I6, I7, I8 and 492 more"
        " bear on one another in a ring"
    )


def test_several_problems_come_by_natural_order_of_keys() -> None:
    graph = with_inference(
        *(inference(f"I{number}", "E1", "C9") for number in (10, 9, 2)),
    )
    assert [each.key for each in violations(graph)] == ["I2", "I9", "I10"]


@pytest.mark.parametrize(
    ("graph", "code", "message"),
    [
        (
            replace(SOUND, statements=(*SOUND.statements, claim("C2"))),
            Code.ORPHANED_STATEMENT,
            "statements[1]: no inference starts from it or bears on it",
        ),
        (
            with_inference(
                *SOUND.inferences, inference("I3", "C1", "K1"), inference("I4", "K1", "C1")
            ),
            Code.CIRCULAR_SUPPORT,
            "statements[0]: C1, K1: the support runs in a circle",
        ),
        (
            with_inference(inference("I1", "E1", "C1", stance=Stance.ATTACK), SOUND.inferences[1]),
            Code.UNSUPPORTED_CLAIM,
            "statements[0]: nothing supports this claim",
        ),
        (
            with_inference(SOUND.inferences[0], inference("I2", "E1", "K1")),
            Code.DANGLING_STATEMENT,
            "statements[2]: this counterargument bears on nothing",
        ),
        (
            with_statement(text="  NOT\u00a0\u017fo"),
            Code.DUPLICATED_TEXT,
            "statements[2].text: says the same as C1",
        ),
        (
            with_inference(*SOUND.inferences, inference("I3", "E1", "C1")),
            Code.DUPLICATED_INFERENCE,
            "inferences[2]: takes the same step as I1",
        ),
        (
            with_inference(*SOUND.inferences, inference("I3", "E1", "C1", stance=Stance.ATTACK)),
            Code.BOTH_STANCES,
            "inferences[2].stance: says the opposite of I1, from the same premises",
        ),
        (
            with_source(reliability=None),
            Code.UNGRADED_SOURCE,
            "sources[0].reliability: this source has no reliability grade",
        ),
        (
            replace(SOUND, sources=(SOURCE, replace(SOURCE, key="S2"))),
            Code.UNUSED_SOURCE,
            "sources[1]: no excerpt is taken from this source",
        ),
    ],
)
def test_what_deserves_a_look(graph: Graph, code: Code, message: str) -> None:
    assert only(lint(graph)) == (code, message)
    assert code.weight is not Weight.ERROR
    assert violations(graph) == ()


def test_evidence_needs_an_excerpt_and_a_grade() -> None:
    graph = replace(
        SOUND, sources=(), statements=(claim("C1"), evidence("E1"), SOUND.statement["K1"])
    )
    assert said(lint(graph)) == [
        (
            "evidence_without_excerpt",
            "E1",
            "statements[1].excerpts: this evidence names no excerpt that it rests on",
        ),
        (
            "ungraded_evidence",
            "E1",
            "statements[1].credibility: this evidence has no credibility grade",
        ),
    ]


def test_a_dispute_is_not_circular_support() -> None:
    back = inference("I3", "C1", "K1", stance=Stance.ATTACK)
    forth = inference("I4", "K1", "C1", stance=Stance.ATTACK)
    assert lint(with_inference(*SOUND.inferences, back, forth)) == ()


def test_the_heaviest_come_first() -> None:
    graph = replace(
        SOUND,
        statements=(*SOUND.statements, claim("C9")),
        sources=(replace(SOURCE, reliability=None),),
    )
    assert [(each.weight, each.key) for each in lint(graph)] == [
        (Weight.WARNING, "C9"),
        (Weight.HINT, "S1"),
    ]


@given(graphs())
def test_places_lead_to_the_element(graph: Graph) -> None:
    for problem in lint(graph):
        name, number = problem.place.steps[:2]
        assert isinstance(name, str)
        assert isinstance(number, int)
        assert getattr(graph, name)[number].key == problem.key


def test_a_long_circle_is_found_without_recursion() -> None:
    size = 3_000
    graph = Graph(
        title="Long",
        statements=tuple(claim(f"C{number}") for number in range(1, size + 1)),
        inferences=tuple(
            inference(f"I{number}", f"C{number}", f"C{number % size + 1}")
            for number in range(1, size + 1)
        ),
    )
    code, message = only(lint(graph))
    assert code is Code.CIRCULAR_SUPPORT
    assert message == (
        "statements[0]: C1, C2, C3, C4, C5, C6, C7, C8 and 2992 more: the support runs in a circle"
    )


@pytest.mark.parametrize(
    ("steps", "written"),
    [
        ((), ""),
        (("statements", 3, "kind"), "statements[3].kind"),
        (("foreign", "a b", 0, 1), 'foreign["a b"][0][1]'),
        (("a" * 70,), f'["{"a" * 58}…]'),
        (('"\n\u202e',), '["\\"\\n\\u202e"]'),
    ],
)
def test_a_place_is_written_as_people_say_it(steps: tuple[str | int, ...], written: str) -> None:
    assert str(Place(steps)) == written
    assert str(Place().at(*steps)) == written


def test_a_value_in_a_message_is_short_and_safe() -> None:
    assert quoted("x" * 100) == '"' + "x" * 58 + "…"
    assert quoted("\ud800\x7f") == '"\\ud800\\u007f"'
    assert quoted({"a": None}) == '{"a": null}'
