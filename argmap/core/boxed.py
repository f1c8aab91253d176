"""What is in a box of a drawing, as SVG: its shape, its head, its text, and what it hides."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from itertools import repeat

from argmap.core.boxes import CORNER, GAP, HEADER, LEADING, MARGIN, Box
from argmap.core.kinds import Kind
from argmap.core.measure import Line, Weight
from argmap.core.strokes import n

_ASCENT = 14.0  # from the top of a line to its baseline
_BUBBLE = "M0 0h11v8h-6l-3 3v-3h-2z"
_CHIP_TOP, _CHIP_HIGH, _CHIP_BASELINE = n(MARGIN - 2), n(HEADER), n(MARGIN - 2 + _ASCENT)
_TSPAN = '<tspan x="{}" y="{}"{}>{}</tspan>\n'
# Of more lines than any box has.
_BASELINES = [n(MARGIN + HEADER + GAP + _ASCENT + LEADING * line) for line in range(32)]


# Most boxes of a drawing are those of the drawing before it; one takes about 1 kB.
@lru_cache(maxsize=2_048)
def boxed(box: Box, *, pinned: bool) -> str:
    """Return a box whose upper left corner is at 0, 0, without its stub.

    With `pinned` each line of text is held to its measured width.
    """
    return f"{_shape(box)}{_head(box)}\n{_text(box, pinned=pinned)}"


@lru_cache(maxsize=2_048)
def stub(box: Box, *, pinned: bool) -> str:
    """Return what a box says of what it hides, under a rule; "" where it hides nothing.

    An area lies under it that is as wide as the box: what it is a link to is easy to hit.
    """
    if not box.stub:
        return ""
    top = box.height - HEADER * len(box.stub) - GAP
    area = (
        f'<rect class="area" y="{n(top)}" width="{n(box.width)}" height="{n(box.height - top)}"/>'
    )
    rule = f'<path class="rule" d="M0 {n(top)}H{n(box.width)}"/>'
    lines = []
    for number, line in enumerate(box.stub):
        y = top + _ASCENT + GAP / 2 + HEADER * number
        fixed = _fixed(line, box, pinned=pinned)
        lines.append(f'<tspan x="{n(MARGIN)}" y="{n(y)}"{fixed}>{line.text}</tspan>')
    return f'{area}{rule}<text class="stub">{"".join(lines)}</text>'


def _shape(box: Box) -> str:
    wide, high, cut = n(box.width), n(box.height), n(CORNER)
    if box.kind is Kind.CLAIM:
        return f'<rect class="box" width="{wide}" height="{high}" rx="9"/>'
    across, down = n(box.width - CORNER), n(box.height - CORNER)
    if box.kind is Kind.EVIDENCE:
        return (
            f'<path class="box" d="M0 0H{across}L{wide} {cut}V{high}H0Z"/>'
            f'<path class="fold" d="M{across} 0V{cut}H{wide}"/>'
        )
    return (
        f'<path class="box" d="M{cut} 0H{across}L{wide} {cut}V{down}L{across} {high}'
        f'H{cut}L0 {down}V{cut}Z"/>'
    )


def _head(box: Box) -> str:
    """Return the badge with the key at the left, and the chips at the right."""
    parts = [_chip("key", box.badge, MARGIN, box.badge_width)]
    x = box.width - MARGIN - (CORNER / 2 if box.kind is not Kind.CLAIM else 0)
    for chip in reversed(box.chips):
        x -= chip.width
        parts.append(_chip(chip.kind, chip.text, x, chip.width))
        x -= GAP
    return "".join(parts)


def _chip(kind: str, text: str, x: float, wide: float) -> str:
    middle, icon = x + wide / 2, ""
    if kind == "comments":
        middle += HEADER / 2 - GAP
        icon = f'<path transform="translate({n(x + GAP)} {n(MARGIN + 3)})" d="{_BUBBLE}"/>'
    return (
        f'<g class="chip {kind}"><rect x="{n(x)}" y="{_CHIP_TOP}" width="{n(wide)}"'
        f' height="{_CHIP_HIGH}" rx="4"/>{icon}'
        f'<text x="{n(middle)}" y="{_CHIP_BASELINE}">{escape(text)}</text></g>'
    )


def _text(box: Box, *, pinned: bool) -> str:
    heavy = " title" if box.weight is Weight.SEMIBOLD else ""
    turned = ' direction="rtl"' if box.right_to_left else ""
    lines = _lines(box, pinned=pinned) if box.lines else ""
    return f'<text class="text{heavy}"{turned}>\n{lines}</text>'


def _lines(box: Box, *, pinned: bool) -> str:
    texts, _, exact = zip(*box.lines, strict=True)
    # No line has a line break: all are escaped at once, as each alone would cost as much.
    safe = escape("\n".join(texts)).split("\n")
    if not box.right_to_left and not pinned and all(exact):
        return _plain(len(safe)) % tuple(safe)
    x = n(box.width - MARGIN if box.right_to_left else MARGIN)
    held = [_fixed(line, box, pinned=pinned) for line in box.lines]
    return "".join(map(_TSPAN.format, repeat(x), _BASELINES, held, safe))


@lru_cache(maxsize=2**5)
def _plain(count: int) -> str:
    """Return the form of `count` lines that start at the left and are held to no width.

    Most are such, and written by one form they cost half.
    """
    return "".join([_TSPAN.format(n(MARGIN), y, "", "%s") for y in _BASELINES[:count]])


def _fixed(line: Line, box: Box, *, pinned: bool) -> str:
    """Return what holds a line to its width, where another font might draw it too wide.

    Nothing is held that stays in the box even at twice its estimate.
    """
    if line.exact and not pinned:
        return ""
    if not line.exact and line.width * 2 <= box.inner_width:
        return ""
    length = min(line.width, box.inner_width)
    return f' textLength="{n(length)}" lengthAdjust="spacingAndGlyphs"'
