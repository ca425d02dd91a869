"""Every operation of the emulator, called as the SDK calls it and read as the SDK reads it."""

import urllib.request
from datetime import datetime, timedelta, timezone

from emulator import EmulatorTest, control
from getstream.exceptions import StreamApiException
from getstream.models import (
    PushPreferenceInput,
    PushProviderRequest,
    QueryBannedUsersPayload,
    QueryFutureChannelBansPayload,
    QueryUsersPayload,
    SortParamRequest,
    UpdateUserPartialRequest,
    UserCustomEventRequest,
    UserRequest,
)

# The emulator counts these for the SDKs' tests of rate limits, and has no such operation.
COUNTED_ONLY = {"Connect", "GetOrCreateChannel", "QueryChannels", "SendMessage"}
# What the SDK has no method for.
NOT_IN_THE_SDK = {
    "DownloadExport",
    # Of the form of the API that the SDKs for chat speak.
    "CreateCustomPermission",
    "DeleteCustomPermission",
    "DeleteUser",
    "Hi",
    "ListChannelTypes",
    "LongPoll",
    "MarkChannelsRead",
    "Unflag",
    "UnreadCounts",
    "UnreadCountsBatch",
    "UpdateCustomPermission",
    "SendCallClientEvent",
}

OPERATIONS = {}


def operation(name):
    """Marks what drives an operation."""

    def mark(drive):
        OPERATIONS[name] = drive
        return drive

    return mark


@operation("UpdateUsers")
def update_users(test):
    request = UserRequest(id="ann", name="Ann", role="admin", language="sv", custom={"color": "green", "n": [1, None]})
    ann = test.client.update_users({"ann": request}).data.users["ann"]
    test.assertEqual((ann.name, ann.role, ann.language), ("Ann", "admin", "sv"))
    test.assertEqual(ann.custom, {"color": "green", "n": [1, None]})
    test.assertIsInstance(ann.created_at, datetime)
    test.assertFalse(ann.banned or ann.online)


@operation("UpdateUsersPartial")
def update_users_partial(test):
    (ann,) = test.people(1)
    change = UpdateUserPartialRequest(id=ann, set={"color": "red"}, unset=["name"])
    user = test.client.update_users_partial([change]).data.users[ann]
    test.assertEqual(user.custom["color"], "red")
    test.assertFalse(user.name)


@operation("QueryUsers")
def query_users(test):
    people = test.people(3)
    sort = [SortParamRequest(field="id", direction=-1)]
    payload = QueryUsersPayload(filter_conditions={"id": {"$in": people}}, sort=sort, limit=2)
    test.assertEqual([user.id for user in test.client.query_users(payload).data.users], sorted(people)[:0:-1])
    since = datetime.now(timezone.utc) - timedelta(minutes=1)
    recent = QueryUsersPayload(filter_conditions={"created_at": {"$gte": since.isoformat()}})
    test.assertEqual(len(test.client.query_users(recent).data.users), 3)


@operation("DeactivateUser")
def deactivate_user(test):
    (ann,) = test.people(1)
    test.assertIsInstance(test.client.deactivate_user(ann).data.user.deactivated_at, datetime)


@operation("ReactivateUser")
def reactivate_user(test):
    (ann,) = test.people(1)
    test.client.deactivate_user(ann)
    test.assertEqual(test.client.reactivate_user(ann, name="Back").data.user.name, "Back")


@operation("DeactivateUsers")
def deactivate_users(test):
    task = test.finished(test.client.deactivate_users(test.people(2)).data.task_id)
    test.assertEqual(task.status, "completed")


@operation("ReactivateUsers")
def reactivate_users(test):
    people = test.people(2)
    test.finished(test.client.deactivate_users(people).data.task_id)
    test.finished(test.client.reactivate_users(people).data.task_id)
    found = test.client.query_users(QueryUsersPayload(filter_conditions={"id": {"$in": people}})).data.users
    test.assertEqual(len(found), 2)


@operation("DeleteUsers")
def delete_users(test):
    people = test.people(2)
    response = test.client.delete_users(people, user="hard", messages="hard", conversations="hard")
    test.assertEqual(set(test.finished(response.data.task_id).result), set(people))


@operation("RestoreUsers")
def restore_users(test):
    people = test.people(2)
    test.finished(test.client.delete_users(people, user="soft").data.task_id)
    test.client.restore_users(people)
    found = test.client.query_users(QueryUsersPayload(filter_conditions={"id": {"$in": people}})).data.users
    test.assertEqual(len(found), 2)


