"""`manage.py demo`."""

from __future__ import annotations

import socket

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from argmap.models import ArgumentMap


def test_a_busy_port_is_told_before_any_work_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(CommandError, match=f"port {port}: Address already in use; choose"):
            call_command("demo")


@pytest.mark.parametrize("port", ["http", "65536", "-1"])
def test_what_is_no_port_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(CommandError, match=f"port {port}: not the number of a port"):
        call_command("demo")


def test_without_serving_it_makes_the_map_and_tells_where_things_will_be(
    db: None,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.DEBUG = True
    monkeypatch.setenv("PORT", "8123")
    call_command("demo", no_serve=True)
    assert ArgumentMap.objects.filter(slug="challenging-the-state").exists()
    printed = capsys.readouterr().out
    for path in ("/maps/challenging-the-state/", "/admin/", "/api/v1/"):
        assert f"http://127.0.0.1:8123{path}\n" in printed
