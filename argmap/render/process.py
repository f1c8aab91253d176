"""Child processes that run Graphviz under limits, kept alive between drawings or for one alone.

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
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import IO

logger = logging.getLogger(__name__)

# The 10,000 boxes of the largest map ever measured took 154 MB.
MEMORY_BYTES = 2 * 1024**3
# Graphviz leaks some 70 bytes a graph; a fresh process also forgets all that went before.
GRAPHS_PER_PROCESS = 300
END = b"\nstop\n"
# The smallest graph, which each new child is tried with. A slow machine under load starts the
# wheel's Python in less.
HELLO = "digraph 1 {\nhello\n}\n"
HELLO_SECONDS = 3.0

Task = Callable[[], object]

_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH")


class TooSlowError(Exception):
    """The child used up its time, and was killed."""


class BusyError(Exception):
    """The child was at work for others all the time that there was."""


class CrashedError(Exception):
    """The child ended, or answered what was not asked."""


class BrokenError(Exception):
    """A new child could not even lay out the smallest graph: it is the program that fails."""


def nothing() -> None:
    """Do nothing while a child works."""


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """What a child gets of our environment: no secrets."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {**kept, "SERVER_NAME": "x", **extra}


def start(
    argv: Sequence[str], errors: IO[bytes], extra: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a child in a group of its own. Pipes are unbuffered: nothing of ours waits in them."""
    return subprocess.Popen(  # noqa: S603 - argv comes from engines.py alone
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        bufsize=0,
        env=environment(extra or {}),
        start_new_session=True,
    )


def limit(process: subprocess.Popen[bytes], cpu_seconds: float) -> None:
    """Limit the CPU time of a child's whole life, and its memory, from outside.

    From outside because code between fork and exec is not safe where there are threads. Systems
    without prlimit (macOS) have the wall limit alone.
    """
    if not hasattr(resource, "prlimit"):
        return
    limits = {resource.RLIMIT_CPU: math.ceil(cpu_seconds) + 1, resource.RLIMIT_AS: MEMORY_BYTES}
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


def run_once(argv: Sequence[str], dot: str, seconds: float, extra: Mapping[str, str]) -> bytes:
    """Start a child, give it `dot`, and return all that it writes."""
    with tempfile.TemporaryFile() as errors:
        process = start(argv, errors, extra)
        try:
            limit(process, seconds)
            answer, _ = process.communicate(dot.encode(), timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise TooSlowError from error
        finally:
            kill(process)
        if process.returncode or not answer:
            raise CrashedError(last_words(errors))
        return answer


def last_words(errors: IO[bytes]) -> str:
    """Return the last line that a child wrote to its standard error."""
    errors.seek(0)
    lines = errors.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "no message"


class Kept:
    """A child that is fed graph after graph. One thread at a time: its owner holds a lock."""

    def __init__(self, argv: Sequence[str]) -> None:
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        try:
            self.process = start(argv, self.errors)
        except OSError:
            self.errors.close()
            raise
        self.owner = os.getpid()
        self.answered = 0
        self.spent = 0.0  # wall seconds at work, an upper bound of the CPU seconds
        for pipe in (self.process.stdin, self.process.stdout):
            os.set_blocking(_number(pipe), False)

    def greet(self) -> None:
        """Have the smallest graph laid out. Raises what `ask` does."""
        limit(self.process, HELLO_SECONDS)
        answer = self._exchange(HELLO.encode(), time.monotonic() + HELLO_SECONDS, nothing)
        if b"\nnode hello " not in answer:
            raise CrashedError("it answers as no Graphviz does")

    def ask(self, dot: str, marker: str, seconds: float, meanwhile: Task = nothing) -> str:
        """Return the child's answer to `dot`, which must hold a node called `marker`.

        `meanwhile` is done once, while the child works: it may have a processor of its own. What it
        takes is none of the child's `seconds`.
        """
        limit(self.process, self.spent + seconds)
        began = time.monotonic()
        answer = self._exchange(dot.encode(), began + seconds, meanwhile)
        self.spent += time.monotonic() - began
        self.answered += 1
        if answer.count(END) != 1 or f"\nnode {marker} ".encode() not in answer:
            raise CrashedError("the answer belongs to another graph")
        return answer.decode()

    def _exchange(self, rest: bytes, deadline: float, meanwhile: Task) -> bytes:
        answer = bytearray()
        to_child, from_child = _number(self.process.stdin), _number(self.process.stdout)
        with selectors.DefaultSelector() as ready:
            ready.register(to_child, selectors.EVENT_WRITE)
            ready.register(from_child, selectors.EVENT_READ)
            while not answer.endswith(END):
                events = ready.select(max(deadline - time.monotonic(), 0))
                if not events:
                    raise TooSlowError
                for key, _ in events:
                    if key.fd == from_child:
                        answer += self._read(from_child)
                        continue
                    rest = rest[self._write(to_child, rest) :]
                    if not rest:
                        ready.unregister(to_child)
                        paused = time.monotonic()
                        meanwhile()
                        deadline += time.monotonic() - paused
        return bytes(answer)

    def _read(self, descriptor: int) -> bytes:
        chunk = os.read(descriptor, 1 << 16)
        if not chunk:
            raise CrashedError(last_words(self.errors))
        return chunk

    def _write(self, descriptor: int, data: bytes) -> int:
        try:
            return os.write(descriptor, data)
        except BrokenPipeError as error:
            raise CrashedError(last_words(self.errors)) from error

    @property
    def is_fit(self) -> bool:
        """Tell whether it may be asked: it is this process's, not used up, and lives."""
        is_ours = self.owner == os.getpid()
        return is_ours and self.answered < GRAPHS_PER_PROCESS and self.process.poll() is None

    def close(self) -> None:
        """End the child, or, in a fork of its owner, let go of its pipes and leave it alone."""
        if self.owner == os.getpid():
            kill(self.process)
        else:
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe:
                    pipe.close()
            self.process.returncode = 0  # not ours to wait for, nor to warn of
        self.errors.close()


def _number(pipe: IO[bytes] | None) -> int:
    if pipe is None:  # cannot be: both are asked for at the start
        raise CrashedError("a child without pipes")
    return pipe.fileno()


class Keeper:
    """Holds at most one kept child of each command, and replaces it when it may not be trusted."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, ...], Kept] = {}

    def ask(
        self,
        argv: Sequence[str],
        dot: str,
        marker: str,
        seconds: float,
        meanwhile: Task = nothing,
    ) -> str:
        """Return the answer of a child run as `argv`; a child that fails in any way is ended.

        Raises BusyError where others kept it at work, which tells nothing of this graph, and
        BrokenError where a new one is of no use; that is told within HELLO_SECONDS.
        """
        if not self._lock.acquire(timeout=seconds):
            raise BusyError
        try:
            return self._trusted(tuple(argv)).ask(dot, marker, seconds, meanwhile)
        except BaseException:
            # Also on KeyboardInterrupt: a half-read answer would be the next reader's.
            self._drop(tuple(argv))
            raise
        finally:
            self._lock.release()

    def _trusted(self, argv: tuple[str, ...]) -> Kept:
        kept = self._kept.get(argv)
        if kept and not kept.is_fit:
            self._drop(argv)
        if argv not in self._kept:
            try:
                kept = self._kept[argv] = Kept(argv)
                kept.greet()
            except (TooSlowError, CrashedError, OSError) as error:
                raise BrokenError(str(error)) from error
        return self._kept[argv]

    def _drop(self, argv: tuple[str, ...]) -> None:
        kept = self._kept.pop(argv, None)
        if kept:
            kept.close()

    def close(self) -> None:
        """End all children."""
        for argv in list(self._kept):
            self._drop(argv)

    def forget_lock(self) -> None:
        """Take a fresh lock after a fork, in which the old one may be held by no one."""
        self._lock = threading.Lock()
