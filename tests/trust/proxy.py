"""nginx as deploy/nginx.conf has it: only its ports, its certificate and its log are others."""

import http.client
import os
import re
import ssl
import subprocess
from http.client import HTTPResponse
from pathlib import Path
from types import TracebackType

from connectdo.config import ROOT
from tests.browser.conftest import free_port
from tests.trust.site import Site, answers, wait_until

NAME = "groups.example"
AROUND = """\
daemon off;
{user}
pid {folder}/pid;
error_log {folder}/start.log;
events {{ }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class Nginx:
    """In front of a site for as long as it is open."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.folder = site, folder
        self.plain, self.port = free_port(), free_port()

    def __enter__(self) -> "Nginx":
        self.folder.mkdir()
        self._certify()
        (self.folder / "site.conf").write_text(self._ours())
        user = "user root;" if os.geteuid() == 0 else ""
        whole = self.folder / "nginx.conf"
        whole.write_text(AROUND.format(folder=self.folder, user=user))
        command = ["nginx", "-c", str(whole)]
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        wait_until(lambda: answers(self.port))
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait()

    def connect(self, seconds: float = 60.0) -> http.client.HTTPSConnection:
        context = ssl.create_default_context(cafile=str(self.folder / "certificate"))
        context.check_hostname = False
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=seconds, context=context)

    def get(self, path: str) -> tuple[HTTPResponse, str]:
        """The answer and its text."""
        connection = self.connect()
        try:
            connection.request("GET", path, headers={"Host": NAME})
            response = connection.getresponse()
            return response, response.read().decode()
        finally:
            connection.close()

    def _certify(self) -> None:
        request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={NAME}"]
        files = ["-keyout", str(self.folder / "key"), "-out", str(self.folder / "certificate")]
        command = ["openssl", *request, *files]
        subprocess.run(command, check=True, capture_output=True)

    def _ours(self) -> str:
        text = (ROOT / "deploy" / "nginx.conf").read_text()
        for pattern, instead in (
            (r"server 127\.0\.0\.1:5000", f"server 127.0.0.1:{self.site.port}"),
            (r"listen \[::\].*", ""),
            (r"listen 80", f"listen 127.0.0.1:{self.plain}"),
            (r"listen 443", f"listen 127.0.0.1:{self.port}"),
            (r"ssl_certificate .*", f"ssl_certificate {self.folder}/certificate;"),
            (r"ssl_certificate_key .*", f"ssl_certificate_key {self.folder}/key;"),
            (r"/var/log/nginx/connectdo\.log", f"{self.folder}/site.log"),
        ):
            text, found = re.subn(pattern, instead, text)
            assert found, pattern
        return text
