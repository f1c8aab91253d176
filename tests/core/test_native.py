from __future__ import annotations

import copy
import json
from dataclasses import MISSING, fields
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core.formats import FORMATS, FormatError, decode, guess, native, schema_text
from argmap.core.formats.schema import SCHEMA, members
from argmap.core.formats.validate import check
from argmap.core.graph import Excerpt, Graph, Inference, Locator, Source, Statement
from argmap.core.kinds import Kind, Reliability, Stance, Status
from argmap.core.limits import NESTING_LIMIT
from tests.strategies import graphs

VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

SMALL = """\
{
  "format": "argmap/1",
  "map": {
    "slug": "rain",
    "title": "Rain",
    "issue": "Will it rain?",
    "summary": "",
    "marking": "TLP:CLEAR",
    "version": 3
  },
  "sources": [
    {
      "key": "S1",
      "title": "Almanac",
      "authors": [
        "A. Wetter"
      ],
      "publisher": "",
      "published": "2017-02",
      "url": null,
      "reliability": "B",
      "sha256": null,
      "note": "Found in the attic."
    }
  ],
  "statements": [
    {
      "key": "C1",
      "kind": "claim",
      "title": "",
      "text": "It will rain <soon>.",
      "note": "",
      "likelihood": "likely",
      "confidence": "low",
      "credibility": null,
      "base_score": 1.0,
      "status": "draft",
      "tags": [
        "a",
        "ب"
      ],
      "excerpts": []
    },
    {
      "key": "E2",
      "kind": "evidence",
      "title": "",
      "text": "Swallows fly low.",
      "note": "",
      "likelihood": null,
      "confidence": null,
      "credibility": "2",
      "base_score": null,
      "status": "reviewed",
      "tags": [],
      "excerpts": [
        {
          "key": "X1",
          "source": "S1",
          "locator": {
            "section": "Birds",
            "paragraph": 3,
            "sentence": 2,
            "last_sentence": null,
            "length": 17
          },
          "exact": null,
          "prefix": null,
          "suffix": null,
          "start": null,
          "end": null,
          "sha256": null
        }
      ],
      "foreign": {
        "a": 0.5,
        "b": [
          1
        ]
      }
    },
    {
      "key": "E10",
      "kind": "evidence",
      "title": "",
      "text": "The glass falls.",
      "note": "",
      "likelihood": null,
      "confidence": null,
      "credibility": null,
      "base_score": null,
      "status": "draft",
      "tags": [],
      "excerpts": []
    }
  ],
  "inferences": [
    {
      "key": "I1",
      "stance": "support",
      "premises": [
        "E10",
        "E2"
      ],
      "conclusion": "C1",
      "scheme": "sign",
      "warrant": "",
      "weight": 1.0
    }
  ]
}
"""


def small() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(SMALL)
    return document


def refusal(document: Any) -> str:
    with pytest.raises(FormatError) as refused:
        native.load(json.dumps(document))
    return str(refused.value)


def test_writes_members_and_elements_in_the_documented_order() -> None:
    graph = Graph(
        slug="rain",
        title="Rain",
        issue="Will it rain?",
        version=3,
        sources=(
            Source(
                key="S1",
                title="Almanac",
                authors=("A. Wetter",),
                published="2017-02",
                reliability=Reliability.B,
                note="Found in the attic.",
            ),
        ),
    )
    assert native.dump(graph).startswith(SMALL[: SMALL.index('  "statements"')])


def test_reads_and_writes_back_the_same_bytes() -> None:
    assert native.dump(native.load(SMALL).graph) == SMALL


def test_reads_what_the_text_says() -> None:
    graph = native.load(SMALL).graph
    assert [each.key for each in graph.statements] == ["C1", "E2", "E10"]
    assert graph.statement["E2"].kind is Kind.EVIDENCE
    assert graph.statement["E2"].excerpts == (
        Excerpt(
            key="X1",
            source="S1",
            locator=Locator(section="Birds", paragraph=3, sentence=2, length=17),
        ),
    )
    assert graph.inference["I1"] == Inference(
        key="I1", stance=Stance.SUPPORT, premises=("E10", "E2"), conclusion="C1", scheme="sign"
    )


