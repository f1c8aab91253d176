"""What one can do with an element of the drawing: by a link, and by a key."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms.utils import flatatt
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from argmap.models import ArgumentMap, Inference, Statement


@dataclass(frozen=True, kw_only=True)
class Tool:
    """One way to edit. `path` is below the address of the element.

    `shortcut` is the key that does it where the drawing has the focus, as browsers name keys;
    `told` says so in the list of keys.
    """

    name: str
    label: str
    shortcut: str
    path: str
    told: str
    on: str = ""
    """What it is for: "statement" or "inference", "" for both."""
    drafts: bool = False
    """Whether what one types is typed in the drawing, where it will appear."""

    @cached_property
    def attributes(self) -> SafeString:
        """What its links say besides their addresses: written once for all of them."""
        told = {
            "class": f"tool {self.name}",
            "data-tool": self.name,
            "aria-keyshortcuts": self.shortcut,
            "title": f"{self.label}  ({self.shortcut})",
        }
        return flatatt(told)


TOOLS = (
    Tool(
        name="support",
        label="Support",
        shortcut="s",
        path="add/?as=support&kind=claim",
        on="statement",
        told="adds a claim that supports a statement",
        drafts=True,
    ),
    Tool(
        name="evidence",
        label="Evidence",
        shortcut="e",
        path="add/?as=support&kind=evidence",
        on="statement",
        told="adds evidence for a statement",
        drafts=True,
    ),
    Tool(
        name="counterargument",
        label="Counterargument",
        shortcut="c",
        path="add/?as=attack&kind=counterargument",
        on="statement",
        told="adds a counterargument to a statement",
        drafts=True,
    ),
    Tool(
        name="undercut",
        label="Undercut",
        shortcut="u",
        path="add/?as=attack&kind=counterargument",
        on="inference",
        told="adds an undercut of an inference",
        drafts=True,
    ),
    Tool(
        name="back",
        label="Backing",
        shortcut="b",
        path="add/?as=support&kind=claim",
        on="inference",
        told="adds backing for an inference",
        drafts=True,
    ),
    Tool(
        name="premise",
        label="Premise",
        shortcut="p",
        path="add/?as=premise&kind=claim",
        on="inference",
        told="adds a further, linked premise to an inference",
        drafts=True,
    ),
    Tool(
        name="edit",
        label="Edit",
        shortcut="F2",
        path="edit/",
        told="edits a statement or an inference",
    ),
    Tool(
        name="link",
        label="Link to…",
        shortcut="l",
        path="link/",
        on="statement",
        told="links a statement to what you choose next, as dragging it there does",
    ),
    Tool(
        name="kind",
        label="Change kind",
        shortcut="k",
        path="kind/",
        on="statement",
        told="changes a statement's kind",
    ),
    Tool(
        name="join",
        label="Make linked",
        shortcut="m",
        path="join/",
        on="inference",
        told="makes convergent inferences one, with linked premises",
    ),
    Tool(
        name="split",
        label="Split apart",
        shortcut="x",
        path="split/",
        on="inference",
        told="splits linked premises into an inference each",
    ),
    Tool(
        name="paste",
        label="Paste a list",
        shortcut="v",
        path="paste/",
        told="makes a branch of a list that you paste",
    ),
    Tool(
        name="delete",
        label="Delete",
        shortcut="Delete",
        path="delete/",
        told="deletes it, after saying what goes with it",
    ),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A tool at hand for one element: its address keeps the view that the page shows."""

    tool: Tool
    address: str


def offers(
    argument_map: ArgumentMap, row: Statement | Inference, query: str, premises: int = 1
) -> list[Offer]:
    """Return the tools for an element; those that make no sense for it are left out.

    `query` asks for the view that the page shows; `premises` is how many an inference has.
    """
    on = "statement" if isinstance(row, Statement) else "inference"
    known = [tool for tool in TOOLS if tool.on in {"", on}]
    fitting = [tool for tool in known if tool.name != "split" or premises > 1]
    page = page_of(argument_map, row.key)
    return [Offer(tool, address(page, tool, query)) for tool in fitting]


def page_of(argument_map: ArgumentMap, key: str) -> str:
    """Return the address of an element's page, below which its tools are."""
    return f"{argument_map.get_absolute_url()}elements/{key}/"


def address(page: str, tool: Tool, query: str) -> str:
    """Return where a tool is to be had for the element on a page."""
    return page + tool.path + (query.replace("?", "&", 1) if "?" in tool.path else query)
