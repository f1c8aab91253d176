"""Makes a PNG or a PDF of a drawing, with Typst; run as a script, never imported.

It reads the drawing as SVG, and writes the file. The folder that it works in is all that Typst may
read, besides fonts.
"""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import typst

POINTS = 72.0
"""Points in an inch: a px of the drawing is a point of the page."""

FINEST = 2.0
"""The most pixels of a PNG for a px of the drawing, each way."""

MOST_PIXELS = 24e6
"""What a PNG has at most, unless a px of the drawing would come to less than one of it."""

RIGHT_TO_LEFT, ENDING = b' direction="rtl"', b' text-anchor="end"'
"""How a drawing says that a text starts at the right, and what Typst knows of it: where it ends.

No text of a drawing reads like either: quotes in them are escaped.
"""

_SIZE = re.compile(rb'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')
_PAGE = '#set page(width: {}pt, height: {}pt, margin: 0pt)\n#image("/drawing.svg", width: 100%)'


def main() -> None:
    """Write the drawing in the format that the first argument names; the second is a font folder."""
    output: Literal["png", "pdf"] = "png" if sys.argv[1] == "png" else "pdf"
    svg = sys.stdin.buffer.read()
    found = _SIZE.search(svg)
    if found is None:
        sys.exit("no drawing")
    wide, high = map(float, found.groups())
    fineness = max(1.0, min(FINEST, math.sqrt(MOST_PIXELS / (wide * high))))
    with TemporaryDirectory() as folder:
        root = Path(folder)
        page = root / "page.typ"
        page.write_text(_PAGE.format(wide, high), encoding="utf-8")
        (root / "drawing.svg").write_bytes(svg.replace(RIGHT_TO_LEFT, ENDING))
        made = typst.compile(
            page, root=root, font_paths=[Path(sys.argv[2])], format=output, ppi=fineness * POINTS
        )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