@given(graphs())
def test_export_import_export_gives_the_same_bytes(graph: Graph) -> None:
    text = native.dump(graph)
    loaded = native.load(text)
    assert native.dump(loaded.graph) == text
    assert loaded.losses == ()
    assert loaded.graph.statements == native.load(native.dump(loaded.graph)).graph.statements


@given(graphs())
def test_every_export_is_valid_and_utf_8(graph: Graph) -> None:
    text = native.dump(graph)
    VALIDATOR.validate(json.loads(text))
    assert text.encode().decode() == text
    assert text.endswith("}\n")


@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_a_file_does_not_matter(graph: Graph, random: Any) -> None:
    document = json.loads(native.dump(graph))
    for name in ("sources", "statements", "inferences"):
        random.shuffle(document[name])
    for statement in document["statements"]:
        random.shuffle(statement["excerpts"])
        random.shuffle(statement["tags"])
    assert native.dump(native.load(json.dumps(document)).graph) == native.dump(graph)


def test_figures_are_written_one_way() -> None:
    document = small()
    document["statements"][0]["base_score"] = 1
    document["inferences"][0]["weight"] = 1
    document["map"]["version"] = 3.0
    assert native.dump(native.load(json.dumps(document)).graph) == SMALL
    document["statements"][0]["base_score"] = -0.0
    assert '"base_score": 0.0,' in native.dump(native.load(json.dumps(document)).graph)


def test_foreign_values_are_written_as_every_database_gives_them_back() -> None:
    document = small()
    document["map"]["foreign"] = {"b": 1e300, "a": -0.0, "c": {"z": 1, "y": 1.5}}
    loaded = native.load(json.dumps(document)).graph
    assert json.dumps(loaded.foreign) == (
        json.dumps({"a": 0.0, "b": 10**300, "c": {"y": 1.5, "z": 1}})
    )


@pytest.mark.parametrize(
    ("definition", "element"),
    [
        ("source", Source),
        ("statement", Statement),
        ("inference", Inference),
        ("excerpt", Excerpt),
        ("locator", Locator),
    ],
)
def test_the_schema_has_every_field_with_its_default(definition: str, element: type) -> None:
    properties = SCHEMA["$defs"][definition]["properties"]
    assert set(properties) == {field.name for field in fields(element)}
    for field in fields(element):
        default = properties[field.name].get("default")
        if field.default_factory is not MISSING:
            assert default == field.default_factory()
        elif field.default is MISSING:
            assert field.name in SCHEMA["$defs"][definition]["required"]
        else:
            wanted = list(field.default) if isinstance(field.default, tuple) else field.default
            assert default == wanted


def test_records_have_the_members_of_the_schema_in_its_order() -> None:
    graph = native.load(SMALL).graph
    source = Source(key="S1", title="t", note="n", media_type="text/plain", foreign={"a": 1})
    assert tuple(native.source_record(source)) == members("source")
    assert tuple(native.statement_record(graph.statement["E2"])) == members("statement")
    assert tuple(native.excerpt_record(graph.statement["E2"].excerpts[0])) == members("excerpt")
    assert (*native.inference_record(graph.inference["I1"]), "foreign") == members("inference")
    assert (*native.map_record(graph), "foreign") == members("map")


@given(graphs())
def test_each_record_comes_back_as_its_element(graph: Graph) -> None:
    for source in graph.sources:
        record = native.source_record(source)
        assert native.source_record(native.source_from(record)) == record
    for statement in graph.statements:
        record = native.statement_record(statement)
        assert native.statement_record(native.statement_from(record)) == record
    for inference in graph.inferences:
        record = native.inference_record(inference)
        assert native.inference_record(native.inference_from(record)) == record


def test_what_is_left_out_takes_its_default() -> None:
    loaded = native.load(
        '{"format": "argmap/1", "map": {"title": "T"},'
        ' "statements": [{"key": "C1", "kind": "claim", "text": "t"}]}'
    )
    assert loaded.graph == Graph(
        title="T", statements=(Statement(key="C1", kind=Kind.CLAIM, text="t"),)
    )
    assert loaded.graph.statements[0].status is Status.DRAFT


