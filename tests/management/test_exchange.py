"""exportmap, importmap and attachsource."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings

from argmap import actions, render
from argmap.core.formats import native
from argmap.core.graph import Graph
from argmap.core.kinds import Role, Visibility
from argmap.graphs import load_graph
from argmap.models import ArgumentMap, Change, Excerpt, Scheme, Snapshot, Source
from tests.strategies import graphs

needs_graphviz = pytest.mark.skipif(
    render.available_engine() is None, reason="there is no Graphviz here"
)


def run(*words: str | Path) -> str:
    """Run a command and return what it says."""
    out = StringIO()
    call_command(str(words[0]), *map(str, words[1:]), stdout=out, stderr=out)
    return out.getvalue()


def fails(*words: str | Path) -> str:
    """Run a command that is to fail, and return its one line."""
    with pytest.raises(CommandError) as caught:
        run(*words)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_out_and_in_and_out_again_gives_the_same_bytes(
    a_map: ArgumentMap, analyst: User, tmp_path: Path
) -> None:
    file = tmp_path / "harbour.json"
    run("exportmap", "harbour", "--output", file)
    exported = file.read_text(encoding="utf-8")
    actions.delete_map(actor=analyst, argument_map=a_map)
    Scheme.objects.all().delete()
    said = run("importmap", file)
    assert "harbour: argmap (JSON), version" in said
    assert "new scheme, without questions: sign" in said
    assert run("exportmap", "harbour") == exported
    assert run("checkmaps") == "1 map checked, nothing wrong\n"


@given(graph=graphs())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_graph_comes_back_as_it_was(db: None, tmp_path: Path, graph: Graph) -> None:
    file = tmp_path / "any.json"
    file.write_text(native.dump(graph), encoding="utf-8")
    slug = f"any-{ArgumentMap.objects.count()}"
    run("importmap", file, "--slug", slug)
    again = json.loads(run("exportmap", slug))
    first = json.loads(file.read_text(encoding="utf-8"))
    assert again["map"].pop("slug") == slug
    first["map"].pop("slug")
    assert again == first


@pytest.mark.parametrize("seed", sorted(Path("seeds").glob("*/map.toml")), ids=str)
def test_a_seed_comes_back_as_it_was(db: None, tmp_path: Path, seed: Path) -> None:
    run("importmap", seed, "--slug", "seed")
    exported = run("exportmap", "seed")
    file = tmp_path / "seed.json"
    file.write_text(exported, encoding="utf-8")
    ArgumentMap.objects.filter(slug="seed").update(slug="first")
    run("importmap", file)
    assert run("exportmap", "seed") == exported
    assert "2 maps checked, nothing wrong" in run("checkmaps")


@pytest.mark.parametrize("name", ["dot", pytest.param("svg", marks=needs_graphviz)])
def test_writes_the_other_formats(a_map: ArgumentMap, tmp_path: Path, name: str) -> None:
    file = tmp_path / "out"
    run("exportmap", "harbour", "--format", name, "--output", file)
    assert run("exportmap", "harbour", "--format", name).encode() == file.read_bytes()
    assert b"Ice blocked" in file.read_bytes()


def test_writes_a_version_that_a_snapshot_keeps(a_map: ArgumentMap, analyst: User) -> None:
    kept = run("exportmap", "harbour")
    version = a_map.version
    Snapshot.objects.create(map=a_map, name="first", version=version, content=kept, sha256="")
    actions.edit_map(actor=analyst, argument_map=a_map, title="Keep it open")
    assert run("exportmap", "harbour", "--version", str(version)) == kept
    assert run("exportmap", "harbour", "--version", str(version + 1)) == run("exportmap", "harbour")
    said = fails("exportmap", "harbour", "--version", "1")
    assert said.startswith("version 1 is not kept")


def test_exportmap_says_what_it_does_not_know(a_map: ArgumentMap, tmp_path: Path) -> None:
    assert fails("exportmap", "nothing") == 'there is no map "nothing"'
    assert fails("exportmap", "harbour", "--format", "zip").startswith('there is no format "zip"')
    assert "No such file" in fails("exportmap", "harbour", "--output", tmp_path / "no" / "where")


def test_an_import_belongs_to_its_owner_alone(
    a_map: ArgumentMap, outsider: User, tmp_path: Path
) -> None:
    file = tmp_path / "map"
    file.write_text(run("exportmap", "harbour"), encoding="utf-8")
    run("importmap", file, "--slug", "mine", "--owner", "outsider")
    run("importmap", file, "--slug", "nobodys")
    mine = ArgumentMap.objects.get(slug="mine")
    assert mine.visibility == Visibility.PRIVATE
    assert [(each.user, each.role) for each in mine.memberships.all()] == [(outsider, Role.OWNER)]
    assert not ArgumentMap.objects.get(slug="nobodys").memberships.exists()
    assert load_graph(mine).statements == load_graph(a_map).statements


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the file is empty"),
        ("A plain text.", "the file is of no known format"),
        ("\ufeff{", "the file is of no known format"),
        ('{"format": "argmap/1"', "line 1, column 22: this is not JSON"),
        ('{"format": "argmap/1", "map": {}}', "map.title: is missing"),
        ('format = "argmap/1"\nmap = ?', "line 2, column 7"),
        (
            (
                '{"format": "argmap/1", "map": {"title": "x"}, "statements": '
                '[{"key": "C1", "kind": "hunch", "text": "x"}]}'
            ),
            'statements[0].kind: "hunch" is not one of',
        ),
        (
            (
                '{"format": "argmap/1", "map": {"title": "x"}, "inferences": '
                '[{"key": "I1", "stance": "support", "premises": ["C1"], "conclusion": "I1"}]}'
            ),
            "inferences[0].",
        ),
    ],
)
def test_importmap_names_the_place_and_writes_nothing(
    db: None, tmp_path: Path, content: str, message: str
) -> None:
    file = tmp_path / "map.json"
    file.write_text(content, encoding="utf-8")
    assert message in fails("importmap", file)
    assert not ArgumentMap.objects.exists()
    assert not Change.objects.exists()


def test_importmap_refuses_what_it_cannot_place(a_map: ArgumentMap, tmp_path: Path) -> None:
    file = tmp_path / "map.json"
    file.write_text(run("exportmap", "harbour"), encoding="utf-8")
    assert fails("importmap", file).startswith('there is a map "harbour" already')
    assert fails("importmap", file, "--slug", "harbour").startswith('there is a map "harbour"')
    assert fails("importmap", file, "--owner", "who") == 'there is no user "who"'
    assert 'not read as "dot"' in fails("importmap", file, "--format", "dot")
    assert "No such file" in fails("importmap", tmp_path / "nothing")
    assert "valid “slug”" in fails("importmap", file, "--slug", "no slug at all")
    assert ArgumentMap.objects.count() == 1


def test_comments_and_reviews_go_out_and_come_in(
    a_map: ArgumentMap, reviewer: User, analyst: User, tmp_path: Path
) -> None:
    on: dict[str, Any] = {"actor": reviewer, "argument_map": a_map}
    first = actions.add_comment(**on, about="C1", body="Why?", flag="unclear")
    actions.add_comment(actor=analyst, argument_map=a_map, parent=first.pk, body="So.")
    offer = actions.suggest(**on, does="edit", on="C1", after={"likelihood": "likely"})
    actions.suggest(**on, does="attack", on="I1", after={"kind": "evidence", "text": "Once."})
    actions.accept_suggestion(actor=analyst, argument_map=a_map, comment=offer.comment_id)
    actions.delete_comment(**on, comment=first.pk)
    actions.add_comment(**on, about="K1", body="Gone soon.")
    actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")
    actions.give_verdict(**on, verdict="not_sound", summary="Too weak.")
    asked = Scheme.objects.get(slug="sign").questions.create(order=1, text="How strong?")
    actions.answer_question(**on, inference="I1", question=asked.pk, says="satisfied")
    written = run("exportmap", "harbour", "--include", "comments,reviews,answers")
    assert run("exportmap", "harbour") == native.dump(native.load(written).graph)

    file = tmp_path / "map.json"
    file.write_text(written.replace('"slug": "harbour"', '"slug": "copy"'), encoding="utf-8")
    analyst.delete()
    said = run("importmap", file)

    assert "5 comments, 1 review, 1 answer" in said
    again = run("exportmap", "copy", "--include=answers,reviews,comments")
    assert again == file.read_text(encoding="utf-8")
    brought = ArgumentMap.objects.get(slug="copy").comments.order_by("pk")
    assert [each.author for each in brought] == [reviewer, None, reviewer, reviewer, reviewer]
    later = actions.add_statement(
        actor=None,
        argument_map=ArgumentMap.objects.get(slug="copy"),
        kind="counterargument",
        text="x",
    )
    assert later.key == "K2"  # the comment on K1, which is gone, is not about another
    assert "is for json" in fails("exportmap", "harbour", "--include=reviews", "--format=dot")
    assert 'nothing is called "ratings"' in fails("exportmap", "harbour", "--include=ratings")
    asked.delete()
    assert "lost: answers[0]: what reviewer answered to question 1" in run(
        "importmap", file, "--slug", "third"
    )
    assert 'nothing is called "members"' in fails("exportmap", "harbour", "--include=members")


EDIT = {"does": "edit", "on": "C1", "after": {"text": "x"}}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"version": 7}, "comments[0].version: 7 is later than the map's, 0"),
        ({"at": "2017-02-30T09:30:00Z"}, "comments[0].at: there is no such moment"),
        ({"deleted_at": "2017-02-16T09:30:00Z"}, "comments[0].body: a deleted comment has none"),
        ({"body": ""}, "comments[0].body: must not be empty"),
        (
            {"lost_target": "C1", "suggestion": EDIT},
            "comments[0].suggestion: is of a comment that is no suggestion",
        ),
        (
            {"lost_target": "C1", "kind": "suggestion", "suggestion": {**EDIT, "after": {}}},
            "comments[0].suggestion.after: says nothing that would differ",
        ),
        (
            {"lost_target": "C1", "kind": "suggestion", "suggestion": EDIT},
            "comments[0].suggestion.before.text: is missing",
        ),
        ({"kind": "suggestion", "suggestion": EDIT}, "comments[0].suggestion.on: its comment is"),
    ],
)
def test_importmap_refuses_what_nobody_can_have_said(
    db: None, tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    whole = {"format": "argmap/1", "map": {"title": "x"}, "comments": [{**COMMENT, **change}]}
    file = tmp_path / "map.json"
    file.write_text(json.dumps(whole), encoding="utf-8")
    assert told in fails("importmap", file)
    assert not ArgumentMap.objects.exists()


COMMENT = {
    "number": 1,
    "kind": "comment",
    "author": "someone",
    "at": "2017-02-16T09:30:00Z",
    "version": 0,
    "body": "Why?",
}


DOCUMENT = """Winter

