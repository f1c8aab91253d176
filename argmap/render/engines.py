"""The programs that lay graphs out, behind one small interface: a command and a name."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import graphviz
from django.conf import settings
from graphviz.backend import DOT_BINARY

from argmap.render.keeper import HELLO, HELLO_SECONDS
from argmap.render.process import CrashedError, TooSlowError, run_once
from argmap.render.trust import is_resting, rest

FAILURES = (TooSlowError, CrashedError, OSError, RuntimeError, graphviz.CalledProcessError)
"""What a program may do in place of telling its version."""

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
    """The `dot` program, where the graphviz package finds it, and its version.

    The package waits for the version without end, so it asks only a program that has answered.
    """
    program = shutil.which(DOT_BINARY)
    if program is None:
        return None
    run_once([program, "-Tplain"], HELLO, HELLO_SECONDS, {})
    return Engine("dot", ".".join(map(str, graphviz.version())), (program,))


def _wheel() -> Engine | None:
    """The Graphviz in the wheel of pygraphviz, which holds Python's lock while it works."""
    if find_spec("pygraphviz") is None:
        return None
    command = (sys.executable, "-P", str(_WHEEL))
    return Engine("wheel", metadata.version("pygraphviz"), command)


_FINDERS: dict[str, Callable[[], Engine | None]] = {"dot": _dot, "wheel": _wheel}
"""Best first."""


@cache
def find(name: str) -> Engine | None:
    """Return the engine of that name, None where it is not installed; looked for once.

    Raises one of FAILURES where it does not work.
    """
    return _FINDERS[name]()


def available_engines() -> Iterator[Engine]:
    """Yield the engines that drawings may be made with, best first; whether one rests is asked late."""
    names = [settings.ARGMAP_ENGINE] if settings.ARGMAP_ENGINE else _FINDERS
    for name in names:
        if is_resting(name):
            continue
        try:
            if engine := find(name):
                yield engine
        except FAILURES as failure:
            rest(name, failure)


def available_engine() -> Engine | None:
    """Return the engine that drawings are made with now, or None where there is no Graphviz."""
    return next(available_engines(), None)


def missing() -> str:
    """Say in one line for people why no engine is available."""
    if any(map(is_resting, _FINDERS)):
        return "Graphviz does not work at the moment; look again in a minute."
    return "Graphviz is not installed."
