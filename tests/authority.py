"""A certificate authority of a test's own, by the openssl program. Its keys are worth nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")


@dataclass(frozen=True)
class Papers:
    """A certificate and the key to it."""

    cert: Path
    key: Path


class Authority:
    """Signs what it is asked to, in a folder of its own."""

    def __init__(self, folder: Path, name: str = "house") -> None:
        self._folder = folder / name
        self._folder.mkdir()
        self.cert = self._folder / "ca.pem"
        self._key = self._folder / "ca.key"
        self._run("req", "-x509", *_KEY, "-nodes", "-days", "2", "-subj", f"/CN={name}", "-addext",
                  "keyUsage=critical,keyCertSign", "-keyout", self._key, "-out", self.cert)  # fmt: skip

    def signs(self, who: str, name: str = "", *, days: int = 2, password: str | None = None) -> Papers:
        """Papers for somebody; `name` as in `IP:127.0.0.1`. With days below zero they are over."""
        papers = Papers(self._folder / f"{who}.pem", self._folder / f"{who}.key")
        request = self._folder / f"{who}.csr"
        closed = ("-nodes",) if password is None else ("-passout", f"pass:{password}")
        subject = ("-addext", f"subjectAltName={name}") if name else ()
        self._run("req", *_KEY, *closed, "-subj", f"/CN={who}", *subject, "-keyout", papers.key, "-out", request)
        self._run("x509", "-req", "-in", request, "-CA", self.cert, "-CAkey", self._key, "-CAcreateserial",
                  "-copy_extensions", "copy", "-days", days, "-out", papers.cert)  # fmt: skip
        return papers

    def _run(self, *arguments: object) -> None:
        openssl = shutil.which("openssl")
        if openssl is None:
            complain = pytest.fail if os.environ.get("CI") else pytest.skip
            complain("openssl is not installed: no certificate can be made")
        subprocess.run([openssl, *map(str, arguments)], check=True, capture_output=True)
