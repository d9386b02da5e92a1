"""Fixtures for the configuration's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def configs() -> Path:
    return Path(__file__).parents[2] / "configs"