@operation("ExportUser")
def export_user(test):
    (ann,) = test.people(1)
    test.assertEqual(test.client.export_user(ann).data.user.id, ann)


@operation("ExportUsers")
def export_users(test):
    (ann,) = test.people(1)
    url = test.finished(test.client.export_users([ann]).data.task_id).result["url"]
    with urllib.request.urlopen(url, timeout=10) as file:
        test.assertIn(ann.encode(), file.read())


@operation("GetTask")
def get_task(test):
    task_id = test.client.delete_users(test.people(1)).data.task_id
    task = test.client.get_task(task_id).data
    test.assertEqual(task.task_id, task_id)
    test.assertIsInstance(task.created_at, datetime)


@operation("CreateGuest")
def create_guest(test):
    guest = test.client.create_guest(UserRequest(id="visitor", name="Visitor")).data
    test.assertEqual(guest.user.role, "guest")
    with test.client.clone_for_token(guest.access_token) as client:
        test.assertEqual(client.get_blocked_users().data.blocks, [])


@operation("GetApp")
def get_app(test):
    app = test.client.get_app().data.app
    test.assertFalse(app.disable_auth_checks)
    test.assertEqual(app.event_hooks, [])


@operation("UpdateApp")
def update_app(test):
    test.client.update_app(user_search_disallowed_roles=["guest"])
    test.assertEqual(test.client.get_app().data.app.user_search_disallowed_roles, ["guest"])


@operation("GetRateLimits")
def get_rate_limits(test):
    limits = test.client.get_rate_limits(server_side=True, endpoints="QueryUsers").data.server_side["QueryUsers"]
    test.assertGreater(limits.limit, 0)
    test.assertGreaterEqual(limits.limit, limits.remaining)


@operation("BlockUsers")
def block_users(test):
    ann, ben = test.people(2)
    block = test.client.block_users(ben, user_id=ann).data
    test.assertEqual((block.blocked_by_user_id, block.blocked_user_id), (ann, ben))


@operation("GetBlockedUsers")
def get_blocked_users(test):
    ann, ben = test.people(2)
    test.client.block_users(ben, user_id=ann)
    blocks = test.client.get_blocked_users(user_id=ann).data.blocks
    test.assertEqual([block.blocked_user_id for block in blocks], [ben])


@operation("UnblockUsers")
def unblock_users(test):
    ann, ben = test.people(2)
    test.client.block_users(ben, user_id=ann)
    test.client.unblock_users(ben, user_id=ann)
    test.assertEqual(test.client.get_blocked_users(user_id=ann).data.blocks, [])


@operation("Ban")
def ban(test):
    mod, ann = test.people(2)
    test.client.moderation.ban(ann, banned_by_id=mod, reason="rude", timeout=60)
    (user,) = test.client.query_users(QueryUsersPayload(filter_conditions={"id": ann})).data.users
    test.assertTrue(user.banned)


@operation("Unban")
def unban(test):
    mod, ann = test.people(2)
    test.client.moderation.ban(ann, banned_by_id=mod)
    test.client.moderation.unban(ann, unbanned_by_id=mod)
    (user,) = test.client.query_users(QueryUsersPayload(filter_conditions={"id": ann})).data.users
    test.assertFalse(user.banned)


@operation("QueryBannedUsers")
def query_banned_users(test):
    mod, ann = test.people(2)
    test.client.moderation.ban(ann, banned_by_id=mod, reason="rude")
    (found,) = test.client.chat.query_banned_users(QueryBannedUsersPayload(filter_conditions={})).data.bans
    test.assertEqual((found.user.id, found.banned_by.id, found.reason), (ann, mod, "rude"))


@operation("QueryFutureChannelBans")
def query_future_channel_bans(test):
    (ann,) = test.people(1)
    test.assertEqual(test.client.chat.query_future_channel_bans(QueryFutureChannelBansPayload(user_id=ann)).data.bans, [])


@operation("Mute")
def mute(test):
    ann, ben = test.people(2)
    (mute,) = test.client.moderation.mute([ben], user_id=ann, timeout=10).data.mutes
    test.assertEqual((mute.user.id, mute.target.id), (ann, ben))
    test.assertIsInstance(mute.expires, datetime)


@operation("Unmute")
def unmute(test):
    ann, ben = test.people(2)
    test.client.moderation.mute([ben], user_id=ann)
    test.assertFalse(test.client.moderation.unmute([ben], user_id=ann).data.non_existing_users)


