"""Reading what strangers send."""

from __future__ import annotations

import pytest

from fuzz.spoken import BUTTONS_SPOKEN, LAMPS
from winddown import payload as read

HOSTILE = [
    b"",
    b"\xff\xfe",
    b"NaN",
    b"[NaN]",
    b'{"brightness":Infinity}',
    b"{" * 30_000,
    b"[" * 60_000,
    b'{"a":' * 10_000,
    b"9" * 10_000,
    b"1e999",
    b'{"brightness":' + b"9" * 6000 + b"}",
    b'{"state":"' + b"x" * 1_000_000 + b'"}',
    b"\x00",
    b'"\\ud800"',
]


@pytest.mark.parametrize("payload", HOSTILE, ids=lambda payload: repr(payload[:20]))
def test_hostile_payloads_are_nothing_everywhere(payload: bytes) -> None:
    for lamp in (one.driver for one in LAMPS):
        assert [lamp.decode(topic, payload, lamp.profile()) for topic in lamp.topics()] == [None] * len(lamp.topics())
    assert {one.driver.decode(topic, payload) for one in BUTTONS_SPOKEN for topic in one.driver.topics()} == {None}


@pytest.mark.parametrize("value", [True, "5", None, [], {}, float("nan"), float("inf"), -1, 11, 10**400])
def test_what_is_no_number_in_range_is_none(value: object) -> None:
    assert read.number(value, 0, 10) is None
    assert read.whole(value, 0, 10) is None


def test_numbers_in_range_are_kept() -> None:
    assert read.number(0.5, 0, 10) == 0.5
    assert read.whole(9.6, 0, 10) == 10
    assert read.number_in("7.5", 0, 10) == 7.5


@pytest.mark.parametrize(
    ("value", "text"),
    [("ON", "ON"), (True, "true"), (False, "false"), (1, "1"), (1.0, "1"), (0.5, "0.5"), (None, None), ([], None)],
)
def test_a_value_reads_as_the_payload_that_a_person_would_write(value: object, text: str | None) -> None:
    assert read.word(value) == text


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("shelly/1", ("shelly", 1)),
        ("home/shelly/12", ("home/shelly", 12)),
        ("shelly", ("shelly", None)),
        ("7", ("7", None)),
        ("/7", ("/7", None)),
        ("shelly/one", ("shelly/one", None)),
        ("shelly/1234", ("shelly/1234", None)),
        ("shelly/²", ("shelly/²", None)),
    ],
)
def test_a_channel_behind_an_address_is_told_from_a_name(address: str, parts: tuple[str, int | None]) -> None:
    assert read.with_number(address) == parts


def test_a_template_is_filled_with_one_slash_behind_it() -> None:
    assert (
        read.filled("%prefix%/%topic%/", "stat", "bed") == read.filled("%prefix%/%topic%", "stat", "bed") == "stat/bed/"
    )


def test_a_value_without_plain_form_has_no_word() -> None:
    assert [read.word(value) for value in (float("inf"), float("nan"), 10**5000)] == [None, None, None]