Something else came first.

On forty days no ship came in. It was cold.
"""


def test_attachsource_finds_what_was_quoted(a_map: ArgumentMap, tmp_path: Path) -> None:
    file = tmp_path / "log.txt"
    file.write_text(DOCUMENT, encoding="utf-8")
    assert run("attachsource", "harbour", "S1", file) == "1 found, 0 moved, 0 orphaned\n"
    assert Excerpt.objects.get(key="X1").exact == "On forty days no ship came in."


def test_attachsource_names_each_orphan_with_its_statement(
    a_map: ArgumentMap, tmp_path: Path
) -> None:
    Source.objects.update(sha256="0" * 64)
    file = tmp_path / "log.txt"
    file.write_text("Nothing of the kind.", encoding="utf-8")
    assert run("attachsource", "harbour", "S1", file).splitlines() == [
        f"warning: {file} is not the file whose SHA-256 S1 names",
        "0 found, 0 moved, 1 orphaned",
        "X1 of E1: Ice blocked the harbour on forty days last winter.",
    ]


def test_attachsource_says_what_it_cannot_do(a_map: ArgumentMap, tmp_path: Path) -> None:
    file = tmp_path / "log.pdf"
    file.write_bytes(b"%PDF-1.4 \xff\xfe")
    version = ArgumentMap.objects.get().version
    assert "This is a PDF" in fails("attachsource", "harbour", "S1", file)
    file.write_bytes(b"\xff\xfe")
    assert "no plain text in UTF-8" in fails("attachsource", "harbour", "S1", file)
    text = tmp_path / "log.txt"
    text.write_text(DOCUMENT, encoding="utf-8")
    assert fails("attachsource", "harbour", "S9", text) == 'the map "harbour" has no source "S9"'
    assert fails("attachsource", "nothing", "S1", file) == 'there is no map "nothing"'
    assert "No such file" in fails("attachsource", "harbour", "S1", tmp_path / "nothing")
    assert ArgumentMap.objects.get().version == version
