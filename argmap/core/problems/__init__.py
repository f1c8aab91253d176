"""What is wrong with a graph: rules that it may not break, and what deserves a look."""

from __future__ import annotations

from argmap.core.problems.lint import lint
from argmap.core.problems.problem import Code, Problem, Weight
from argmap.core.problems.rules import violations

__all__ = ["Code", "Problem", "Weight", "lint", "violations"]