@operation("Flag")
def flag(test):
    ann, ben = test.people(2)
    test.assertTrue(test.client.moderation.flag(ben, "stream:user", reason="spam", user_id=ann).data.item_id)


@operation("GetFlagCount")
def get_flag_count(test):
    ann, ben = test.people(2)
    test.client.moderation.flag(ben, "stream:user", reason="spam", user_id=ann)
    test.assertEqual(test.client.moderation.get_flag_count(ben).data.count, 1)


@operation("CreateDevice")
def create_device(test):
    (ann,) = test.people(1)
    test.client.create_device("device", "firebase", user_id=ann)


@operation("ListDevices")
def list_devices(test):
    (ann,) = test.people(1)
    test.client.create_device("device", "apn", user_id=ann)
    (device,) = test.client.list_devices(user_id=ann).data.devices
    test.assertEqual((device.id, device.push_provider), ("device", "apn"))


@operation("DeleteDevice")
def delete_device(test):
    (ann,) = test.people(1)
    test.client.create_device("device", "apn", user_id=ann)
    test.client.delete_device("device", user_id=ann)
    test.assertEqual(test.client.list_devices(user_id=ann).data.devices, [])


@operation("UpdatePushNotificationPreferences")
def update_push_notification_preferences(test):
    (ann,) = test.people(1)
    preferences = [PushPreferenceInput(user_id=ann, chat_level="mentions")]
    data = test.client.update_push_notification_preferences(preferences).data
    test.assertEqual(data.user_preferences[ann].chat_level, "mentions")


@operation("ListPushProviders")
def list_push_providers(test):
    test.assertEqual(test.client.list_push_providers().data.push_providers, [])


def firebase(name="firebase"):
    credentials = '{"type": "service_account", "project_id": "test"}'
    return PushProviderRequest(name=name, type="firebase", firebase_credentials=credentials)


@operation("UpsertPushProvider")
def upsert_push_provider(test):
    provider = test.client.upsert_push_provider(push_provider=firebase()).data.push_provider
    test.assertEqual((provider.name, provider.type), ("firebase", "firebase"))


@operation("DeletePushProvider")
def delete_push_provider(test):
    test.client.upsert_push_provider(push_provider=firebase())
    test.client.delete_push_provider("firebase", "firebase")
    test.assertEqual(test.client.list_push_providers().data.push_providers, [])


@operation("CheckPush")
def check_push(test):
    (ann,) = test.people(1)
    test.client.check_push(user_id=ann, skip_devices=True)


@operation("CheckSQS")
def check_sqs(test):
    url = "https://sqs.us-east-1.amazonaws.com/1/queue"
    test.assertEqual(test.client.check_sqs(sqs_key="key", sqs_secret="secret", sqs_url=url).data.status, "error")


@operation("CheckSNS")
def check_sns(test):
    topic = "arn:aws:sns:us-east-1:1:topic"
    test.assertEqual(test.client.check_sns(sns_key="key", sns_secret="secret", sns_topic_arn=topic).data.status, "error")


@operation("CreateBlockList")
def create_block_list(test):
    test.client.create_block_list("list", ["fudge"])


@operation("GetBlockList")
def get_block_list(test):
    test.client.create_block_list("list", ["fudge"])
    test.assertEqual(test.client.get_block_list("list").data.blocklist.words, ["fudge"])


@operation("ListBlockLists")
def list_block_lists(test):
    test.client.create_block_list("list", ["fudge"])
    test.assertIn("list", [found.name for found in test.client.list_block_lists().data.blocklists])


@operation("UpdateBlockList")
def update_block_list(test):
    test.client.create_block_list("list", ["fudge"])
    test.client.update_block_list("list", words=["sugar"])
    test.assertEqual(test.client.get_block_list("list").data.blocklist.words, ["sugar"])


@operation("DeleteBlockList")
def delete_block_list(test):
    test.client.create_block_list("list", ["fudge"])
    test.client.delete_block_list("list")
    with test.assertRaises(StreamApiException):
        test.client.get_block_list("list")


@operation("GetUserLiveLocations")
def get_user_live_locations(test):
    (ann,) = test.people(1)
    test.assertEqual(test.client.get_user_live_locations(user_id=ann).data.active_live_locations, [])


@operation("SendUserCustomEvent")
def send_user_custom_event(test):
    (ann,) = test.people(1)
    test.client.chat.send_user_custom_event(ann, UserCustomEventRequest(type="greeting", custom={"text": "hello"}))


