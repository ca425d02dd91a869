"""Every method of the SDK that is about users, called as its documentation shows, on both of its clients."""

import asyncio
import datetime
import json
import re
import unittest
import urllib.request

import emulator
from stream_chat import StreamChat
from stream_chat.base.exceptions import StreamAPIException

TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$")

METHODS = {}


def method(drive):
    """Marks what drives the method of the same name."""
    METHODS[drive.__name__] = drive
    return drive


async def people(client, count):
    """The ids of that many new users."""
    ids = [f"user-{number}" for number in range(count)]
    await client.upsert_users([{"id": id, "name": id.title(), "color": "red"} for id in ids])
    return ids


async def read(client, id, **options):
    found = (await client.query_users({"id": id}, **options))["users"]
    return found[0] if found else None


async def finished(client, task_id):
    """What a task has ended with."""
    while True:
        task = await client.get_task(task_id)
        if task["status"] == "completed":
            return task["result"]
        assert task["status"] != "failed", task
        await asyncio.sleep(0.01)


async def refused(test, code, call):
    with test.assertRaises(StreamAPIException) as caught:
        await call
    test.assertEqual(caught.exception.error_code, code)


@method
async def upsert_users(test, client):
    ann = {"id": "ann", "name": "Ann", "role": "admin", "color": "green", "nested": {"n": [1, None]}}
    answer = await client.upsert_users([ann, {"id": "ben"}])
    shown = answer["users"]["ann"]
    test.assertEqual({name: shown[name] for name in ann}, ann)
    test.assertNotIn("custom", shown)
    test.assertRegex(shown["created_at"], TIME)
    test.assertEqual(answer.status_code(), 201)
    if isinstance(client.sdk, StreamChat):
        # The other client never has them: aiohttp writes the names of these headers in another case than the SDK reads.
        test.assertGreater(answer.rate_limit().limit, 0)


@method
async def upsert_user(test, client):
    shown = (await client.upsert_user({"id": "ann", "color": "red"}))["users"]["ann"]
    again = (await client.upsert_user({**shown, "online": True, "color": "blue"}))["users"]["ann"]
    test.assertEqual((again["color"], again["online"]), ("blue", False))


@method
async def update_users(test, client):
    test.assertEqual((await client.update_users([{"id": "ann", "name": "Ann"}]))["users"]["ann"]["name"], "Ann")


@method
async def update_user(test, client):
    test.assertEqual((await client.update_user({"id": "ann", "name": "Ann"}))["users"]["ann"]["name"], "Ann")


@method
async def update_user_partial(test, client):
    (ann,) = await people(client, 1)
    changed = await client.update_user_partial({"id": ann, "set": {"plan": "pro"}, "unset": ["color"]})
    test.assertEqual((changed["users"][ann]["plan"], "color" in changed["users"][ann]), ("pro", False))


@method
async def update_users_partial(test, client):
    ids = await people(client, 2)
    changed = await client.update_users_partial([{"id": id, "set": {"color": "blue"}} for id in ids])
    test.assertEqual([changed["users"][id]["color"] for id in ids], ["blue", "blue"])


@method
async def query_users(test, client):
    await people(client, 3)
    found = await client.query_users({"color": "red"}, [{"field": "id", "direction": -1}], limit=2, offset=1)
    test.assertEqual([user["id"] for user in found["users"]], ["user-1", "user-0"])


@method
async def delete_user(test, client):
    soft, hard = await people(client, 2)
    deleted = await client.delete_user(soft, mark_messages_deleted=True)
    test.assertRegex(deleted["user"]["deleted_at"], TIME)
    await client.delete_user(hard, hard_delete=True, mark_messages_deleted=True)
    test.assertIsNone(await read(client, soft))
    await client.restore_users([soft])
    await refused(test, 4, client.restore_users([hard]))


@method
async def delete_users(test, client):
    ids = await people(client, 2)
    task = await client.delete_users(ids, "soft", conversations="soft", messages="soft")
    test.assertEqual(await finished(client, task["task_id"]), {id: {"status": "ok"} for id in ids})


@method
async def restore_users(test, client):
    (ann,) = await people(client, 1)
    await client.delete_user(ann)
    await client.restore_users([ann])
    test.assertEqual((await read(client, ann))["color"], "red")


@method
async def deactivate_user(test, client):
    (ann,) = await people(client, 1)
    test.assertRegex((await client.deactivate_user(ann, mark_messages_deleted=True))["user"]["deactivated_at"], TIME)
    test.assertIsNone(await read(client, ann))


