"""What the settings read when tests run, whatever `.env` and the shell say.

pytest takes this as a plugin (see `addopts`), because pytest-django reads the settings before any
conftest. Only `DATABASE_URL` is left to the caller: empty is SQLite, `tests.postgres` sets the other.
"""

from __future__ import annotations

import os

for _name in [name for name in os.environ if name.startswith("ARGMAP_")]:
    del os.environ[_name]

os.environ.update(
    ENV_FILE=os.devnull,
    SECRET_KEY="tests",
    # The development settings: plain static files, and no redirection to HTTPS. pytest-django
    # turns settings.DEBUG itself off again.
    DEBUG="1",
    ALLOWED_HOSTS="localhost,127.0.0.1,testserver",
    CACHE_URL="",
    HTTPS="0",
    # What is told at once is told before a test looks for it.
    MAIL_ASIDE="0",
)
os.environ.setdefault("DATABASE_URL", "")
