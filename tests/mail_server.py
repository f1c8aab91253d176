"""A mail server on the loopback: it takes what it is sent, but for those whom it is told to refuse."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

HANG_UP = ""
"""What is answered to an address at which the server hangs up without a word."""


class MailServer(socketserver.ThreadingTCPServer):
    """`answers` says what is answered to an address in place of 250; after 421 it hangs up."""

    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.answers: dict[str, str] = {}
        self.took: list[str] = []
        self.calls = 0

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self.server_address[1]
        return port


class _Call(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.calls += 1
        self._say("220 ready")
        address = ""
        for line in self._lines():
            word = line[:4].upper()
            answer = "250 ok"
            if word == "RCPT":
                address = line.partition("<")[2].partition(">")[0]
                answer = self.server.answers.get(address, answer)
            elif word == "DATA":
                self._say("354 go on")
                while self.rfile.readline() not in {b".\r\n", b""}:
                    pass
                self.server.took.append(address)
            if answer == HANG_UP:
                return
            self._say("221 bye" if word == "QUIT" else answer)
            if word == "QUIT" or answer.startswith("421"):
                return

    def _lines(self) -> Iterator[str]:
        while line := self.rfile.readline():
            yield line.decode()

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Let a server run, and end it with all of its calls."""
    with MailServer() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
