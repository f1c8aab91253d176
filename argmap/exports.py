"""Every format that a map can be had in, as files: those of the core, and pictures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from argmap.core.focus import View, whole
from argmap.core.formats import FORMATS, Format, native
from argmap.core.graph import Graph
from argmap.graphs import at_one_version, load_graph
from argmap.models import ArgumentMap, Scheme
from argmap.render import image, labelled, svg_file
from argmap.review import answer_records, comment_records, review_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One format to write. `write` takes a view: pictures can show a part, other files cannot."""

    name: str
    label: str
    media_type: str
    suffix: str
    write: Callable[[View], bytes]
    draws: bool = False
    """Whether what it shows is a drawing, which needs Graphviz or has its look."""


def scheme_names(graph: Graph) -> dict[str, str]:
    """Return the names of the schemes that a graph uses, by slug (one query)."""
    slugs = {inference.scheme for inference in graph.inferences if inference.scheme}
    return dict(Scheme.objects.filter(slug__in=slugs).values_list("slug", "name"))


def write(graph: Graph, name: str, view: View | None = None) -> bytes:
    """Return the file of `graph` in the format `name`; a drawing shows `view`, where given.

    Raises KeyError for an unknown format, and DrawingFailedError where Graphviz is needed and
    fails.
    """
    return EXPORTS[name].write(view or whole(graph))


PARTS = ("comments", "reviews", "answers")
"""What a file in the native format may have besides the graph.

Ratings are in none, since they are given blind: a file would show them to whoever has not given
theirs. Nor are rounds, which ask the people who are here; a verdict that one led to stands alone.
"""


def write_with(argument_map: ArgumentMap, parts: Collection[str]) -> bytes:
    """Return a map in the native format with these of PARTS, all of it at one version.

    A query for each part, besides those of `load_graph` and the version again. Raises TornRead
    where the map changes faster than it can be read.
    """

    def read() -> str:
        return native.dump(
            load_graph(argument_map),
            comments=comment_records(argument_map) if "comments" in parts else None,
            reviews=review_records(argument_map) if "reviews" in parts else None,
            answers=answer_records(argument_map) if "answers" in parts else None,
        )

    return at_one_version(argument_map, read).encode()


def _of_graph(known: Format, dump: Callable[[Graph], str | bytes]) -> Export:
    def write(view: View) -> bytes:
        written = dump(view.graph)
        return written.encode() if isinstance(written, str) else written

    return Export(
        name=known.name,
        label=known.label,
        media_type=known.media_type,
        suffix=known.suffix,
        write=write,
    )


def _drawn(view: View) -> str:
    return svg_file(view, schemes=scheme_names(view.graph))


_PICTURES = (
    Export(
        name="dot",
        label="Graphviz DOT",
        media_type="text/vnd.graphviz",
        suffix=".dot",
        write=lambda view: labelled(view).encode(),
        draws=True,
    ),
    Export(
        name="svg",
        label="SVG",
        media_type="image/svg+xml",
        suffix=".svg",
        write=lambda view: _drawn(view).encode(),
        draws=True,
    ),
    Export(
        name="png",
        label="PNG",
        media_type="image/png",
        suffix=".png",
        write=lambda view: image(_drawn(view), "png"),
        draws=True,
    ),
    Export(
        name="pdf",
        label="PDF",
        media_type="application/pdf",
        suffix=".pdf",
        write=lambda view: image(_drawn(view), "pdf"),
        draws=True,
    ),
)

EXPORTS: Mapping[str, Export] = {
    each.name: each
    for each in (*(_of_graph(f, f.dump) for f in FORMATS.values() if f.dump), *_PICTURES)
}
