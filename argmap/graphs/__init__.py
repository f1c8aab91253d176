"""From rows to the core's Graph, in a number of queries that does not grow with the map.

`load_graph` reads all of a map, for whoever works on all of it. Pages that draw a part read the
map in two steps: `load_frame` its structure, which is kept, and `load_view` the words of what is
shown. `load_words` is for searches.
"""

from __future__ import annotations

from argmap.graphs.chosen import load_chosen
from argmap.graphs.frames import load_frame
from argmap.graphs.rows import (
    excerpt_of,
    inference_of,
    own_fields,
    scheme_names,
    source_of,
    statement_of,
)
from argmap.graphs.steady import TornRead, at_one_version, is_committed
from argmap.graphs.views import load_view
from argmap.graphs.whole import load_graph
from argmap.graphs.words import load_words

__all__ = [
    "TornRead",
    "at_one_version",
    "excerpt_of",
    "inference_of",
    "is_committed",
    "load_chosen",
    "load_frame",
    "load_graph",
    "load_view",
    "load_words",
    "own_fields",
    "scheme_names",
    "source_of",
    "statement_of",
]
