"""Long lists by pages: numbers first, and all that lines show for those of one page alone.

A database that sorts rows carries along all that is asked of them: of five thousand threads, who
spoke last, for the twenty-five that are shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

PAGE = 25
"""Lines on one page."""


def paged(rows: QuerySet[Any], number: str) -> Page[Any]:
    """Return a page of the numbers of some rows, the nearest to the one that is asked for.

    Two queries: how many there are, and the numbers; `order_by` of the rows counts.
    """
    return Paginator(rows.values_list("pk", flat=True), PAGE).get_page(number)


def numbered(rows: QuerySet[Any], numbers: Iterable[int]) -> list[Any]:
    """Return those of some rows that have these numbers, in the order of the rows.

    One query, none for no numbers. They go to the database as they are: as a query within the
    query, PostgreSQL joins all rows with all that lines show before it looks at them.
    """
    return list(rows.filter(pk__in=list(numbers)))
