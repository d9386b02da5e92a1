"""How many messages that are to arrive are under way, and in what order the others follow."""

from __future__ import annotations

import pytest

from winddown.model import Message
from winddown.shell.arriving import AT_ONCE, Arriving


class Post:
    """Takes everything but what is on `nowhere`, and has it arrive when it is told to."""

    def __init__(self):
        self.sent = []
        self.here = set()

    def send(self, message):
        if message.topic == "nowhere":
            return None
        self.sent.append(message.payload)
        return Letter(self, message.payload)


class Letter:
    def __init__(self, post, payload):
        self.post = post
        self.payload = payload

    def is_published(self):
        return self.payload in self.post.here


@pytest.fixture
def post():
    return Post()


def told(arriving, post, number, topic="state"):
    for one in range(number):
        arriving.take(Message(topic, str(one), qos=1), post.send)


def test_of_many_messages_a_few_are_under_way_and_the_others_follow_in_their_order(post):
    arriving = Arriving()
    told(arriving, post, 3 * AT_ONCE)
    assert post.sent == [str(number) for number in range(AT_ONCE)]

    for number in range(3 * AT_ONCE):
        post.here.add(str(number))
        arriving.go_on(post.send)

    assert post.sent == [str(number) for number in range(3 * AT_ONCE)]


def test_one_that_is_never_acknowledged_does_not_keep_the_others_back(post):
    arriving = Arriving()
    told(arriving, post, 2 * AT_ONCE)

    post.here |= {str(number) for number in range(1, AT_ONCE)}
    arriving.go_on(post.send)

    assert len(post.sent) == 2 * AT_ONCE - 1


def test_what_is_not_taken_takes_nobodys_place(post):
    arriving = Arriving()

    told(arriving, post, 2 * AT_ONCE, "nowhere")
    told(arriving, post, 1)

    assert post.sent == ["0"]


def test_all_are_here_only_when_the_last_of_them_is(post):
    arriving = Arriving()
    assert arriving.all_here
    told(arriving, post, AT_ONCE + 1)

    post.here |= {str(number) for number in range(AT_ONCE)}
    arriving.go_on(post.send)
    assert not arriving.all_here

    post.here.add(str(AT_ONCE))
    assert arriving.all_here
