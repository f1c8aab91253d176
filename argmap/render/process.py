"""Child processes that run Graphviz under limits, asked for graph after graph or for one alone.

A layout may take minutes, crash, or never answer. So a child leads a process group of its own,
which is killed whole when its wall time is over; a CPU limit ends it even if this process dies
first; and it loads no file that a graph names (`dot` refuses to where SERVER_NAME is set; wheel.py
refuses such graphs).
"""

from __future__ import annotations

import logging
import math
import os
import resource
import selectors
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from typing import IO

logger = logging.getLogger(__name__)

# The 10,000 boxes of the largest map ever measured took 154 MB.
MEMORY_BYTES = 2 * 1024**3
# What a child may answer, into our memory, and write into any file. The layout of 1,000 boxes takes
# 160 kB, and a PNG of them 3.4 MB.
ANSWER_BYTES = 64 * 1024**2
LAST_BYTES = 4096

Task = Callable[[], object]

_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH")


class TooSlowError(Exception):
    """The child used up its time, and was killed."""


class CrashedError(Exception):
    """The child ended, or answered what was not asked, or without end."""


def nothing() -> None:
    """Do nothing while a child works."""


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """What a child gets of our environment: no secrets."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {**kept, "SERVER_NAME": "x", **extra}


def limit(process: subprocess.Popen[bytes], cpu_seconds: float) -> None:
    """Limit the CPU time of a child's whole life, its memory and its files, from outside.

    From outside because code between fork and exec is not safe where there are threads. Systems
    without prlimit (macOS) have the wall limit alone.
    """
    if not hasattr(resource, "prlimit"):
        return
    limits = {
        resource.RLIMIT_CPU: math.ceil(cpu_seconds) + 1,
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_FSIZE: ANSWER_BYTES,
    }
    for which, soft in limits.items():
        try:
            _, hard = resource.prlimit(process.pid, which)
            allowed = soft if hard == resource.RLIM_INFINITY else min(soft, hard)
            resource.prlimit(process.pid, which, (allowed, hard))
        except ProcessLookupError:
            return  # it has ended: whoever reads from it will see


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the whole group of a child and wait for it, so that no zombie stays."""
    with_group = process.poll() is None
    if with_group:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    process.wait()


class Child:
    """A child and its pipes. What it complains of goes into a file of its own."""

    def __init__(self, argv: Sequence[str], extra: Mapping[str, str] | None = None) -> None:
        """Start it, in a group of its own. Pipes are unbuffered: nothing of ours waits in them."""
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        try:
            self.process = subprocess.Popen(  # noqa: S603 - argv comes from this package alone
                argv,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.errors,
                bufsize=0,
                env=environment(extra or {}),
                start_new_session=True,
            )
        except OSError:
            self.errors.close()
            raise
        for pipe in (self.process.stdin, self.process.stdout):
            os.set_blocking(_number(pipe), False)

    def exchange(
        self, rest: bytes, deadline: float, end: bytes = b"", meanwhile: Task = nothing
    ) -> bytes:
        """Write `rest` to the child, and return what it answers up to `end`.

        Without one it is told that no more comes, and all that it answers is returned. `meanwhile` is
        done when all is written; what it takes puts the deadline off. Raises TooSlowError or
        CrashedError, and then nothing that the child says may be trusted.
        """
        answer, is_whole = bytearray(), False
        to_child, from_child = _number(self.process.stdin), _number(self.process.stdout)
        with selectors.DefaultSelector() as ready:
            ready.register(to_child, selectors.EVENT_WRITE)
            ready.register(from_child, selectors.EVENT_READ)
            while not is_whole:
                # Not left to `select`, which never waits for a child that never stops writing.
                if (left := deadline - time.monotonic()) <= 0:
                    raise TooSlowError
                for key, _ in ready.select(left):
                    if key.fd == from_child:
                        is_whole = self._read(answer, end)
                        continue
                    rest = rest[self._write(to_child, rest) :]
                    if not rest:
                        ready.unregister(to_child)
                        paused = time.monotonic()
                        self._written(end)
                        meanwhile()
                        deadline += time.monotonic() - paused
        return bytes(answer)

    def _read(self, answer: bytearray, end: bytes) -> bool:
        """Add to the answer what there is, and tell whether it is whole."""
        chunk = os.read(_number(self.process.stdout), 1 << 16)
        answer += chunk
        if len(answer) > ANSWER_BYTES:
            raise CrashedError("it answers without end")
        if end and not chunk:
            raise CrashedError(self.last_words())
        return answer.endswith(end) if end else not chunk

    def _write(self, descriptor: int, data: bytes) -> int:
        try:
            return os.write(descriptor, data)
        except OSError as error:
            raise CrashedError(self.last_words()) from error

    def _written(self, end: bytes) -> None:
        if self.process.stdin and not end:
            self.process.stdin.close()

    def last_words(self) -> str:
        """Return the last line that the child wrote to its standard error."""
        self.errors.seek(max(self.errors.seek(0, os.SEEK_END) - LAST_BYTES, 0))
        lines = self.errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "no message"

    def close(self) -> None:
        """End the child."""
        kill(self.process)
        self.errors.close()


def run_once(argv: Sequence[str], dot: str, seconds: float, extra: Mapping[str, str]) -> bytes:
    """Start a child, give it `dot`, and return all that it writes.

    Raises TooSlowError, CrashedError, or OSError where there is no such program.
    """
    child, deadline = Child(argv, extra), time.monotonic() + seconds
    try:
        limit(child.process, seconds)
        answer = child.exchange(dot.encode(), deadline)
        status = child.process.wait(max(deadline - time.monotonic(), 0))
        if status or not answer:
            raise CrashedError(child.last_words())
    except subprocess.TimeoutExpired as error:
        raise TooSlowError from error
    finally:
        child.close()
    return answer


def _number(pipe: IO[bytes] | None) -> int:
    if pipe is None:  # cannot be: both are asked for at the start
        raise CrashedError("a child without pipes")
    return pipe.fileno()