@method
async def deactivate_users(test, client):
    ids = await people(client, 2)
    result = await finished(client, (await client.deactivate_users(ids))["task_id"])
    test.assertEqual([user["color"] for user in result["users"]], ["red", "red"])
    test.assertRegex(result["users"][0]["deactivated_at"], TIME)


@method
async def reactivate_user(test, client):
    (ann,) = await people(client, 1)
    await client.deactivate_user(ann)
    test.assertEqual((await client.reactivate_user(ann, name="Back"))["user"]["name"], "Back")


@method
async def export_user(test, client):
    (ann,) = await people(client, 1)
    exported = await client.export_user(ann)
    test.assertEqual((exported["user"]["color"], exported["messages"]), ("red", []))


@method
async def export_users(test, client):
    ids = await people(client, 2)
    result = await finished(client, (await client.export_users(ids))["task_id"])
    with urllib.request.urlopen(result["url"], timeout=10) as file:
        test.assertEqual([exported["user"]["id"] for exported in json.load(file)["users"]], ids)


@method
async def get_task(test, client):
    (ann,) = await people(client, 1)
    started = await client.deactivate_users([ann])
    test.assertRegex((await client.get_task(started["task_id"]))["created_at"], TIME)


@method
async def ban_user(test, client):
    ann, moderator = await people(client, 2)
    await client.ban_user(ann, banned_by_id=moderator, timeout=10, reason="spam")
    banned = await read(client, ann)
    test.assertTrue(banned["banned"])
    test.assertRegex(banned["ban_expires"], TIME)


@method
async def unban_user(test, client):
    ann, moderator = await people(client, 2)
    await client.ban_user(ann, user_id=moderator)
    await client.unban_user(ann, banned_by_id=moderator)
    test.assertFalse((await read(client, ann))["banned"])


@method
async def shadow_ban(test, client):
    ann, moderator = await people(client, 2)
    await client.shadow_ban(ann, banned_by_id=moderator)
    test.assertTrue((await read(client, ann))["shadow_banned"])


@method
async def remove_shadow_ban(test, client):
    ann, moderator = await people(client, 2)
    await client.shadow_ban(ann, banned_by_id=moderator)
    await client.remove_shadow_ban(ann, banned_by_id=moderator)
    test.assertFalse((await read(client, ann))["shadow_banned"])


@method
async def query_banned_users(test, client):
    ann, moderator = await people(client, 2)
    await client.ban_user(ann, banned_by_id=moderator, reason="spam")
    bans = (await client.query_banned_users({"filter_conditions": {"reason": "spam"}, "limit": 1}))["bans"]
    test.assertEqual((bans[0]["user"]["color"], bans[0]["banned_by"]["id"]), ("red", moderator))


@method
async def query_future_channel_bans(test, client):
    ann, moderator = await people(client, 2)
    await client.ban_user(ann, banned_by_id=moderator, ban_from_future_channels=True)
    bans = (await client.query_future_channel_bans(user_id=moderator))["bans"]
    test.assertEqual([ban["user"]["id"] for ban in bans], [ann])


@method
async def block_user(test, client):
    ann, ben = await people(client, 2)
    blocked = await client.block_user(ben, ann)
    test.assertEqual((blocked["blocked_by_user_id"], blocked["blocked_user_id"]), (ann, ben))
    test.assertRegex(blocked["created_at"], TIME)


@method
async def get_blocked_users(test, client):
    ann, ben = await people(client, 2)
    await client.block_user(ben, ann)
    test.assertEqual((await client.get_blocked_users(ann))["blocks"][0]["blocked_user"]["color"], "red")


@method
async def unblock_user(test, client):
    ann, ben = await people(client, 2)
    await client.block_user(ben, ann)
    await client.unblock_user(ben, ann)
    test.assertEqual((await client.get_blocked_users(ann))["blocks"], [])


@method
async def mute_user(test, client):
    ann, ben = await people(client, 2)
    mute = (await client.mute_user(ben, ann, timeout=10))["mute"]
    test.assertEqual((mute["user"]["id"], mute["target"]["id"]), (ann, ben))
    test.assertRegex(mute["expires"], TIME)


@method
async def mute_users(test, client):
    ann, ben, eve = await people(client, 3)
    mutes = (await client.mute_users([ben, eve], ann))["mutes"]
    test.assertEqual([mute["target"]["id"] for mute in mutes], [ben, eve])


@method
async def unmute_user(test, client):
    ann, ben = await people(client, 2)
    await client.mute_user(ben, ann)
    await client.unmute_user(ben, ann)
    test.assertEqual((await read(client, ann))["mutes"], [])


