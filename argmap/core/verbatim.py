"""What people typed, as Markdown that shows the characters of it and nothing else."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~#$]")
_LINE_START = re.compile(r"(?:[-+=:]|\d+[.)])")
_LINES = re.compile(r"\r\n|\r|\n")


def inline(text: str) -> str:
    """Return `text` on one line, as Markdown that shows its characters and nothing else."""
    return _escaped_start(_SPECIAL.sub(r"\\\g<0>", " ".join(text.split())))


def quoted(text: str) -> str:
    """Return `text` as one quotation whose lines stand as they were typed, without their indents."""
    lines = [inline(line) for line in _LINES.split(text.strip())]
    found: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        # A line that another one follows ends with a hard break; it would run on otherwise.
        broken = "\\" if line and following else ""
        found.append(f"> {line}{broken}".rstrip())
    return "\n".join(found)


def _escaped_start(line: str) -> str:
    """Return a line whose first characters make it no list, no rule and no heading's underline."""
    match = _LINE_START.match(line)
    if match is None:
        return line
    end = match.end() - 1
    return f"{line[:end]}\\{line[end:]}"
