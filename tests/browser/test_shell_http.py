"""What the server answers, asked without a browser: headers, addresses, fonts, compression, health."""

import gzip
import http.client
import json
import shutil
from urllib.parse import urlsplit

import pytest

from dashboard.navigation import ADDRESSES
from dashboard.shell.fonts import WEIGHTS

pytestmark = pytest.mark.xdist_group("browser")


def ask(url, path, method="GET", **headers):
    """Answer with lower-case headers, and its body as it came over the wire."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/", "/inconnue", "/sante", "/actifs/cite.css", "/_stcore/health"])
def test_every_answer_carries_the_security_headers(tiny, path):
    _, headers, _ = ask(tiny, path)
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


def test_every_page_is_our_french_frame_never_cached(tiny):
    for path in sorted(ADDRESSES):
        status, headers, body = ask(tiny, path, If_None_Match='"x"')
        assert status == 200
        assert headers["cache-control"] == "no-store"
        assert "etag" not in headers
        assert b'<html lang="fr"' in body
        assert "<title>Cité de l'emploi de Calais</title>".encode() in body
        assert b"SourceSans" not in body
        assert b"<title>Streamlit" not in body


@pytest.mark.parametrize("path", ["/inconnue", "/budget/2022", "/index.html", "/robots.txt", "/polices/autre.woff2", "/_stcore/metrics"])
def test_an_unknown_address_is_a_true_404(tiny, path):
    status, _, body = ask(tiny, path)
    assert status == 404
    assert b"import" not in body


@pytest.mark.parametrize(
    "path", ["/actifs/..%2fserver.py", "/actifs/..%2f..%2fpyproject.toml", "/static/..%2findex.html", "/actifs/server.py"]
)
def test_nothing_outside_the_served_folders_is_given(tiny, path):
    status, _, body = ask(tiny, path)
    assert status in {400, 404}
    assert b"import" not in body


def test_head_announces_the_page_without_sending_it(tiny):
    status, headers, body = ask(tiny, "/", method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) == len(ask(tiny, "/")[2])


def test_another_host_name_is_refused(tiny):
    assert ask(tiny, "/", Host="pirate.example")[0] == 400
    assert ask(tiny, "/", Host="localhost")[0] == 200


def test_the_four_faces_and_their_licence_are_ours_to_serve(tiny):
    for name in WEIGHTS.values():
        status, headers, body = ask(tiny, f"/polices/{name}")
        assert (status, headers["content-type"], body[:4]) == (200, "font/woff2", b"wOF2")
        assert "immutable" in headers["cache-control"]
    assert b"SIL OPEN FONT LICENSE" in ask(tiny, "/polices/LICENSE")[2].upper()


def test_a_style_sheet_is_sent_again_only_when_it_changed(tiny):
    status, headers, _ = ask(tiny, "/actifs/cite.css")
    assert (status, headers["cache-control"]) == (200, "no-cache")
    assert ask(tiny, "/actifs/cite.css", If_None_Match=headers["etag"])[0] == 304


def test_streamlits_bundles_travel_compressed(tiny):
    page = ask(tiny, "/")[2].decode()
    bundle = page.split('<script type="module"')[1].split('src="')[1].split('"')[0]
    raw = ask(tiny, bundle)[2]
    _, headers, packed = ask(tiny, bundle, Accept_Encoding="gzip")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == raw
    assert len(packed) < len(raw) / 2


def test_health_names_the_page_that_no_longer_compiles(serveur, copie):
    folder = copie()
    url = serveur(source=folder)
    status, headers, body = ask(url, "/sante")
    before = json.loads(body)
    assert (status, before["etat"]) in {(200, "ok"), (503, "panne")}
    assert [problem for problem in before["problemes"] if ".py" in problem] == []
    assert headers["cache-control"] == "no-store"

    (folder / "dashboard/views/budget.py").write_text("st.title(", "utf-8")
    (folder / "dashboard/views/parcours.py").unlink()
    status, _, body = ask(url, "/sante")
    assert status == 503
    told = json.loads(body)
    assert told["etat"] == "panne"
    assert "views/budget.py\u00a0: ligne 1 illisible par Python" in told["problemes"]
    assert "views/parcours.py\u00a0: fichier absent" in told["problemes"]

    shutil.copy(folder / "dashboard/views/synthese.py", folder / "dashboard/views/budget.py")
    shutil.copy(folder / "dashboard/views/synthese.py", folder / "dashboard/views/parcours.py")
    assert json.loads(ask(url, "/sante")[2]) == before
