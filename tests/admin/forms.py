"""Reads a page's form as a browser with scripts does: what it would send as it stands."""

from __future__ import annotations

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.inside = False
        self.unseen = 0
        self.select = ""
        self.area = ""
        self.first: dict[str, str] = {}
        self.single = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("method") == "post" and given.get("id", "").endswith("_form")
        if tag == "noscript":
            self.unseen += 1
        if self.inside and not self.unseen and "disabled" not in given:
            self._read(tag, given)

    def _read(self, tag: str, given: dict[str, str]) -> None:
        if tag == "input":
            self._read_input(given)
        elif tag == "textarea":
            self.area = given["name"]
            self.fields[self.area] = [""]
        elif tag == "select":
            self.select, self.single = given["name"], "multiple" not in given
        elif tag == "option" and self.select:
            self.first.setdefault(self.select, given["value"])
            if "selected" in given:
                self.fields.setdefault(self.select, []).append(given["value"])

    def _read_input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in {"submit", "file"} or (kind in {"checkbox", "radio"} and "checked" not in given):
            return
        unsaid = "on" if kind == "checkbox" else ""
        self.fields.setdefault(given["name"], []).append(given.get("value", unsaid))

    def handle_data(self, data: str) -> None:
        if self.area:
            # A browser does not count the line break right after the tag.
            self.fields[self.area] = [(self.fields[self.area][0] + data).removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "noscript":
            self.unseen -= 1
        elif tag == "textarea":
            self.area = ""
        elif tag == "select":
            if self.single and self.select:
                self.fields.setdefault(self.select, [self.first.get(self.select, "")])
            self.select = ""


def form_in(html: str) -> dict[str, list[str] | str]:
    """Return the values of the main form of an admin page, by the names of its fields."""
    reader = _Reader()
    reader.feed(html)
    found = {name: values for name, values in reader.fields.items() if "__prefix__" not in name}
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}
