"""What the logs leave out."""

from __future__ import annotations

import logging
import re

POLL = re.compile(r"GET \S*/live/\S* HTTP")
USUAL = {"200", "304"}


class QuietPolls(logging.Filter):
    """Leaves out that each open page asks for news: every line but theirs would scroll away."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record of Django's development server is worth a line."""
        if not isinstance(record.args, tuple) or len(record.args) < 2:
            return True
        line, status = (str(part) for part in record.args[:2])
        return status not in USUAL or POLL.search(line) is None
