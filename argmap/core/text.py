"""What characters a text may hold."""

from __future__ import annotations

import re

WEB_ADDRESS = r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/]\S*"
"""What an address looks like, whole: http or https, since a link of another kind may run code."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def forbidden_character(text: str) -> int | None:
    """Return the index of the first character that a stored text may not hold, or None.

    Those are the characters that XML 1.0 (section 2.2) forbids, and the noncharacters
    U+FDD0-FDEF: a text with one could be neither exported nor drawn as it was written.
    """
    match = _FORBIDDEN.search(text)
    return None if match is None else match.start()
