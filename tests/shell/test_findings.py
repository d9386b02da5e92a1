"""What `probe` keeps of a lamp, and reads again."""

from __future__ import annotations

from pathlib import Path

import pytest

from winddown.config import Limits, read_findings
from winddown.errors import ConfigError, UsageError
from winddown.shell.findings import forget_finding, store_finding

KEY = 'zigbee2mqtt/reading lamp/één: "left" # 1'


@pytest.mark.parametrize(
    "finding",
    [
        Limits(smallest=100 * 3 / 254, warmest=1_000_000 / 454),
        Limits(smallest=0.4, coolest=6500, longest_fade_s=0.0, together=False),
        Limits(longest_fade_s=90.5, relights=True, curve="linear"),
    ],
)
@pytest.mark.parametrize("scale", [100, 254, 255])
def test_what_was_kept_is_read_again_to_the_step(tmp_path: Path, finding: Limits, scale: int) -> None:
    store_finding(tmp_path / "found.yaml", KEY, finding)

    read = read_findings(tmp_path / "found.yaml")

    assert read.mistakes == ()
    assert read.lamps[KEY].facts(scale) == finding.facts(scale)


def test_a_person_can_read_it(tmp_path: Path) -> None:
    store_finding(tmp_path / "found.yaml", "wled/b", Limits(smallest=2, warmest=2200, together=False))
    store_finding(tmp_path / "found.yaml", "json/a/set", Limits(longest_fade_s=20))

    assert (tmp_path / "found.yaml").read_text().splitlines()[1:] == [
        '"json/a/set": {longest_fade: 20 s}',
        '"wled/b": {smallest: 2%, warmest: 2200 K, together: false}',
    ]


def test_a_second_finding_keeps_what_it_says_nothing_of(tmp_path: Path) -> None:
    path = tmp_path / "found.yaml"
    store_finding(path, "wled/a", Limits(smallest=2, warmest=2200))
    store_finding(path, "wled/a", Limits(smallest=3))

    assert read_findings(path).lamps == {"wled/a": Limits(smallest=3, warmest=2200)}
    assert [one.name for one in tmp_path.iterdir()] == ["found.yaml"]


def test_a_file_with_a_mistake_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "found.yaml"
    path.write_text("wled/a: {smallest: 2}\n")

    with pytest.raises(ConfigError, match="write 2%"):
        store_finding(path, "wled/b", Limits(smallest=3))
    assert path.read_text() == "wled/a: {smallest: 2}\n"


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere/found.yaml cannot be written \(no such file"):
        store_finding(tmp_path / "nowhere" / "found.yaml", "wled/b", Limits(smallest=3))


def test_what_is_found_anew_replaces_what_was_found_before_also_by_nothing(tmp_path: Path) -> None:
    path = tmp_path / "found.yaml"
    store_finding(path, "wled/a", Limits(smallest=2, longest_fade_s=0.0, curve="linear"))

    store_finding(path, "wled/a", Limits(smallest=3), anew=("smallest", "longest_fade_s"))

    assert read_findings(path).lamps == {"wled/a": Limits(smallest=3, curve="linear")}


def test_a_lamp_is_forgotten_and_the_others_are_not(tmp_path: Path) -> None:
    path = tmp_path / "found.yaml"
    store_finding(path, "wled/a", Limits(smallest=2))
    store_finding(path, "wled/b", Limits(smallest=3))

    assert forget_finding(path, "wled/a")
    assert not forget_finding(path, "wled/a")
    assert read_findings(path).lamps == {"wled/b": Limits(smallest=3)}


def test_when_the_last_lamp_is_forgotten_there_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "found.yaml"
    store_finding(path, "wled/a", Limits(smallest=2))

    forget_finding(path, "wled/a")

    assert list(tmp_path.iterdir()) == []


def test_nothing_is_forgotten_in_a_file_with_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "found.yaml"
    path.write_text("wled/a: {smallest: 2}\nwled/b: {smallest: 2%}\n")

    with pytest.raises(ConfigError, match="write 2%"):
        forget_finding(path, "wled/b")
    assert path.read_text() == "wled/a: {smallest: 2}\nwled/b: {smallest: 2%}\n"
