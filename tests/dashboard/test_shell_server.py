"""Serving: a busy port, the one configuration file wherever the project lives, the list of pages, health checks of other modules."""

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest
from streamlit import file_util

from dashboard import server
from dashboard.navigation import ADDRESSES, HERE, PAGES, PROJECTED
from dashboard.shell import assets, frame, health

ROOT = HERE.parent
SETTINGS = """
import json
import dashboard.server
from dashboard.shell.assets import style_sheets
from streamlit import config
names = ["browser.gatherUsageStats", "theme.primaryColor", "theme.font", "client.showErrorDetails", "runner.magicEnabled"]
print(json.dumps([dashboard.__file__, style_sheets()[0], *map(config.get_option, names)]))
"""
EXPECTED = ["cite.css", False, "#00527A", "Inter, sans-serif", "none", False]


def settings(folder, source):
    """What the application reads when started in ``folder`` with the packages of ``source`` first."""
    done = subprocess.run(
        [sys.executable, "-c", SETTINGS],
        cwd=folder,
        env={"PYTHONPATH": str(source), "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    package, *values = json.loads(done.stdout.splitlines()[-1])
    assert Path(package).parent.parent == source
    return values


def test_a_busy_port_is_told_in_one_french_sentence():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(server.PortBusyError, match=rf"^Le port {port} est déjà occupé\u00a0: fermez .*\.$"):
            server.serve("127.0.0.1", port)


def test_serving_stops_quietly_when_interrupted(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", f"from dashboard.server import serve; serve('127.0.0.1', {port})"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    limit = time.monotonic() + 90
    while time.monotonic() < limit and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=10) as answer:
                assert answer.status == 200
                break
        except OSError:
            time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=30)
    assert (process.returncode, said) == (0, b"")


def test_an_address_of_another_machine_is_told_apart():
    with pytest.raises(server.CannotListenError, match=r"^Impossible d'écouter sur 192\.0\.2\.1, port 8501"):
        server.serve("192.0.2.1", 8501)


def test_the_one_configuration_file_is_read_from_a_checkout(tmp_path):
    assert (HERE / ".streamlit").resolve() == ROOT / ".streamlit"
    assert settings(tmp_path, ROOT) == EXPECTED


def test_the_one_configuration_file_is_read_from_a_wheel(tmp_path):
    source = tmp_path / "source"
    for name in ("dashboard", "connectors", "indicators", ".streamlit"):
        shutil.copytree(ROOT / name, source / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, source)
    (source / "README.md").write_text("x", "utf-8")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", str(tmp_path), str(source)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    shutil.rmtree(source)
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    assert settings(tmp_path, tmp_path / "site") == EXPECTED
    assert (tmp_path / "site/dashboard/locale/fr/LC_MESSAGES/messages.mo").is_file()
    assert (tmp_path / "site/dashboard/assets/francais.js").is_file()


def test_pages_have_distinct_addresses_and_one_home():
    every = (*PAGES, PROJECTED)
    assert len(ADDRESSES) == len(every) == len({page.file for page in every}) == len({page.title for page in every})
    assert [page.title for page in PAGES if page.is_home] == ["Synthèse"]
    assert all(page.question.endswith("\u202f?") for page in PAGES)


def test_the_frame_links_every_style_sheet_tokens_first():
    linked = [line for line in frame.application().decode().splitlines() if "/actifs/" in line and "stylesheet" in line]
    assert [name in line for name, line in zip(assets.style_sheets(), linked, strict=True)] == [True] * len(linked)
    assert "cite.css" in linked[0]


def test_a_title_cannot_carry_markup():
    assert b"<title>&lt;b&gt;</title>" in frame.application("<b>")


def test_a_streamlit_laid_out_otherwise_is_refused(tmp_path, monkeypatch):
    (tmp_path / "index.html").write_text("<html></html>", "utf-8")
    monkeypatch.setattr(file_util, "get_static_dir", lambda: str(tmp_path))
    with pytest.raises(frame.UnknownStreamlitError):
        frame.application()


def test_health_tells_a_missing_configuration_and_a_damaged_store(tmp_path, monkeypatch):
    monkeypatch.setenv("CITE_CONFIG", str(tmp_path / "cite.toml"))
    monkeypatch.delenv("CITE_STORE_URL", raising=False)
    monkeypatch.delenv("CITE_DATA_DIR", raising=False)
    (told,) = health.problems()
    assert "cite.toml est introuvable" in told
    shutil.copy(ROOT / "cite.toml", tmp_path)
    assert health.problems() == []
    (tmp_path / "abime.sqlite").write_text("ceci n'est pas une base " * 100, "utf-8")
    monkeypatch.setenv("CITE_STORE_URL", f"sqlite:///{tmp_path / 'abime.sqlite'}")
    assert health.problems() != []


def test_health_asks_the_checks_other_modules_add(monkeypatch):
    def store_readable():
        return ["Le magasin ne s'ouvre pas."]

    def broken():
        raise OSError("secret")

    monkeypatch.setattr(health, "HEALTH_CHECKS", [list])
    assert health.problems() == []
    monkeypatch.setattr(health, "HEALTH_CHECKS", [store_readable, broken])
    first, second = health.problems()
    assert first == "Le magasin ne s'ouvre pas."
    assert "broken" in second
    assert "secret" not in second