def test_toml_has_the_same_members() -> None:
    text = """
format = "argmap/1"
[map]
title = "Rain"
[[sources]]
key = "S1"
title = "Almanac"
published = "2017-02"
[[statements]]
key = "C1"
kind = "claim"
text = '''It will
rain.'''
excerpts = [{key = "X1", source = "S1", locator = {section = "", paragraph = 1, sentence = 2}}]
[[statements]]
key = "E1"
kind = "evidence"
text = "Swallows"
[[inferences]]
key = "I1"
stance = "support"
premises = ["E1"]
conclusion = "C1"
weight = 1
"""
    graph = native.load_toml(text).graph
    assert graph.statement["C1"].text == "It will\nrain."
    assert graph.statement["C1"].excerpts[0].locator == Locator(section="", paragraph=1, sentence=2)
    assert native.load(native.dump(graph)).graph == graph


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("format = \nx = 1", "line 1, column 10: this is not TOML: Invalid value"),
        ("a = [", "end of document: this is not TOML: Invalid value"),
        ("a = " + "[" * 5_000, "the file is nested too deeply"),
        (
            'format = "argmap/1"\n[map]\ntitle = 2017-02-01',
            "map.title: a date is written as a text, in quotes",
        ),
        (
            'format = "argmap/1"\n[map]\ntitle = "t"\nversion = nan',
            "map.version: must be a whole number, not a number",
        ),
        ("a = 2017-02-31", "line 1, column 5: this is not TOML: Invalid date or datetime"),
        ("a = " + "9" * 5_000, "the file has a number or a date that cannot be read"),
    ],
)
def test_toml_that_is_refused(text: str, message: str) -> None:
    with pytest.raises(FormatError) as refused:
        native.load_toml(text)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"format":\n  argmap}', "line 2, column 3: this is not JSON: Expecting value"),
        ("", "line 1, column 1: this is not JSON: Expecting value"),
        ("[1]", "an argmap/1 file is an object, this is [1]"),
        ("{}", 'format: is missing: this is not an "argmap/1" file'),
        ('{"format": "argmap/2"}', 'format: must be "argmap/1", not "argmap/2"'),
        ('{"format": "argmap/1"}', "map: is missing"),
        ("[" * 100_000, "the file is nested too deeply"),
        ('{"format": ' + "9" * 5_000 + "}", "the file has a number of more than 4,300 digits"),
        (
            '{"format": "argmap/1", "map": {"title": "a", "title": "b"}}',
            "map.title: is there twice",
        ),
        ('{"format": "argmap/1", "format": "argmap/1", "map": {}}', "format: is there twice"),
        (
            '{"format": "argmap/1", "map": {"title": "a", "version": NaN}}',
            "map.version: must be a whole number, not a number",
        ),
        (
            '{"format": "argmap/1", "map": {"title": "a", "foreign": {"x": [1, 1e999]}}}',
            "map.foreign.x[1]: is not a number that JSON can hold",
        ),
        (
            '{"format": "argmap/1", "map": {"title": "\\ud800"}}',
            "map.title: the character U+D800 at position 1 cannot be kept in a text",
        ),
    ],
)
def test_json_that_is_refused(text: str, message: str) -> None:
    with pytest.raises(FormatError) as refused:
        native.load(text)
    assert str(refused.value) == message


