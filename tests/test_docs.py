"""The documentation is held against what it describes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import resolve

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return sorted({re.split(r"[\[<>=]", each)[0] for each in wanted})


@pytest.mark.parametrize("name", dependencies())
def test_each_dependency_has_its_reason(name: str) -> None:
    assert re.search(rf"\b{re.escape(name)}\b", README.split("## What it stands on")[1])


def test_each_setting_is_in_the_table() -> None:
    settings = (ROOT / "argmap" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings)) | {"ENV_FILE"}
    table = set(re.findall(r"`([A-Z_]+)`", README.split("## Settings")[1].split("\n## ")[0]))

    assert table >= read
    assert {name for name in table if name.startswith("ARGMAP_")} <= read


def test_each_command_exists_and_is_told() -> None:
    told = set(re.findall(r"manage\.py ([a-z]+)", README))
    ours = {name for name, app in get_commands().items() if app == "argmap"}

    assert told <= set(get_commands())
    assert ours - {"demo"} <= told


def test_each_target_exists() -> None:
    told = set(re.findall(r"`make ([a-z]+)`", README)) | set(
        re.findall(r"^make ([a-z]+)$", README, re.MULTILINE)
    )
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))

    assert {"demo", "test", "bench"} <= told <= targets


def test_each_address_resolves() -> None:
    addresses = re.findall(r"(?:127\.0\.0\.1:8000|`)(/[a-z0-9/_-]*/)", README)

    assert len(addresses) >= 4
    for address in addresses:
        assert resolve(address).url_name != "nowhere"


def test_each_link_and_picture_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
