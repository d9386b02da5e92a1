from __future__ import annotations

import pytest

from winddown.config.scalars import Clock, Duration, Percent, Topic, duration_s, duration_text


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90 s", 90), ("20 min", 1200), ("1 h 30 min", 5400), ("1h30min", 5400), ("2 h", 7200), ("4.5 s", 4.5)],
)
def test_durations_are_read_in_each_spelling(text: str, seconds: float) -> None:
    assert duration_s(text, "min") == seconds


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("45", "write 45 min"),
        ("20 minutes", "write 20 min"),
        ("2 hours", "write 2 h"),
        ("10m", "write 10 min"),
        ("soon", "write for example 90 s, 20 min or 1 h 30 min"),
        ("", "write for example 90 s, 20 min or 1 h 30 min"),
        ("-5 min", "write for example 90 s, 20 min or 1 h 30 min"),
    ],
)
def test_a_duration_that_is_none_comes_with_its_mend(text: str, mend: str) -> None:
    with pytest.raises(ValueError, match=mend):
        duration_s(text, "min")


@pytest.mark.parametrize("seconds", [0.5, 4, 90, 2700, 3600, 5400, 5430])
def test_a_duration_reads_back_as_it_was_written(seconds: float) -> None:
    assert duration_s(duration_text(seconds), "min") == seconds


def test_a_duration_outside_its_range_is_told_the_range() -> None:
    with pytest.raises(ValueError, match="'5 min' is outside its range, write 10 min to 3 h"):
        Duration(600, 10_800).read("5 min")


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("7:5", "write it as 07:05"),
        ("7:30", "write it as 07:30"),
        ("22.45", "write it as 22:45"),
        ("10:45 pm", "write it as 22:45"),
        ("12 am", "write it as 00:00"),
        ("24:00", "write it as 00:00"),
        ("22:45:00", "write it as 22:45"),
        ("25:00", "write 00:00 to 23:59, for example 22:45"),
        ("22:60", "write 00:00 to 23:59, for example 22:45"),
        ("late", "write 00:00 to 23:59, for example 22:45"),
        ("1365", "write 00:00 to 23:59, for example 22:45"),
    ],
)
def test_a_time_that_is_none_comes_with_what_was_probably_meant(text: str, mend: str) -> None:
    with pytest.raises(ValueError, match=mend):
        Clock().read(text)


@pytest.mark.parametrize(("text", "percent"), [("2%", 2), ("15 %", 15), ("0.5%", 0.5)])
def test_percents_are_read(text: str, percent: float) -> None:
    assert Percent(0.1, 100).read(text) == percent


@pytest.mark.parametrize(
    ("text", "words"),
    [("2", "has no %, write 2%"), ("half", "is no percent, write for example 15%"), ("101%", "write 0.1% to 100%")],
)
def test_a_percent_that_is_none_comes_with_its_mend(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Percent(0.1, 100).read(text)


@pytest.mark.parametrize("text", ["", "home/+/set", "home/#", "a\0b", "a\nb"])
def test_a_topic_is_exact(text: str) -> None:
    with pytest.raises(ValueError, match="topic"):
        Topic().read(text)


@pytest.mark.parametrize("text", ["/winddown", "winddown/", "$SYS", " winddown"])
def test_a_base_topic_can_begin_others(text: str) -> None:
    with pytest.raises(ValueError, match="cannot begin topics"):
        Topic(base=True).read(text)