def test_nesting_has_an_end() -> None:
    document = small()
    inner: list[Any] = []
    document["map"]["foreign"] = {"x": inner}
    for _ in range(NESTING_LIMIT):
        inner.append([])
        inner = inner[0]
    assert refusal(document).endswith(": is nested too deeply")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            ("statements", 2, "kind", "clam"),
            'statements[2].kind: "clam" is not one of claim, evidence, counterargument',
        ),
        (("statements", 0, "text", ""), "statements[0].text: must not be empty"),
        (("statements", 0, "text", " \n"), "statements[0].text: must not be empty"),
        (
            ("statements", 2, "text", "a\x00b"),
            "statements[2].text: the character U+0000 at position 2 cannot be kept in a text",
        ),
        (
            ("statements", 2, "text", "x" * 10_001),
            "statements[2].text: has 10,001 characters, 10,000 is the most",
        ),
        (("statements", 1, "note", None), "statements[1].note: must be a text, not null"),
        (
            ("statements", 1, "base_score", "1"),
            "statements[1].base_score: must be a number or null, not a text",
        ),
        (
            ("statements", 1, "base_score", True),
            "statements[1].base_score: must be a number or null, not true or false",
        ),
        (
            ("statements", 1, "base_score", 1.5),
            "statements[1].base_score: 1.5 is not between 0 and 1",
        ),
        (("statements", 1, "tags", ["a", "a"]), 'statements[1].tags[1]: "a" is there twice'),
        (
            ("statements", 1, "key", "I1"),
            'statements[1].key: "I1" is not the key of a statement, such as C1, E4 or K2',
        ),
        (
            ("statements", 1, "key", "C1\n"),
            'statements[1].key: "C1\\n" is not the key of a statement, such as C1, E4 or K2',
        ),
        (
            ("statements", 1, "key", "C1"),
            'statements[1].key: the key "C1" is that of statements[0] already',
        ),
        (
            ("statements", 1, "excerpts", 0, "source", "S2"),
            'statements[1].excerpts[0].source: no source has the key "S2"',
        ),
        (
            ("statements", 1, "excerpts", 0, "locator", "paragraph", 0),
            f"statements[1].excerpts[0].locator.paragraph: 0 is not between 1 and {2**31 - 1}",
        ),
        (
            ("inferences", 0, "premises", ["E9"]),
            'inferences[0].premises[0]: no statement has the key "E9"',
        ),
        (("inferences", 0, "premises", []), "inferences[0].premises: must not be empty"),
        (
            ("inferences", 0, "conclusion", "I1"),
            "inferences[0].conclusion: I1 concludes in itself",
        ),
        (
            ("inferences", 0, "conclusion", "E2"),
            "inferences[0].premises[1]: I1 takes its own conclusion E2 as a premise",
        ),
        (
            ("sources", 0, "published", "2017-13"),
            'sources[0].published: "2017-13" is not a date such as 2017, 2017-02 or 2017-02-16',
        ),
        (
            ("sources", 0, "url", "javascript:alert(1)"),
            'sources[0].url: "javascript:alert(1)" is not an http or https address',
        ),
        (
            ("map", "marking", "secret"),
            'map.marking: "secret" is not one of TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+',
        ),
        (("nodes", []), "nodes: is not one of format, map, sources, statements, inferences,"),
        (("a\u202eb", []), '["a\\u202eb"]: is not one of format,'),
    ],
)
def test_names_the_place_of_what_is_wrong(change: tuple[Any, ...], message: str) -> None:
    document = small()
    *way, last, value = change
    target: Any = document
    for step in way:
        target = target[step]
    target[last] = value
    assert refusal(document).startswith(message)


def test_a_missing_member_is_named() -> None:
    document = small()
    del document["statements"][1]["kind"]
    assert refusal(document) == "statements[1].kind: is missing"


def test_broken_rules_are_named_where_they_stand_in_the_file() -> None:
    document = small()
    document["statements"].reverse()
    document["statements"][0]["excerpts"] = [{"key": "X9", "source": "S9"}]
    document["statements"][1]["excerpts"] += [{"key": "X2", "source": "S8"}]
    document["inferences"] = [
        {"key": "I9", "stance": "attack", "premises": ["E2"], "conclusion": "C7"},
        *document["inferences"],
    ]
    assert refusal(document) == 'statements[0].excerpts[0].source: no source has the key "S9"'
    document["statements"][0]["excerpts"] = []
    assert refusal(document) == 'statements[1].excerpts[1].source: no source has the key "S8"'
    document["statements"][1]["excerpts"] = []
    assert refusal(document) == (
        'inferences[0].conclusion: no statement or inference has the key "C7"'
    )


COMMENT = {
    "number": 1,
    "parent": None,
    "target": "X1",
    "kind": "question",
    "author": "reviewer",
    "at": "2026-02-03T04:05:06Z",
    "version": 3,
    "body": "Which attic?",
}


