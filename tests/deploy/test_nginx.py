"""The shipped nginx.conf: nginx takes it, large bodies go to uploads only, and nobody waits for
long."""

import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.bench.servers import free_port

SAMPLE = Path(__file__).parents[2] / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
PATIENCE = 20
MIB = 1 << 20

needs_nginx = pytest.mark.skipif(NGINX is None, reason="there is no nginx")


class Upstream(BaseHTTPRequestHandler):
    """Says how much of the body came; refuses strangers by the header alone, as Gridlight does."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        if "stranger" in self.path:
            self._answer(403, b"")
            self.close_connection = True
            return
        left = int(self.headers["Content-Length"])
        while left and (read := self.rfile.read(min(left, MIB))):
            left -= len(read)
        self._answer(200, b"whole" if not left else b"cut")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        pass


def certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "gridlight.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def configured(folder: Path, *, port: int, plain: int, upstream: int, seconds: int = 15) -> Path:
    """The sample, with other paths and ports, in a whole nginx.conf."""
    certificate(folder)
    sample = SAMPLE.read_text(encoding="utf-8")
    for ours, here in (
        ("/etc/ssl/gridlight/", f"{folder}/"),
        ("127.0.0.1:8501", f"127.0.0.1:{upstream}"),
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("client_header_timeout 15s", f"client_header_timeout {seconds}s"),
    ):
        assert ours in sample
        sample = sample.replace(ours, here)
    (folder / "gridlight.conf").write_text(re.sub(r"listen \[::].*", "", sample))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    whole = folder / "nginx.conf"
    whole.write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
        "events { worker_connections 64; }\nhttp { access_log off;\n"
        + "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
        + f"include {folder}/gridlight.conf; }}\n"
    )
    return whole


@contextmanager
def nginx(
    folder: Path, port: int, upstream: int, *, seconds: int = 15, plain: int | None = None
) -> Iterator[None]:
    """nginx with the sample, speaking TLS at `port`, and without TLS at `plain`."""
    assert NGINX
    plain = plain or free_port()
    whole = configured(folder, port=port, plain=plain, upstream=upstream, seconds=seconds)
    running = subprocess.Popen([NGINX, "-c", whole], stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and running.poll() is None:
            with closing(socket.socket()) as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        running.terminate()
        running.wait(PATIENCE)


@pytest.fixture
def upstream() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Upstream) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def tls() -> ssl.SSLContext:
    found = ssl.create_default_context()
    found.check_hostname, found.verify_mode = False, ssl.CERT_NONE
    return found


def posted(port: int, path: str, size: int) -> tuple[int, bytes]:
    with closing(HTTPSConnection("127.0.0.1", port, timeout=PATIENCE, context=tls())) as connection:
        connection.putrequest("POST", path)
        connection.putheader("Content-Length", str(size))
        connection.endheaders()
        with suppress(OSError):  # Refused by the header alone; the answer is there to be read.
            connection.send(bytes(size))
        answer = connection.getresponse()
        return answer.status, answer.read()


@needs_nginx
def test_a_plain_request_is_sent_to_the_name_of_the_server_whatever_name_it_asked_for(
    tmp_path: Path, upstream: int
) -> None:
    plain = free_port()
    with nginx(tmp_path, free_port(), upstream, plain=plain):
        asked = HTTPConnection("127.0.0.1", plain, timeout=PATIENCE)
        asked.request("GET", "/overview", headers={"Host": "evil.example"})
        answer = asked.getresponse()
        assert answer.status == 301
        assert answer.getheader("Location") == "https://gridlight.example/overview"
        asked.close()


@needs_nginx
def test_nginx_takes_the_sample_as_it_is(tmp_path: Path) -> None:
    whole = configured(tmp_path, port=free_port(), plain=free_port(), upstream=free_port())
    done = subprocess.run([str(NGINX), "-t", "-c", whole], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"[warn]" not in done.stderr


@needs_nginx
def test_only_an_upload_may_be_large(tmp_path: Path, upstream: int) -> None:
    port = free_port()
    with nginx(tmp_path, port, upstream):
        assert posted(port, "/session", 60 << 10) == (200, b"whole")
        assert posted(port, "/session", 65 << 10)[0] == 413
        assert posted(port, "/any/_stcore/upload_file/a/b", MIB)[0] == 413
        assert posted(port, "/_stcore/upload_file/a/b", 8 * MIB) == (200, b"whole")
        assert posted(port, "/_stcore/upload_file/a/b", 201 * MIB)[0] == 413


@needs_nginx
def test_an_upload_of_a_stranger_is_refused_before_it_is_there(
    tmp_path: Path, upstream: int
) -> None:
    """Half of the body is never sent: nginx must not wait for it."""
    port = free_port()
    with (
        nginx(tmp_path, port, upstream),
        closing(HTTPSConnection("127.0.0.1", port, timeout=PATIENCE, context=tls())) as connection,
    ):
        connection.putrequest("POST", "/_stcore/upload_file/stranger/b")
        connection.putheader("Content-Length", str(40 * MIB))
        connection.endheaders()
        connection.send(bytes(MIB // 2))
        # What nginx is still sending when the refusal closes the connection may cost it the answer.
        assert connection.getresponse().status in (403, 502)
        assert list((tmp_path / "client_body").rglob("*")) == []


@needs_nginx
def test_half_a_header_is_hung_up_on(tmp_path: Path, upstream: int) -> None:
    port = free_port()
    with (
        nginx(tmp_path, port, upstream, seconds=1),
        closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)) as plain,
        tls().wrap_socket(plain) as half,
    ):
        half.sendall(b"GET / HTTP/1.1\r\nHost: gridlight.example\r\n")
        assert half.recv(1) == b""


def test_the_sample_takes_uploads_as_large_as_streamlit_does() -> None:
    config = (SAMPLE.parents[1] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    [megabytes] = re.findall(r"^maxUploadSize = (\d+)$", config, re.MULTILINE)
    sizes = re.findall(r"client_max_body_size (\w+);", SAMPLE.read_text(encoding="utf-8"))
    assert sizes == ["64k", f"{megabytes}m"]
