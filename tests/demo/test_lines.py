"""What happens in the demonstration, as a line for people."""

from __future__ import annotations

from winddown.demo.devices import Told
from winddown.demo.lines import told
from winddown.demo.words import words


def test_a_fade_is_told_in_the_numbers_of_the_language():
    fade = Told("bedside", 2, 2200, 4.5)

    assert told(fade, words("en")) == "lamp bedside 2 % 2200 K in 4.5 s"
    assert told(fade, words("nl")) == "lamp bedlamp 2 % 2200 K in 4,5 s"


def test_what_goes_at_once_and_off_has_no_length():
    assert told(Told("shelf", 70, None, 0.0), words("en")) == "lamp shelf 70 %"
    assert told(Told("shelf", 0, None, 0.0), words("nl")) == "lamp boekenplank uit"