def test_comments_and_reviews_come_along_where_they_are_given() -> None:
    review = {
        "version": 3,
        "verdict": "sound",
        "at": "2026-02-03T04:05:06.000007+02:00",
        "reviewer": "r",
    }
    graph = native.load(SMALL).graph
    text = native.dump(
        graph, comments=[COMMENT, {**COMMENT, "number": 2, "parent": 1}], reviews=[review]
    )
    VALIDATOR.validate(json.loads(text))
    loaded = native.load(text)
    assert [each["number"] for each in loaded.comments] == [1, 2]
    assert list(loaded.reviews[0]) == ["reviewer", "verdict", "at", "version"]
    assert native.dump(loaded.graph, comments=loaded.comments, reviews=loaded.reviews) == text


def test_members_within_a_comment_have_one_order_too() -> None:
    fields = {"title": "Ice", "text": "It froze."}
    offer = {"on": "C1", "does": "edit", "after": fields, "before": dict(reversed(fields.items()))}
    made = {**COMMENT, "target": "C1", "kind": "suggestion", "suggestion": offer}
    text = native.dump(native.load(SMALL).graph, comments=[made])
    (read,) = native.load(text).comments
    assert list(read["suggestion"]) == ["does", "on", "before", "after"]
    assert list(read["suggestion"]["before"]) == ["title", "text"]


def test_an_answer_about_no_inference_is_refused() -> None:
    answer = {
        "inference": "I9",
        "scheme": "sign",
        "question": 1,
        "says": "satisfied",
        "author": "reviewer",
        "at": "2026-02-03T04:05:06Z",
        "version": 3,
    }
    assert refusal({**small(), "answers": [answer]}) == (
        'answers[0].inference: no inference has the key "I9"'
    )


def test_a_member_that_comments_do_not_have_is_not_left_out_in_silence() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        native.dump(native.load(SMALL).graph, comments=[{**COMMENT, "about": "X1"}])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"target": "C9"}, 'comments[0].target: nothing has the key "C9"'),
        ({"parent": 1}, "comments[0].parent: no comment before it has number 1"),
        ({"at": "yesterday"}, 'comments[0].at: "yesterday" is not a moment such as'),
    ],
)
def test_comments_that_hang_in_the_air_are_refused(change: dict[str, Any], message: str) -> None:
    assert refusal({**small(), "comments": [{**COMMENT, **change}]}).startswith(message)


def test_two_comments_of_one_number_are_refused() -> None:
    assert refusal({**small(), "comments": [COMMENT, COMMENT]}) == (
        "comments[1].number: number 1 is there twice"
    )


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return each container in a document with each way into it."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        value = waiting.pop()
        steps = list(value) if isinstance(value, dict) else list(range(len(value)))
        found += [(value, step) for step in steps]
        waiting += [value[step] for step in steps if isinstance(value[step], dict | list)]
    return found


@given(graphs(most=2), st.data())
def test_refuses_just_what_a_general_validator_refuses(graph: Graph, data: st.DataObject) -> None:
    document = copy.deepcopy(json.loads(native.dump(graph)))
    for _ in range(data.draw(st.integers(0, 2))):
        container, step = data.draw(st.sampled_from(places(document)))
        other, other_step = data.draw(st.sampled_from(places(document)))
        odd: st.SearchStrategy[Any] = st.sampled_from(
            [None, True, -1, 0, 1.0, 2.5, "", "C1", "x" * 301, [], {}, ["a"]]
        )
        container[step] = data.draw(odd | st.just(copy.deepcopy(other[other_step])))
    try:
        check(document, SCHEMA)
    except FormatError:
        assert not VALIDATOR.is_valid(document)
    else:
        VALIDATOR.validate(document)


def test_the_served_schema_is_a_schema() -> None:
    schema = json.loads(schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema == SCHEMA


def test_the_door_guesses_by_content() -> None:
    assert guess(SMALL) is FORMATS["json"]
    assert guess('# a map\nformat = "argmap/1"\n') is FORMATS["toml"]
    assert guess('{"nodes": []}') is None
    assert guess("Format: prose that names argmap/1") is None


def test_bytes_are_utf_8() -> None:
    assert decode(b"\xef\xbb\xbf{}") == "{}"
    with pytest.raises(FormatError, match="byte 3: the file is not UTF-8"):
        decode(b"{}\xff")
