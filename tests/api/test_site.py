"""Where to start, the schemas, the documentation; and that answers are as the schema says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from jsonschema import Draft202012Validator
from rest_framework.test import APIClient

from argmap import actions
from argmap.models import ArgumentMap, Comment, Scheme
from tests.api.conftest import As

HERE = "/api/v1/maps/{slug}/"
READS = [
    "/api/v1/",
    "/api/v1/maps/",
    "/api/v1/schemes/",
    "/api/v1/schemes/{scheme}/",
    "/api/v1/inbox/",
    "/api/v1/inbox/{section}/",
    "/api/v1/mentions/",
    "/api/v1/digest/",
    "/api/v1/tokens/",
    HERE,
    f"{HERE}statements/",
    f"{HERE}statements/{{key}}/",
    f"{HERE}inferences/",
    f"{HERE}sources/",
    f"{HERE}excerpts/",
    f"{HERE}comments/",
    f"{HERE}comments/{{number}}/since/",
    f"{HERE}suggestions/",
    f"{HERE}questions/",
    f"{HERE}answers/",
    f"{HERE}ratings/",
    f"{HERE}ratings/{{key}}/",
    f"{HERE}disagreements/",
    f"{HERE}review/",
    f"{HERE}reviews/",
    f"{HERE}rounds/",
    f"{HERE}people/",
    f"{HERE}members/",
    f"{HERE}graph/",
    f"{HERE}problems/",
]


@pytest.fixture
def openapi(db: None) -> Any:
    answer = APIClient().get("/api/v1/schema/")
    return json.loads(answer.content)


def test_every_start_is_there_for_anyone(as_: As, db: None) -> None:
    starts = as_().get("/api/v1/").json()
    status = {name: as_().get(address).status_code for name, address in starts.items()}
    open_to_all = ("maps", "format", "schema", "docs")
    assert {name for name, code in status.items() if code == 200} == set(open_to_all)
    assert set(status.values()) == {200, 401}


def test_the_format_schema_is_what_exports_keep(as_: As, viewer: User, a_map: ArgumentMap) -> None:
    answer = as_().get("/api/v1/formats/argmap-1.schema.json")
    assert answer.headers["Content-Type"] == "application/schema+json"
    schema = json.loads(answer.content)
    Draft202012Validator.check_schema(schema)
    exported = json.loads(as_(viewer).get("/api/v1/maps/harbour/export/json/").content)
    Draft202012Validator(schema).validate(exported)


def test_the_schema_is_openapi_without_a_warning(tmp_path: Any) -> None:
    call_command("spectacular", "--fail-on-warn", "--validate", f"--file={tmp_path / 'api.yaml'}")


def test_the_schema_is_served_as_json_and_as_yaml(as_: As, db: None) -> None:
    served = json.loads(as_().get("/api/v1/schema/").content)
    assert served["openapi"].startswith("3.1")
    yaml = as_().get("/api/v1/schema/", HTTP_ACCEPT="application/vnd.oai.openapi")
    assert yaml.content.startswith(b"openapi: 3.1")


def _reviewed(a_map: ArgumentMap, analyst: User) -> Comment:
    """Judge a map in each way, by two people, and change what was judged; return a comment."""
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    first = actions.add_comment(**on_it, about="E1", body="Why?")
    actions.add_comment(**on_it, parent=first.pk, body="So.")
    actions.suggest(**on_it, does="edit", on="C1", after={"text": "It may."})
    question = Scheme.objects.get(slug="sign").questions.create(order=1, text="Is it a sign?")
    actions.answer_question(**on_it, inference="I1", question=question.pk, says="satisfied")
    other = {**on_it, "actor": User.objects.get(username="reviewer")}
    for by, likelihood in ((on_it, "likely"), (other, "unlikely")):
        actions.rate(**by, statement="E1", likelihood=likelihood)
    actions.ask_for_review(**on_it, reviewers=[other["actor"]])
    actions.give_verdict(**other, verdict="sound")
    actions.edit_statement(**on_it, key="E1", text="Ice came.")
    return first


@pytest.mark.parametrize("path", READS)
def test_answers_are_as_the_schema_says(
    as_: As, analyst: User, a_map: ArgumentMap, openapi: Any, path: str
) -> None:
    actions.make_token(user=analyst, name="one")
    first = _reviewed(a_map, analyst)
    where: dict[str, Any] = {
        "slug": "harbour",
        "key": "E1",
        "scheme": "sign",
        "section": "unresolved",
    }
    where["number"] = first.pk
    answer = as_(analyst).get(path.format(**where))
    said = openapi["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    whole = {**said["schema"], "components": openapi["components"]}
    Draft202012Validator(whole).validate(answer.json())


@pytest.mark.parametrize(
    ("path", "verb", "several"),
    [("comments/{number}/earlier/", "get", {}), ("suggestions/", "patch", [1])],
)
def test_lists_that_come_whole_are_said_to(
    as_: As, analyst: User, a_map: ArgumentMap, openapi: Any, path: str, verb: str, several: Any
) -> None:
    made = actions.add_comment(actor=analyst, argument_map=a_map, body="Why?")
    actions.edit_comment(actor=analyst, argument_map=a_map, comment=made.pk, body="How?")
    address = f"{HERE}{path}".format(slug="harbour", number=made.pk)
    sent = {"outcome": "accepted", "numbers": several}
    answer = getattr(as_(analyst), verb)(address, sent if several else None, format="json")
    operation = openapi["paths"][f"{HERE}{path}"][verb]
    assert not {"page", "page_size"} & {each["name"] for each in operation["parameters"]}
    said = operation["responses"]["200"]["content"]["application/json"]
    assert len(answer.json()) == 1
    whole = {**said["schema"], "components": openapi["components"]}
    Draft202012Validator(whole).validate(answer.json())


@pytest.mark.parametrize(
    ("path", "needed"),
    [
        ("answers/{number}/", {"version_seen"}),
        ("ratings/{key}/", {"version_seen"}),
        ("reviews/{number}/", {"version_seen"}),
        ("rounds/{number}/", {"closed"}),
        ("suggestions/{number}/", {"outcome"}),
        ("suggestions/", {"outcome", "numbers"}),
        ("comments/{number}/", set()),
    ],
)
def test_what_an_edit_needs_is_said(openapi: Any, path: str, needed: set[str]) -> None:
    body = openapi["paths"][f"{HERE}{path}"]["patch"]["requestBody"]
    name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert set(openapi["components"]["schemas"][name].get("required", ())) == needed


def test_problems_are_as_the_schema_says(as_: As, openapi: Any, db: None) -> None:
    said = openapi["paths"]["/api/v1/tokens/"]["post"]["responses"]["default"]["content"]
    whole = {**said["application/problem+json"]["schema"], "components": openapi["components"]}
    Draft202012Validator(whole).validate(as_().post("/api/v1/tokens/", {}).json())


def test_the_documentation_has_nothing_inline(as_: As, db: None) -> None:
    page = as_().get("/api/v1/docs/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "<style" not in text
    assert "style=" not in text
    assert text.count("<script") == text.count("<script src=")
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    script = as_().get("/api/v1/docs/?script=")
    assert script.headers["Content-Type"].startswith("application/javascript")


@pytest.mark.parametrize("path", ["", "maps/", "schema/", "docs/"])
def test_nothing_is_compressed(as_: As, db: None, path: str) -> None:
    # A strong ETag is of these bytes, and no others.
    answer = as_().get(f"/api/v1/{path}", HTTP_ACCEPT_ENCODING="gzip, br")
    assert "Content-Encoding" not in answer.headers
