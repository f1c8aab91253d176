"""The programs that lay graphs out, behind one small interface: a command and a name."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import graphviz
from django.conf import settings
from graphviz.backend import DOT_BINARY

_WHEEL = Path(__file__).with_name("wheel.py")


@dataclass(frozen=True, slots=True)
class Engine:
    """A Graphviz: `command` reads DOT on standard input and writes the format of its `-T`."""

    name: str
    version: str
    command: tuple[str, ...]

    @property
    def label(self) -> str:
        """What tells this engine's drawings from those of another."""
        return f"{self.name} {self.version}"

    def argv(self, output: str) -> list[str]:
        """Return the command line that writes `output`: plain, png, pdf or svg."""
        return [*self.command, f"-T{output}"]


def _dot() -> Engine | None:
    """The `dot` program, where the graphviz package finds it."""
    program = shutil.which(DOT_BINARY)
    if program is None:
        return None
    try:
        version = ".".join(map(str, graphviz.version()))
    except (RuntimeError, OSError, graphviz.CalledProcessError):
        return None  # it is there, but it does not run
    return Engine("dot", version, (program,))


def _wheel() -> Engine | None:
    """The Graphviz in the wheel of pygraphviz, which holds Python's lock while it works."""
    if find_spec("pygraphviz") is None:
        return None
    command = (sys.executable, "-P", str(_WHEEL))
    return Engine("wheel", metadata.version("pygraphviz"), command)


_FINDERS: dict[str, Callable[[], Engine | None]] = {"dot": _dot, "wheel": _wheel}


@cache
def find(name: str) -> Engine | None:
    """Return the engine of that name, or, for "", the first one that there is.

    Looked for once in the life of the process: finding `dot` runs it.
    """
    if name:
        return _FINDERS[name]()
    return find("dot") or find("wheel")


def available_engine() -> Engine | None:
    """Return the engine that drawings are made with, or None where there is no Graphviz."""
    return find(settings.ARGMAP_ENGINE)
