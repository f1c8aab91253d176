"""A stand-in for the `dot` program, from the wheel of pygraphviz; run as a script, never imported.

Like `dot`, it reads graph after graph and answers each at once. A graph ends with a line that
holds a closing brace alone, as all DOT of argmap does. Any error ends the program.

Where `dot` refuses to load files once SERVER_NAME is set, the library loads them all the same, so
graphs with an attribute that names a file are refused here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from pygraphviz import AGraph

NAMES_A_FILE = {"fontpath", "image", "imagepath", "shapefile", "stylesheet"}


def graphs() -> Iterator[str]:
    """Yield the graphs that come in, each as soon as it is whole."""
    lines: list[str] = []
    for line in sys.stdin.buffer:
        lines.append(line.decode())
        if line == b"}\n":
            yield "".join(lines)
            lines.clear()


def main() -> None:
    """Answer each graph in the format that the one argument names, such as `-Tplain`."""
    output = sys.argv[1].removeprefix("-T")
    for dot in graphs():
        graph = AGraph(string=dot)
        names = {*graph.graph_attr.keys(), *graph.node_attr.keys(), *graph.edge_attr.keys()}
        if names & NAMES_A_FILE:
            sys.exit(f"refused: {', '.join(sorted(names & NAMES_A_FILE))}")
        sys.stdout.buffer.write(graph.draw(format=output, prog="dot"))
        sys.stdout.buffer.flush()
        graph.close()


if __name__ == "__main__":
    main()
