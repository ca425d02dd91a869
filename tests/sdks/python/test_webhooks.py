"""Every event that the emulator tells of users, verified and parsed by the SDK."""

import queue
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from emulator import EmulatorTest
from getstream.models import EventHook, UpdateUserPartialRequest, UserCustomEventRequest, UserRequest
from getstream.webhook import InvalidWebhookError, UnknownEvent

PATIENCE_S = 10


class Webhooks(EmulatorTest):
    def setUp(self):
        super().setUp()
        calls = queue.Queue()

        class Receiver(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                self.send_response(200)
                self.end_headers()
                calls.put((body, self.headers["x-signature"]))

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.calls = calls
        self.url = f"http://127.0.0.1:{server.server_port}/"

    def listen(self, **settings):
        hook = EventHook(
            hook_type="webhook",
            enabled=True,
            event_types=[],
            product="all",
            should_send_custom_events=True,
            webhook_url=self.url,
        )
        self.client.update_app(event_hooks=[hook], **settings)

    def event(self, event_type):
        """The next event of that type, which the SDK must have a class for."""
        while True:
            body, signature = self.calls.get(timeout=PATIENCE_S)
            event = self.client.verify_and_parse_webhook(body, signature)
            self.assertIsInstance(event.created_at, datetime)
            if event.type == event_type:
                self.assertNotIsInstance(event, UnknownEvent)
                return event

    def test_changes_of_users(self):
        self.listen()
        self.client.upsert_users(UserRequest(id="ann", name="Ann"))
        change = UpdateUserPartialRequest(id="ann", set={"name": "Anna", "color": "red"})
        self.client.update_users_partial([change])
        event = self.event("user.updated")
        while event.user.name != "Anna":
            event = self.event("user.updated")
        self.assertEqual(event.user.custom["color"], "red")

    def test_the_life_of_a_user(self):
        (ann,) = self.people(1)
        self.listen()
        self.client.deactivate_user(ann, created_by_id=ann)
        self.assertEqual(self.event("user.deactivated").user.id, ann)
        self.client.reactivate_user(ann)
        self.assertEqual(self.event("user.reactivated").user.id, ann)
        self.client.delete_users([ann], user="hard", messages="hard", conversations="hard")
        event = self.event("user.deleted")
        self.assertEqual((event.user.id, event.hard_delete), (ann, True))

    def test_bans(self):
        mod, ann = self.people(2)
        self.listen()
        self.client.moderation.ban(ann, banned_by_id=mod, reason="rude", timeout=60)
        event = self.event("user.banned")
        self.assertEqual((event.user.id, event.reason), (ann, "rude"))
        self.assertIsInstance(event.expiration, datetime)
        self.client.moderation.unban(ann, unbanned_by_id=mod)
        self.assertEqual(self.event("user.unbanned").user.id, ann)

    def test_mutes(self):
        ann, ben = self.people(2)
        self.listen()
        self.client.moderation.mute([ben], user_id=ann)
        self.assertEqual(self.event("user.muted").target_user.id, ben)
        self.client.moderation.unmute([ben], user_id=ann)
        self.assertEqual(self.event("user.unmuted").target_user.id, ben)

    def test_flags(self):
        ann, ben = self.people(2)
        self.listen()
        self.client.moderation.flag(ben, "stream:user", reason="spam", user_id=ann)
        self.assertEqual(self.event("user.flagged").type, "user.flagged")

    def test_groups(self):
        ann, ben = self.people(2)
        self.listen()
        self.client.create_user_group("Staff", id="staff", member_ids=[ann])
        self.assertEqual(self.event("user_group.created").user_group.id, "staff")
        self.client.update_user_group("staff", name="Crew")
        self.assertEqual(self.event("user_group.updated").user_group.name, "Crew")
        self.client.add_user_group_members("staff", [ben])
        self.assertEqual(self.event("user_group.member_added").members, [ben])
        self.client.remove_user_group_members("staff", [ben])
        self.assertEqual(self.event("user_group.member_removed").members, [ben])
        self.client.delete_user_group("staff")
        self.assertEqual(self.event("user_group.deleted").user_group.id, "staff")

    def test_exports(self):
        (ann,) = self.people(1)
        self.listen()
        task_id = self.client.export_users([ann]).data.task_id
        event = self.event("export.users.success")
        self.assertEqual((event.task_id, event.url), (task_id, self.finished(task_id).result["url"]))

    def test_exports_that_fail(self):
        self.listen()
        task_id = self.client.export_users(["nobody"]).data.task_id
        event = self.event("export.users.error")
        self.assertEqual(event.task_id, task_id)
        self.assertIn("nobody", event.error)

    def test_events_of_ones_own(self):
        (ann,) = self.people(1)
        self.listen()
        self.client.chat.send_user_custom_event(ann, UserCustomEventRequest(type="greeting", custom={"text": "hello"}))
        while True:
            event = self.client.verify_and_parse_webhook(*self.calls.get(timeout=PATIENCE_S))
            if event.type == "greeting":
                break
        self.assertEqual(event.raw["custom"], {"text": "hello"})

    def test_compressed_events(self):
        self.listen(enable_hook_payload_compression=True)
        self.client.upsert_users(UserRequest(id="ann", name="Ann"))
        self.client.update_users_partial([UpdateUserPartialRequest(id="ann", set={"name": "Anna"})])
        self.assertEqual(self.event("user.updated").user.id, "ann")

    def test_a_signature_of_another_app_is_refused(self):
        self.listen()
        self.client.upsert_users(UserRequest(id="ann"))
        self.client.update_users_partial([UpdateUserPartialRequest(id="ann", set={"name": "Anna"})])
        body, signature = self.calls.get(timeout=PATIENCE_S)
        with self.assertRaises(InvalidWebhookError):
            self.client.verify_and_parse_webhook(body, "0" * len(signature))