@operation("CreateUserGroup")
def create_user_group(test):
    people = test.people(2)
    group = test.client.create_user_group("Staff", id="staff", member_ids=people).data.user_group
    test.assertEqual((group.id, group.name, len(group.members)), ("staff", "Staff", 2))


@operation("GetUserGroup")
def get_user_group(test):
    test.client.create_user_group("Staff", id="staff")
    test.assertIsInstance(test.client.get_user_group("staff").data.user_group.created_at, datetime)


@operation("ListUserGroups")
def list_user_groups(test):
    test.client.create_user_group("Staff", id="staff")
    test.assertEqual([group.id for group in test.client.list_user_groups().data.user_groups], ["staff"])


@operation("SearchUserGroups")
def search_user_groups(test):
    test.client.create_user_group("Staff", id="staff")
    test.assertEqual([group.id for group in test.client.search_user_groups("sta").data.user_groups], ["staff"])


@operation("UpdateUserGroup")
def update_user_group(test):
    test.client.create_user_group("Staff", id="staff")
    test.assertEqual(test.client.update_user_group("staff", name="Crew").data.user_group.name, "Crew")


@operation("DeleteUserGroup")
def delete_user_group(test):
    test.client.create_user_group("Staff", id="staff")
    test.client.delete_user_group("staff")
    test.assertEqual(test.client.list_user_groups().data.user_groups, [])


@operation("AddUserGroupMembers")
def add_user_group_members(test):
    test.client.create_user_group("Staff", id="staff")
    group = test.client.add_user_group_members("staff", test.people(2), as_admin=True).data.user_group
    test.assertEqual([member.is_admin for member in group.members], [True, True])


@operation("RemoveUserGroupMembers")
def remove_user_group_members(test):
    ann, ben = test.people(2)
    test.client.create_user_group("Staff", id="staff", member_ids=[ann, ben])
    group = test.client.remove_user_group_members("staff", [ann]).data.user_group
    test.assertEqual([member.user_id for member in group.members], [ben])


@operation("ListRoles")
def list_roles(test):
    roles = {role.name: role for role in test.client.list_roles().data.roles}
    test.assertIn("admin", roles)
    test.assertIsInstance(roles["admin"].created_at, datetime)


@operation("CreateRole")
def create_role(test):
    role = test.client.create_role("teacher").data.role
    test.assertEqual((role.name, role.custom), ("teacher", True))


@operation("SearchRoles")
def search_roles(test):
    test.client.create_role("teacher")
    test.assertIn("teacher", str(test.client.search_roles("teach").data))


@operation("DeleteRole")
def delete_role(test):
    test.client.create_role("teacher")
    test.client.delete_role("teacher")
    test.assertNotIn("teacher", [role.name for role in test.client.list_roles().data.roles])


@operation("ListPermissions")
def list_permissions(test):
    test.assertTrue(test.client.list_permissions().data.permissions)


@operation("GetPermission")
def get_permission(test):
    first = test.client.list_permissions().data.permissions[0]
    test.assertEqual(test.client.get_permission(first.id).data.permission.name, first.name)


@operation("UpdateLiveLocation")
def update_live_location(test):
    (ann,) = test.people(1)
    end_at = datetime.now(timezone.utc) + timedelta(hours=1)
    location = test.client.update_live_location("message", latitude=1.5, longitude=2.5, end_at=end_at, user_id=ann).data
    test.assertEqual((location.latitude, location.longitude, location.user_id), (1.5, 2.5, ann))
    test.assertIsInstance(location.end_at, datetime)


class Operations(EmulatorTest):
    """One test for each operation; what it drives has to have reached the emulator as that operation."""

    def test_none_of_the_emulators_is_left_out(self):
        has = set(self.client.get_rate_limits(server_side=True).data.server_side)
        self.assertIn("UpdateUsers", has)
        self.assertEqual(has - COUNTED_ONLY - NOT_IN_THE_SDK, set(OPERATIONS))


def test_of(name, drive):
    def test(self):
        drive(self)
        requests = control("GET", f"/requests?operation={name}")["requests"]
        statuses = [request["status"] for request in requests]
        self.assertTrue(statuses, f"{name} was not called")
        self.assertTrue(any(status < 300 for status in statuses), statuses)

    return test


for name, drive in OPERATIONS.items():
    setattr(Operations, f"test_{drive.__name__}", test_of(name, drive))
