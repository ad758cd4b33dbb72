"""A MariaDB server for the tests that need one: started once a run, on loopback, removed after. No other server is used."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

START = 60
ACCOUNT = "mysql"


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[str]:
    """URL of the administrator, on the base « partenaire »; the test is skipped where MariaDB's server programs are absent."""
    programs = [shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") for name in ("mariadb-install-db", "mariadbd")]
    if not all(programs):
        if os.environ.get("CI") == "true":
            pytest.fail("MariaDB is missing, and continuous integration must not leave these tests out")
        pytest.skip("MariaDB's server programs are not on this machine (Debian: apt install mariadb-server)")
    install, server = map(str, programs)
    folder = Path(tempfile.mkdtemp(prefix="mariadb-"))
    own = ["--no-defaults", f"--datadir={folder / 'data'}"]
    if os.geteuid() == 0:
        account = pwd.getpwnam(ACCOUNT)
        os.chown(folder, account.pw_uid, account.pw_gid)
        own.append(f"--user={ACCOUNT}")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    subprocess.run([install, *own, "--auth-root-authentication-method=normal", "--skip-test-db"], check=True, capture_output=True)
    listening = [f"--port={port}", "--bind-address=127.0.0.1", f"--socket={folder / 's'}", f"--pid-file={folder / 'pid'}"]
    command = [server, *own, *listening, "--skip-log-bin", "--innodb-flush-log-at-trx-commit=0"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield _ready(port)
        finally:
            process.terminate()
            process.wait(timeout=START)
            shutil.rmtree(folder, ignore_errors=True)


def _ready(port: int) -> str:
    """Wait for the server, give the administrator a password drawn at random; its URL."""
    import pymysql

    password = secrets.token_urlsafe(12)
    limit = time.monotonic() + START
    while time.monotonic() < limit:
        with suppress(pymysql.err.OperationalError):
            with pymysql.connect(host="127.0.0.1", port=port, user="root", autocommit=True) as connection, connection.cursor() as cursor:
                cursor.execute("CREATE DATABASE partenaire CHARACTER SET utf8mb4")
                cursor.execute("ALTER USER root@localhost IDENTIFIED BY %s", (password,))
            return f"mariadb+pymysql://root:{password}@127.0.0.1:{port}/partenaire"
        time.sleep(0.2)
    pytest.fail("the MariaDB server did not start")
