"""`manage.py fonts`."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from fontTools.ttLib import TTFont
from pytest_django import Settings

from argmap.core.advances import REGULAR


@pytest.mark.parametrize("name", ["regular", "semibold"])
def test_a_font_draws_what_is_measured(name: str, settings: Settings, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    call_command("fonts")
    made = tmp_path / f"argmap/static/argmap/fonts/source-sans-{name}.woff2"
    assert made.stat().st_size < 45_000
    with TTFont(made) as font:
        drawn = font.getBestCmap()
    measured = {first + place for first, widths in REGULAR.items() for place in range(len(widths))}
    assert measured <= drawn.keys()
