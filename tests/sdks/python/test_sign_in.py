"""Who a client of the SDK is taken for."""

import asyncio
import os
from unittest import mock

import jwt
from emulator import API_KEY, API_SECRET, BASE_URL, EmulatorTest
from getstream import AsyncStream, Stream
from getstream.exceptions import StreamApiException
from getstream.models import QueryUsersPayload, UserRequest


class SignIn(EmulatorTest):
    def test_a_secret_makes_a_server_by_a_token_without_claims(self):
        self.assertEqual(jwt.decode(self.client.token, options={"verify_signature": False}), {})
        self.assertTrue(self.client.get_app().data.app.name)

    def test_another_secret_is_refused_with_the_envelope(self):
        with Stream(api_key=API_KEY, api_secret="another", base_url=BASE_URL) as client:
            with self.assertRaises(StreamApiException) as raised:
                client.get_app()
        self.assertEqual((raised.exception.status_code, raised.exception.code), (401, 5))

    def test_a_token_makes_a_user_who_may_do_what_users_may(self):
        (ann,) = self.people(1)
        with self.client.clone_for_token(self.client.create_token(ann, expiration=60)) as user:
            found = user.query_users(QueryUsersPayload(filter_conditions={"id": ann})).data.users
            self.assertEqual([user.id for user in found], [ann])
            with self.assertRaises(StreamApiException) as raised:
                user.delete_users([ann])
        self.assertEqual((raised.exception.status_code, raised.exception.code), (403, 17))

    def test_the_address_is_given_as_base_url_or_asked_of_the_environment_with_none(self):
        self.assertEqual(Stream(api_key="k", api_secret="s").base_url, "https://chat.stream-io-api.com")
        with mock.patch.dict(os.environ, STREAM_BASE_URL=BASE_URL):
            self.assertEqual(Stream(base_url=None).base_url, BASE_URL)

    def test_an_async_client_does_the_same(self):
        async def upsert():
            async with AsyncStream(api_key=API_KEY, api_secret=API_SECRET, base_url=BASE_URL) as client:
                return await client.upsert_users(UserRequest(id="async", custom={"color": "green"}))

        self.assertEqual(asyncio.run(upsert()).data.users["async"].custom["color"], "green")
