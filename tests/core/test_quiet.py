"""What is muted, told by hand: what is remembered last is what is remembered."""

from __future__ import annotations

from winddown.config import QuietTarget
from winddown.core.quiet import Quiet
from winddown.model import QuietMemory, Remember

TARGET = QuietTarget(topic="speaker/set", state="speaker", mute="0")
WANTED = frozenset({"speaker/set"})


def test_put_back_right_after_it_said_that_it_was_muted_it_is_remembered_as_put_back():
    quiet = Quiet([TARGET], {})
    quiet.hear("speaker", b"35")
    quiet.reconcile(WANTED, 1.0)
    quiet.hear("speaker", b"0")

    effects = quiet.reconcile(frozenset(), 1.1)

    remembered = [one.value for one in effects if isinstance(one, Remember)]
    assert remembered == [QuietMemory(muted=False, before="35")]
    assert isinstance(effects[0], Remember)