@method
async def unmute_users(test, client):
    ann, ben, eve = await people(client, 3)
    await client.mute_users([ben, eve], ann)
    await client.unmute_users([ben, eve], ann)
    test.assertEqual((await read(client, ann))["mutes"], [])


@method
async def flag_user(test, client):
    ann, ben = await people(client, 2)
    flag = (await client.flag_user(ben, user_id=ann, reason="spam"))["flag"]
    test.assertEqual((flag["user"]["id"], flag["target_user"]["id"]), (ann, ben))


@method
async def unflag_user(test, client):
    ann, ben = await people(client, 2)
    await client.flag_user(ben, user_id=ann)
    test.assertEqual((await client.unflag_user(ben, user_id=ann))["flag"]["target_user"]["id"], ben)


@method
async def revoke_user_token(test, client):
    (ann,) = await people(client, 1)
    await client.revoke_user_token(ann, datetime.datetime.now(datetime.timezone.utc))
    test.assertRegex((await read(client, ann))["revoke_tokens_issued_before"], TIME)


@method
async def revoke_users_token(test, client):
    ids = await people(client, 2)
    users = (await client.revoke_users_token(ids, "2026-01-01T00:00:00Z"))["users"]
    test.assertEqual({users[id]["revoke_tokens_issued_before"] for id in ids}, {"2026-01-01T00:00:00Z"})


@method
async def revoke_tokens(test, client):
    await client.revoke_tokens("2026-01-01T00:00:00Z")
    app = (await client.get_app_settings())["app"]
    test.assertEqual(app["revoke_tokens_issued_before"], "2026-01-01T00:00:00Z")


@method
async def get_app_settings(test, client):
    test.assertIsInstance((await client.get_app_settings())["app"]["name"], str)


@method
async def update_app_settings(test, client):
    await client.update_app_settings(enforce_unique_usernames="app")
    await client.upsert_user({"id": "ann", "name": "Ann"})
    await refused(test, 6, client.upsert_user({"id": "ben", "name": "Ann"}))


@method
async def set_guest_user(test, client):
    guest = await client.set_guest_user({"id": "visitor", "name": "V", "color": "red"})
    test.assertIn("visitor", guest["user"]["id"])
    test.assertEqual((guest["user"]["role"], guest["user"]["color"]), ("guest", "red"))
    test.assertIsInstance(guest["access_token"], str)


@method
async def send_user_custom_event(test, client):
    (ann,) = await people(client, 1)
    test.assertTrue((await client.send_user_custom_event(ann, {"type": "friendship", "text": "hi"})).is_ok())


@method
async def add_device(test, client):
    (ann,) = await people(client, 1)
    await client.add_device("token", "apn", ann)
    test.assertEqual(len((await client.get_devices(ann))["devices"]), 1)


@method
async def get_devices(test, client):
    (ann,) = await people(client, 1)
    await client.add_device("token", "firebase", ann)
    test.assertRegex((await client.get_devices(ann))["devices"][0]["created_at"], TIME)


@method
async def delete_device(test, client):
    (ann,) = await people(client, 1)
    await client.add_device("token", "firebase", ann)
    await client.delete_device("token", ann)
    test.assertEqual((await client.get_devices(ann))["devices"], [])


@method
async def get_rate_limits(test, client):
    limits = await client.get_rate_limits(server_side=True, endpoints=["QueryUsers"])
    test.assertIsInstance(limits["server_side"]["QueryUsers"]["limit"], int)


@method
async def unread_counts(test, client):
    (ann,) = await people(client, 1)
    counts = await client.unread_counts(ann)
    test.assertEqual((counts["total_unread_count"], counts["channels"]), (0, []))


@method
async def unread_counts_batch(test, client):
    ids = await people(client, 2)
    test.assertEqual(sorted((await client.unread_counts_batch(ids))["counts_by_user"]), ids)


@method
async def mark_all_read(test, client):
    (ann,) = await people(client, 1)
    test.assertTrue((await client.mark_all_read(ann)).is_ok())


@method
async def get_user_locations(test, client):
    (ann,) = await people(client, 1)
    test.assertEqual((await client.get_user_locations(ann))["active_live_locations"], [])


@method
async def create_role(test, client):
    await client.create_role("editor")
    test.assertIn("editor", [role["name"] for role in (await client.list_roles())["roles"]])


@method
async def list_roles(test, client):
    for role in (await client.list_roles())["roles"]:
        test.assertRegex(role["created_at"], TIME)


@method
async def delete_role(test, client):
    await client.create_role("editor")
    await client.delete_role("editor")
    test.assertNotIn("editor", [role["name"] for role in (await client.list_roles())["roles"]])


