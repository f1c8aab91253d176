from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from django.contrib.auth.models import User
from django.core.management import call_command

from argmap.core.text import forbidden_character
from argmap.models import CriticalQuestion, Scheme

FIXTURES = Path(__file__).parent.parent / "fixtures"

SLUGS = [
    "expert-opinion",
    "position-to-know",
    "witness-testimony",
    "sign",
    "example",
    "analogy",
    "cause-to-effect",
    "correlation-to-cause",
    "effect-to-cause",
    "consequences",
    "practical-reasoning",
    "commitment",
    "inconsistent-commitment",
    "bias",
    "popular-opinion",
    "precedent",
    "established-rule",
    "verbal-classification",
    "motive",
    "evidence-to-hypothesis",
    "falsification",
    "rival-explanation",
    "silence",
    "danger-appeal",
    "threat",
    "values",
    "part-to-whole",
    "gradualism",
    "waste",
    "circumstantial-ad-hominem",
]

CAST = {
    "analyst": (["Analysts"], True, False),
    "reviewer": (["Reviewers"], False, False),
    "outsider": ([], False, False),
    "admin": ([], True, True),
}


def rows(name: str, model: str) -> list[dict[str, Any]]:
    entries = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    return [entry["fields"] for entry in entries if entry["model"] == model]


def questions() -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in rows("schemes.json", "argmap.criticalquestion"):
        (slug,) = row["scheme"]
        found[slug].append((row["order"], row["text"]))
    return found


@pytest.mark.parametrize("name", ["schemes.json", "demo_accounts.json"])
def test_fixtures_name_rows_by_natural_keys(name: str) -> None:
    entries = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    assert all(set(entry) == {"model", "fields"} for entry in entries)


def test_the_schemes_are_those_that_maps_name() -> None:
    schemes = rows("schemes.json", "argmap.scheme")
    assert [scheme["slug"] for scheme in schemes] == SLUGS
    assert len({scheme["name"] for scheme in schemes}) == len(SLUGS)


def test_each_scheme_has_its_questions_in_order() -> None:
    asked = questions()
    assert list(asked) == SLUGS
    for slug, listed in asked.items():
        assert 3 <= len(listed) <= 6, slug
        assert [order for order, _ in listed] == list(range(1, len(listed) + 1)), slug
        assert all(text.endswith("?") for _, text in listed), slug


def test_no_question_is_asked_twice_and_every_text_can_be_kept() -> None:
    texts = [text for listed in questions().values() for _, text in listed]
    assert len(set(texts)) == len(texts)
    texts += [scheme["description"] for scheme in rows("schemes.json", "argmap.scheme")]
    assert all(text.strip() == text and forbidden_character(text) is None for text in texts)


def test_the_demo_accounts_are_the_cast() -> None:
    users = rows("demo_accounts.json", "auth.user")
    groups = [group["name"] for group in rows("demo_accounts.json", "auth.group")]
    assert groups == ["Analysts", "Reviewers"]
    assert {
        user["username"]: (
            [name for (name,) in user["groups"]],
            user["is_staff"],
            user["is_superuser"],
        )
        for user in users
    } == CAST
    assert [user["email"] for user in users] == [f"{name}@example.org" for name in CAST]


@pytest.mark.parametrize("name", CAST)
def test_the_demo_passwords_are_stored_by_argon2(name: str) -> None:
    (user,) = (row for row in rows("demo_accounts.json", "auth.user") if row["username"] == name)
    algorithm, _, encoded = user["password"].partition("$")
    assert algorithm == "argon2"
    assert PasswordHasher().verify(f"${encoded}", f"{name}-demo")


@pytest.mark.django_db
def test_loading_twice_makes_nothing_twice() -> None:
    for _ in range(2):
        call_command("loaddata", *sorted(FIXTURES.glob("*.json")), verbosity=0)
    assert sorted(Scheme.objects.values_list("slug", flat=True)) == sorted(SLUGS)
    assert CriticalQuestion.objects.count() == sum(map(len, questions().values()))
    assert User.objects.get(username="analyst").groups.get().name == "Analysts"
