"""`manage.py fonts`, and the style sheet that says what is in which file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.management import call_command
from fontTools.ttLib import TTFont

from argmap.core.advances import REGULAR, SEMIBOLD, Runs

STYLES = Path(site.BASE_DIR, "argmap/static/argmap/fonts.css")
FACE = re.compile(r'url\("(\S+)"\).*?unicode-range: ([^;]+);', re.DOTALL)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[int, int]]:
    """Make the fonts; return the advance of each character in thousandths, by file."""
    folder = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "BASE_DIR", folder)
        call_command("fonts")
    found = {}
    for made in Path(folder, "argmap/static/argmap/fonts").iterdir():
        with TTFont(made) as font:
            widths, units = font["hmtx"], font["head"].unitsPerEm
            found[made.name] = {
                code: round(widths[glyph][0] * 1000 / units)
                for code, glyph in font.getBestCmap().items()
            }
    return found


def measured(runs: Runs) -> dict[int, int]:
    return {
        first + place: width for first, widths in runs.items() for place, width in enumerate(widths)
    }


@pytest.mark.parametrize(("name", "runs"), [("regular", REGULAR), ("semibold", SEMIBOLD)])
def test_the_files_of_a_weight_hold_what_is_measured_and_nothing_else(
    name: str, runs: Runs, drawn: dict[str, dict[int, int]]
) -> None:
    basic, more = drawn[f"source-sans-{name}.woff2"], drawn[f"source-sans-{name}-more.woff2"]
    assert basic.keys().isdisjoint(more)
    assert basic | more == measured(runs)


def test_the_styles_name_each_file_with_the_characters_that_it_holds(
    drawn: dict[str, dict[int, int]],
) -> None:
    faces = {Path(url).name: ranges for url, ranges in FACE.findall(STYLES.read_text())}
    assert faces.keys() == drawn.keys()
    for name, ranges in faces.items():
        said = set(codes(ranges))
        assert said >= drawn[name].keys()
        others = {code for other, held in drawn.items() if other != name for code in held}
        assert said.isdisjoint(others - drawn[name].keys())


def codes(ranges: str) -> list[int]:
    found: list[int] = []
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        found += range(int(first, 16), int(last or first, 16) + 1)
    return found


def test_an_english_page_needs_little(tmp_path: Path) -> None:
    fonts = Path(site.BASE_DIR, "argmap/static/argmap/fonts")
    basic = [fonts / f"source-sans-{name}.woff2" for name in ("regular", "semibold")]
    assert sum(file.stat().st_size for file in basic) < 40_000
