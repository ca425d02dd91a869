"""An app of its own for every test, on the emulator that `cargo xtask test` has started."""

import itertools
import json
import os
import unittest
import urllib.request

from getstream import Stream
from getstream.models import UserRequest

BASE_URL = os.environ["STREAM_BASE_URL"]
API_KEY = os.environ["STREAM_API_KEY"]
API_SECRET = os.environ["STREAM_API_SECRET"]


def control(method, path, body=None):
    """Uses the emulator's controls."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{BASE_URL}/__emulator{path}", data, {"content-type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


# One for all tests, as the SDK's documentation advises: making one takes longer than a test.
CLIENT = Stream(api_key=API_KEY, api_secret=API_SECRET, base_url=BASE_URL)


class EmulatorTest(unittest.TestCase):
    """A test with a server's client and an app in which nothing has happened yet."""

    client = CLIENT

    def setUp(self):
        control("POST", "/reset")
        self._ids = (f"user-{number}" for number in itertools.count())

    def people(self, count):
        """The ids of that many new users."""
        ids = list(itertools.islice(self._ids, count))
        self.client.upsert_users(*(UserRequest(id=id, name=id.title()) for id in ids))
        return ids

    def finished(self, task_id):
        """What a task has ended with."""
        return self.client.wait_for_task(task_id, poll_interval=0.01, timeout=10).data
