"""Write argmap/core/advances.py from the fonts of font-source-sans-pro: run by `make advances`."""

from __future__ import annotations

import textwrap
from pathlib import Path

import font_source_sans_pro
from fontTools.ttLib import TTFont

RANGES = [
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x024F),  # Latin-1, Extended-A and -B
    (0x02B0, 0x02FF),  # modifier letters
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # letter-like symbols
    (0x2150, 0x215F),  # fractions
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x25A0, 0x25FF),  # geometric shapes
]
TARGET = Path(__file__).parents[2] / "argmap" / "core" / "advances.py"
HEAD = '''"""Advance widths of Source Sans Pro, in thousandths of the font size, by code point.

Made by `make advances`; not to be edited. Each run gives its first code point and the widths from
there on.
"""

from __future__ import annotations

from typing import Final

Runs = dict[int, tuple[int, ...]]
# fmt: off
'''


def runs(style: str) -> dict[int, list[int]]:
    """Return the advances of one style, in unbroken runs of code points."""
    path = Path(font_source_sans_pro.font_directory) / f"SourceSansPro-{style}.ttf"
    with TTFont(path) as font:
        units = font["head"].unitsPerEm
        glyphs = font.getBestCmap()
        widths = font["hmtx"]
        found: dict[int, list[int]] = {}
        start = 0
        for first, last in RANGES:
            for code in range(first, last + 1):
                if code not in glyphs:
                    continue
                if not found or code != start + len(found[start]):
                    start = code
                    found[start] = []
                found[start].append(round(widths[glyphs[code]][0] * 1000 / units))
    return found


def block(name: str, style: str) -> str:
    """Return one table as Python."""
    lines = [f"\n{name}: Final[Runs] = {{"]
    for start, widths in runs(style).items():
        values = ", ".join(map(str, widths)) + ("," if len(widths) == 1 else "")
        entry = f"    0x{start:04X}: ({values}),"
        if len(entry) <= 100:
            lines.append(entry)
        else:
            lines.append(f"    0x{start:04X}: (")
            lines += textwrap.wrap(values, 92, initial_indent=" " * 8, subsequent_indent=" " * 8)
            lines.append("    ),")
    return "\n".join([*lines, "}", ""])


if __name__ == "__main__":
    tables = block("REGULAR", "Regular") + block("SEMIBOLD", "Semibold")
    TARGET.write_text(f"{HEAD}{tables}", encoding="utf-8")