RENAME = {"id": "rename", "name": "Rename", "action": "UpdateUser"}


@method
async def create_permission(test, client):
    await client.create_permission(RENAME)
    test.assertTrue((await client.get_permission("rename"))["permission"]["custom"])


@method
async def get_permission(test, client):
    test.assertEqual((await client.get_permission("ban-user"))["permission"]["action"], "BanUser")


@method
async def update_permission(test, client):
    await client.create_permission(RENAME)
    await client.update_permission("rename", {**RENAME, "name": "Rename all"})
    test.assertEqual((await client.get_permission("rename"))["permission"]["name"], "Rename all")


@method
async def delete_permission(test, client):
    await client.create_permission(RENAME)
    await client.delete_permission("rename")
    await refused(test, 16, client.get_permission("rename"))


@method
async def list_permissions(test, client):
    test.assertIn("ban-user", [permission["id"] for permission in (await client.list_permissions())["permissions"]])


PROVIDER = {"name": "main", "type": "firebase", "firebase_credentials": "{}"}


@method
async def upsert_push_provider(test, client):
    test.assertRegex((await client.upsert_push_provider(PROVIDER))["push_provider"]["created_at"], TIME)


@method
async def list_push_providers(test, client):
    await client.upsert_push_provider(PROVIDER)
    listed = (await client.list_push_providers())["push_providers"]
    test.assertEqual([provider["name"] for provider in listed], ["main"])


@method
async def delete_push_provider(test, client):
    await client.upsert_push_provider(PROVIDER)
    await client.delete_push_provider("firebase", "main")
    test.assertEqual((await client.list_push_providers())["push_providers"], [])


@method
async def check_push(test, client):
    (ann,) = await people(client, 1)
    checked = await client.check_push({"user_id": ann, "skip_devices": True})
    test.assertEqual(len(checked["general_errors"]), 1)


@method
async def check_sqs(test, client):
    test.assertEqual((await client.check_sqs("key", "secret", "https://example.com/q"))["status"], "error")


@method
async def check_sns(test, client):
    test.assertEqual((await client.check_sns("key", "secret", "arn:x"))["status"], "error")


@method
async def create_blocklist(test, client):
    await client.create_blocklist("rude", ["heck"])
    test.assertEqual((await client.get_blocklist("rude"))["blocklist"]["words"], ["heck"])


@method
async def get_blocklist(test, client):
    await client.create_blocklist("rude", ["heck"])
    test.assertRegex((await client.get_blocklist("rude"))["blocklist"]["created_at"], TIME)


@method
async def list_blocklists(test, client):
    await client.create_blocklist("rude", ["heck"])
    test.assertIn("rude", [listed["name"] for listed in (await client.list_blocklists())["blocklists"]])


@method
async def update_blocklist(test, client):
    await client.create_blocklist("rude", ["heck"])
    await client.update_blocklist("rude", ["darn"])
    test.assertEqual((await client.get_blocklist("rude"))["blocklist"]["words"], ["darn"])


@method
async def delete_blocklist(test, client):
    await client.create_blocklist("rude", ["heck"])
    await client.delete_blocklist("rude")
    await refused(test, 16, client.get_blocklist("rude"))


@method
async def list_channel_types(test, client):
    test.assertEqual((await client.list_channel_types())["channel_types"], {})


# Methods whose name speaks of what users have, and which are about something else.
NOT_HERE = {
    "query_team_usage_stats",  # chat
    "update_user_location",  # belongs to a message
}
ABOUT_USERS = re.compile("user|device|role|permission|push|ban|token|unread|mute|block|task|rate_limit|app_settings")


class Users(unittest.TestCase):
    def test_every_method_about_users_is_driven(self):
        public = [name for name in dir(StreamChat) if not name.startswith("_") and callable(getattr(StreamChat, name))]
        about = {name for name in public if ABOUT_USERS.search(name)}
        # Methods that send nothing.
        local = {"create_token", "normalize_ban_options"}
        self.assertGreater(len(about), 40)
        self.assertEqual(about - METHODS.keys() - NOT_HERE - local, set())


def shown(drive, asynchronous):
    def test(self):
        emulator.reset()

        async def run():
            if asynchronous:
                async with emulator.asynchronous() as sdk:
                    await drive(self, emulator.Client(sdk))
            else:
                await drive(self, emulator.Client(emulator.blocking()))

        asyncio.run(run())

    return test


for name, drive in METHODS.items():
    setattr(Users, f"test_{name}", shown(drive, False))
    setattr(Users, f"test_{name}_async", shown(drive, True))
