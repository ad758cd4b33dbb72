"""A PostgreSQL server of one's own, for the time of a demonstration or a test run. Real databases are never looked for nor touched.

The server listens on a free loopback port only, with a password drawn at random, and is removed with its data at the end.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_ACCOUNT: Final = "postgres"
_SETTINGS: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=127.0.0.1", "unix_socket_directories=")
_TRIES: Final = 3
_SECONDS: Final = 60


@contextmanager
def temporary_cluster(folder: Path) -> Iterator[str | None]:
    """Start a server whose data live in a new folder inside ``folder``; stop it and remove them after.

    Yields the URL of its administrator (postgresql+psycopg://…), or None when PostgreSQL's programs are absent or it does not start.
    """
    programs = _programs()
    if programs is None or (os.geteuid() == 0 and shutil.which("runuser") is None):
        yield None
        return
    folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="postgresql-", dir=folder))
    try:
        password = secrets.token_urlsafe(24)
        port = _start(programs, home, password)
        yield None if port is None else f"postgresql+psycopg://{_ACCOUNT}:{password}@127.0.0.1:{port}/postgres"
    finally:
        if (home / "data" / "postmaster.pid").exists():
            _run(home, programs / "pg_ctl", "-D", home / "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(home, ignore_errors=True)


def _programs() -> Path | None:
    """The folder of the newest server programs: Debian keeps them out of PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = str(installed[-1]) if installed else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _start(programs: Path, home: Path, password: str) -> int | None:
    """Create the data, then start on a free port; the port, or None when it cannot."""
    secret = home / "password"
    secret.write_text(password, "utf-8")
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root: its own account owns the folder and runs it
        for path in (home, secret):
            shutil.chown(path, _ACCOUNT, _ACCOUNT)
    data = home / "data"
    options = ("-U", _ACCOUNT, "-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8", "--no-locale", "--no-sync")
    if not _run(home, programs / "initdb", "-D", data, *options):
        return None
    secret.unlink()
    for _ in range(_TRIES):  # another program may take the port between the choice and the start
        port = _free_port()
        settings = " ".join(f"-c {setting}" for setting in (*_SETTINGS, f"port={port}"))
        if _run(home, programs / "pg_ctl", "-D", data, "-l", home / "log", "-o", settings, "-w", "start"):
            return port
    return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(home: Path, *command: str | Path) -> bool:
    """Run a program as the account that owns the data; whether it succeeded."""
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", _ACCOUNT, "--", *words]
    # its output goes nowhere: the server it leaves behind would keep a pipe open
    try:
        done = subprocess.run(  # noqa: S603 - our own words only
            words, cwd=home, check=False, timeout=_SECONDS, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
