"""What a browser fetches to show a page."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

LEVEL = 6
_STATIC = re.compile(rf'(?:href|src)="{settings.STATIC_URL}([^"]+)"')
_IMPORT = re.compile(r'from "\./([^"]+)"')
_FACE = re.compile(r'url\("([^"]+)"\).*?unicode-range: ([^;]+);', re.DOTALL)


def weight(page: str) -> dict[str, int]:
    """Return the bytes of a page and of each file that it needs, compressed; fonts as they are."""
    found = {"the page": len(gzip.compress(page.encode(), LEVEL))}
    for name in dict.fromkeys(_files(page)):
        content = _read(name)
        is_font = name.endswith(".woff2")
        found[name] = len(content) if is_font else len(gzip.compress(content, LEVEL))
    return found


def _files(page: str) -> Iterator[str]:
    waiting = [name for name in _STATIC.findall(page) if not name.endswith(".woff2")]
    while waiting:
        name = waiting.pop()
        yield name
        text, folder = _read(name).decode(), Path(name).parent
        if name.endswith(".js"):
            waiting += [str(folder / other) for other in _IMPORT.findall(text)]
        shown = set(map(ord, unescape(page)))
        for font, ranges in _FACE.findall(text):
            if any(code in part for part in _ranges(ranges) for code in shown):
                yield str(folder / font)


def _ranges(ranges: str) -> Iterator[range]:
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        yield range(int(first, 16), int(last or first, 16) + 1)


def _read(name: str) -> bytes:
    path = finders.find(name)
    assert path, name
    return Path(path).read_bytes()
