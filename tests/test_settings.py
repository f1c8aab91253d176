"""What the environment and `.env` do to the settings, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

PRODUCTION = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "argmap.example"}


def run(
    *command: str, env_file: str | Path = os.devnull, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run Python with these variables and no others of the settings'."""
    return subprocess.run(  # noqa: S603
        [sys.executable, *command],
        env={"PATH": os.environ["PATH"], "ENV_FILE": str(env_file), **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def setting(name: str, env_file: str | Path = os.devnull, **environment: str) -> str:
    program = f"from argmap import settings; print(settings.{name})"
    result = run("-c", program, env_file=env_file, **environment)
    assert result.stderr == ""
    return result.stdout.strip()


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"ALLOWED_HOSTS": "a.example"}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "x"}, "ALLOWED_HOSTS is not set"),
        ({**PRODUCTION, "DEBUG": "maybe"}, '"DEBUG" invalid'),
        ({**PRODUCTION, "ARGMAP_DOT_SECONDS": "0"}, '"ARGMAP_DOT_SECONDS" invalid'),
        ({**PRODUCTION, "ARGMAP_ENGINE": "nonsense"}, '"ARGMAP_ENGINE" invalid'),
        ({**PRODUCTION, "EMAIL_URL": "mail.example:25"}, "EMAIL_URL is not understood"),
        ({**PRODUCTION, "EMAIL_URL": "smtp://mail.example:smtp"}, "EMAIL_URL is not understood"),
        ({**PRODUCTION, "EMAIL_URL": "smtp://[mail.example"}, "EMAIL_URL is not understood"),
        ({**PRODUCTION, "EMAIL_URL": "smtp:"}, "EMAIL_URL is not understood"),
        ({**PRODUCTION, "SITE_URL": "maps.example"}, 'SITE_URL is "maps.example"'),
    ],
)
def test_a_wrong_environment_stops_the_start_with_one_line(
    environment: dict[str, str], message: str
) -> None:
    result = run("manage.py", "migrate", **environment)
    assert result.returncode == 1
    assert result.stderr.startswith("argmap: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "env"
    file.write_text("SECRET_KEY=x\nDEBUG=1\nARGMAP_MAX_BOXES=7\n")
    assert setting("ARGMAP_MAX_BOXES", file) == "7"
    assert setting("ARGMAP_MAX_BOXES", file, ARGMAP_MAX_BOXES="8") == "8"


def test_debug_is_off_by_default_and_https_on() -> None:
    assert setting("DEBUG, settings.SESSION_COOKIE_SECURE", **PRODUCTION) == "False True"


def test_a_url_names_the_database() -> None:
    url = "postgresql://ann:s%40fe@db.example:5433/maps"
    named = setting("DATABASES", **PRODUCTION, DATABASE_URL=url)
    for part in ("postgresql", "'ann'", "'s@fe'", "'db.example'", "5433", "'maps'"):
        assert part in named


def test_a_url_names_the_cache() -> None:
    assert "RedisCache" in setting("CACHES", **PRODUCTION, CACHE_URL="redis://cache.example")
    assert "LocMemCache" in setting("CACHES", **PRODUCTION)


def test_mail_goes_to_the_console_unless_a_url_names_a_server() -> None:
    assert "console" in setting("EMAIL_BACKEND", **PRODUCTION)


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("smtp://mail.example", ("mail.example", 25, "", "", False, False)),
        (
            "smtp+tls://ann%40x:s%2Fe@mail.example",
            ("mail.example", 587, "ann@x", "s/e", True, False),
        ),
        ("smtps://ann:se@mail.example:2465", ("mail.example", 2465, "ann", "se", False, True)),
    ],
)
def test_a_url_names_the_mail_server(url: str, named: tuple[object, ...]) -> None:
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    asked = ", settings.".join(f"EMAIL_{name}" for name in names)
    expected = " ".join(str(each) for each in named)
    assert setting(asked, **PRODUCTION, EMAIL_URL=url) == expected


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, "https://argmap.example argmap@argmap.example"),
        ({"HTTPS": "0"}, "http://argmap.example argmap@argmap.example"),
        ({"ALLOWED_HOSTS": ".maps.example,b"}, "https://maps.example argmap@maps.example"),
        ({"ALLOWED_HOSTS": "*"}, "argmap@localhost"),
        ({"DEBUG": "1", "PORT": "8123"}, "http://127.0.0.1:8123 argmap@argmap.example"),
        (
            {"SITE_URL": "https://a.example/maps/", "DEFAULT_FROM_EMAIL": "Maps <m@a.example>"},
            "https://a.example/maps Maps <m@a.example>",
        ),
    ],
)
def test_links_in_mails_lead_to_where_the_site_is(
    environment: dict[str, str], address: str
) -> None:
    asked = "SITE_URL, settings.DEFAULT_FROM_EMAIL"
    assert setting(asked, **{**PRODUCTION, **environment}) == address


def test_sqlite_writes_ahead_and_enforces_references(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("of SQLite only")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
