"""A made-up map on a site, and its owner at a browser: what they do is what is measured."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import QueryDict

from argmap import actions, graphs, render
from argmap.core import boxed, boxes, measure
from argmap.core.focus import View
from argmap.core.kinds import CommentKind
from argmap.graphs import frames, views, words
from argmap.markdown import to_html
from argmap.models import ArgumentMap
from argmap.web import viewing
from argmap.web.drawings import drawn
from argmap.web.editing.forms import StatementForm
from tests.bench.maps import made_up
from tests.bench.visitor import Answer, Visitor

COMMENTS = 10
Headers = Mapping[str, str]
NONE: Headers = {}
HTMX = {"HX-Request": "true"}
COMPRESSED = {"Accept-Encoding": "gzip, br"}
MEMOS = (
    boxes.box_of,
    boxed.boxed,
    measure.measured,
    frames.bare_statement,
    views.said,
    to_html,
)
"""What the process remembers of maps besides what it keeps on purpose."""


TEN = "focus=C1&depth=6&boxes=10"
"""The query of a view of ten boxes, from the map's first claim on."""


class Site:
    """One made-up map, and its owner at a browser that takes nothing compressed."""

    def __init__(self, size: int, owner: User) -> None:
        self.owner, self.edits = owner, 0
        graph = made_up(size)
        self.map = actions.import_graph(actor=owner, graph=graph, owner=owner).map
        self.root = graph.statements[0].key
        for statement in graph.statements[:COMMENTS]:
            actions.add_comment(
                actor=owner,
                argument_map=self.map,
                body="How do we know?",
                about=statement.key,
                kind=CommentKind.QUESTION,
            )
        self.visitor = Visitor(owner)
        self.typed: dict[str, Any] = {}
        self.etag = ""

    def forget(self) -> None:
        """Let the site remember nothing of the map."""
        cache.clear()
        frames.kept.forget()
        words.kept.forget()
        for memo in MEMOS:
            memo.cache_clear()
        self.map.refresh_from_db()

    def change(self) -> None:
        """Let someone else write on the map that was seen, and no page or layout be remembered."""
        self.page()
        text = self._text()
        actions.edit_statement(actor=None, argument_map=self.map, key=self.root, text=text)
        cache.clear()  # layouts too: a box may have had this height before

    # --- Looking --------------------------------------------------------------------------------

    def get(self, place: str, headers: Headers = NONE, *, status: int = 200) -> Answer:
        """Get a page of the map, which must answer so."""
        answer = self.visitor.get(f"{self.map.get_absolute_url()}{place}", headers)
        assert answer.status == status, answer.status
        return answer

    def page(self) -> str:
        """Get the map page."""
        return self.get("").text

    def compressed_page(self) -> None:
        """Get the map page as browsers do."""
        self.get("", COMPRESSED)

    def panel(self) -> None:
        """Get the detail panel of the statement that most bears on."""
        self.get(f"elements/{self.root}/", HTMX)

    def find(self) -> None:
        """Get what holds some words, as someone who types them does at each pause."""
        self.get("find/?q=harbour+winter+ice", HTMX)

    def open_page(self) -> None:
        """Ask for news a first time."""
        self.etag = self.get(f"live/?since={self.map.activity}").headers["ETag"]

    def poll(self) -> None:
        """Ask for news where there are none, as each page that is open does."""
        known = {"If-None-Match": self.etag}
        self.get(f"live/?since={self.map.activity}", known, status=304)

    # --- Editing --------------------------------------------------------------------------------

    def open_form(self) -> None:
        """See the page as it stands, and type another text, which makes the box another height."""
        cache.clear()  # layouts too: a box may have had this height before
        self.page()
        self.map.refresh_from_db()
        row = self.map.statements.get(key=self.root)
        names = [name for name in StatementForm.base_fields if name != "seen"]
        shown = {name: getattr(row, name) or "" for name in names} | {"tags": ""}
        self.typed = {f"initial-{name}": value for name, value in shown.items()}
        self.typed |= shown | {"seen": self.map.version, "text": self._text()}

    def edit(self) -> None:
        """Send the form, and get the panel and the drawing as they are then."""
        address = f"{self.map.get_absolute_url()}elements/{self.root}/edit/"
        answer = self.visitor.post(address, urlencode(self.typed), HTMX)
        assert answer.status == 200, answer.status
        assert f"Written {self.edits} times" in answer.text

    def _text(self) -> str:
        self.edits += 1
        return f"Written {self.edits} times. " + "It should close in winter. " * (self.edits % 5)

    # --- Drawing --------------------------------------------------------------------------------

    def view(self, query: str = "") -> View:
        """Read a view of the map."""
        return graphs.load_view(
            ArgumentMap.objects.get(pk=self.map.pk), viewing.read_wish(QueryDict(query)).view
        )

    def draw(self) -> None:
        """Make the drawing of the page, without the page."""
        drawn(self.map, viewing.read_wish(QueryDict()), graphs.scheme_names())

    def edit_and_read_ten(self) -> None:
        """Write, and read the view that is to be drawn."""
        text = self._text()
        actions.edit_statement(
            actor=self.owner, argument_map=self.map, key=self.root, text=text, note=text
        )
        cache.clear()
        self.draw_ten = partial(render.draw, self.view(TEN), href=str)
