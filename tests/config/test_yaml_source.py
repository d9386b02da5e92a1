from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.folder import MQTT, Folder
from winddown.config.mistakes import Secret
from winddown.config.yaml_source import Document, read_yaml


def read(text: str) -> Document:
    return read_yaml(text.encode(), lambda _tag, name: Secret(f"value of {name}"))


def test_every_scalar_stays_the_text_that_was_written() -> None:
    document = read(
        "{a: 22:45, b: on, c: 0, d: 1.50, e: true, f: 2026-12-31, g: 0x1F, h: ~, i: '', j: 'null', on: off}"
    )

    assert document.value == {
        "a": "22:45", "b": "on", "c": "0", "d": "1.50", "e": "true", "f": "2026-12-31", "g": "0x1F",
        "h": None, "i": "", "j": "null", "on": "off",
    }  # fmt: skip


def test_every_value_knows_its_line() -> None:
    document = read("a: 1\nb:\n  - x\n  - c: y\n    d: z\n")

    assert document.line_of(("b", 1, "d")) == 5
    assert document.line_of(("b", 0)) == 3
    assert document.line_of(("b", 1, "missing")) == 4
    assert document.line_of(("missing",)) == 1


def test_an_alias_is_written_out_and_leads_to_its_own_key() -> None:
    document = read("a: &x {y: 1}\nb: *x\n")

    assert document.value == {"a": {"y": "1"}, "b": {"y": "1"}}
    assert document.line_of(("b",)) == 2


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("mqtt:\n\thost: x\n", 2, "there is a tab in this line, indent with spaces"),
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "a bracket is not closed or a comma is missing"),
        ("a: 'x\n\n", 3, "a quote is not closed"),
        ("a: 1\n b: 2\n", 2, "a second colon or a wrong indentation"),
        ("a: 1\nb\nc: 2\n", 3, "a colon is missing here"),
        ("a: x: y\n", 1, "a second colon or a wrong indentation"),
        ("a: @x\n", 1, "put it in quotes"),
        ("a: *nobody\n", 1, "an alias without its anchor"),
        ("a: &x [*x]\n", 1, "an alias stands inside its own anchor"),
        ("a: 1\n---\nb: 2\n", 2, "a second document begins here, keep to one"),
        ("{a: 1}: 2\n", 1, "a key is a text"),
        ("a: 1\nb: \x01\n", 2, "a character that YAML does not allow"),
        ("a: " + "[" * 5000, 1, "nested more than 30 deep"),
        ("a: " + "x" * 5_000_000, 1, "this is hardly a configuration"),
        ('a: "\\U7FFFFFFF"\n', 1, "is not YAML"),
    ],
)
def test_what_is_no_yaml_is_one_mistake_with_its_line(text: str, line: int, words: str) -> None:
    document = read(text)

    (mistake,) = document.mistakes
    assert document.value is None
    assert mistake.line == line
    assert words in mistake.text


def test_a_bomb_of_aliases_is_refused() -> None:
    levels = "".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]\n" for n in range(1, 9))

    (mistake,) = read(f"x0: &x0 [a, a]\n{levels}").mistakes

    assert "aliases make more than 20000 values" in mistake.text


@given(st.one_of(st.text(max_size=60), st.text("{}[]:,-&*!|>'\"%@`#? \n\tab~<", max_size=40)))
def test_no_text_whatever_makes_the_reading_raise(text: str) -> None:
    read_yaml(text.encode(errors="surrogatepass"), lambda _tag, name: Secret(name))


def test_a_duplicate_key_names_both_lines(folder: Folder) -> None:
    mistake = folder.room("runway: 20 min\nname: x\nrunway: 30 min").only_mistake()

    assert mistake == "8: rooms.bedroom.runway: is there twice, in lines 6 and 8, remove one of them"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "1: the file: is empty, start with"),
        ("# nothing yet\n", "1: the file: is empty, start with"),
        ("{}\n", "1: the file: is empty, start with"),
        ("null\n", "1: the file: is empty, start with"),
        ("- a\n- b\n", "1: the file: is a list, start with"),
        ("\n\nhello\n", "3: the file: is a text, start with"),
        ("!secret x\n", "1: the file: secrets.yaml beside the file cannot be read"),
    ],
)
def test_a_file_that_is_no_mapping_says_how_to_begin(folder: Folder, text: str, mistake: str) -> None:
    assert folder.write(text).only_mistake().startswith(mistake)


def test_a_file_that_is_not_utf_8_says_where(folder: Folder) -> None:
    folder.file.write_bytes(MQTT.encode() + "rooms: {caf\xe9: 1}\n".encode("latin-1"))

    assert folder.only_mistake() == "2: the file: is not UTF-8 (byte 0xe9), save the file as UTF-8"


def test_a_byte_order_mark_does_no_harm(folder: Folder) -> None:
    text = folder.room("").file.read_bytes()
    folder.file.write_bytes(b"\xef\xbb\xbf" + text)

    assert folder.config()


def test_an_unknown_tag_names_the_known_ones(folder: Folder) -> None:
    mistake = folder.write("mqtt: !include mqtt.yaml\nrooms: {}\n").mistakes()[0]

    assert mistake == (
        "1: mqtt: a tag that is unknown here, there are: !secret, !env; a text that begins with ! stands in quotes"
    )


def test_merging_is_refused_in_words(folder: Folder) -> None:
    assert "write the keys out" in folder.room("<<: {name: x}").only_mistake()
