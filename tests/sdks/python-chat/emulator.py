"""The emulator that `cargo xtask test` has started, and the SDK's two clients as one."""

import inspect
import json
import os
import urllib.request

from stream_chat import StreamChat, StreamChatAsync

BASE_URL = os.environ["STREAM_BASE_URL"]
API_KEY = os.environ["STREAM_API_KEY"]
API_SECRET = os.environ["STREAM_API_SECRET"]


def reset():
    """Makes an app of the emulator in which nothing has happened yet."""
    request = urllib.request.Request(f"{BASE_URL}/__emulator/reset", method="POST")
    with urllib.request.urlopen(request, timeout=10) as response:
        json.load(response)


class Client:
    """Either client of the SDK: what one returns at once, the other lets wait for."""

    def __init__(self, sdk):
        self.sdk = sdk

    def __getattr__(self, name):
        method = getattr(self.sdk, name)

        async def call(*args, **options):
            result = method(*args, **options)
            return await result if inspect.isawaitable(result) else result

        return call


def blocking():
    return StreamChat(API_KEY, API_SECRET, timeout=30, base_url=BASE_URL)


def asynchronous():
    return StreamChatAsync(API_KEY, API_SECRET, timeout=30, base_url=BASE_URL)
