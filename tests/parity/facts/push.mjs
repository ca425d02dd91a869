// Push services of an app, checks of what it has set up, and its block lists.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const FIREBASE = { type: "firebase", firebase_credentials: "{}" };

const providers = [
  fact("ListPushProviders", "sdk test", "answers 200, initially with none", async ({ own }) => {
    await own({}, async ({ sdk }) => {
      const answer = await sdk.listPushProviders();
      assert.equal(answer.metadata.responseCode, 200);
      assert.deepEqual(answer.push_providers, []);
    });
  }),

  fact(
    "UpsertPushProvider",
    "sdk test",
    "answers 201, keeps one of each type and name, and shows it",
    async ({ own }) => {
      await own({}, async ({ sdk }) => {
        const answer = await sdk.upsertPushProvider({ push_provider: { ...FIREBASE, name: "main" } });
        assert.equal(answer.metadata.responseCode, 201);
        assert.ok(answer.push_provider.created_at instanceof Date);
        await sdk.upsertPushProvider({ push_provider: { ...FIREBASE, name: "main", description: "new" } });
        await sdk.upsertPushProvider({ push_provider: { ...FIREBASE, name: "other" } });
        const { push_providers } = await sdk.listPushProviders();
        assert.deepEqual(
          push_providers.map(({ name, type, description }) => [name, type, description]),
          [
            ["main", "firebase", "new"],
            ["other", "firebase", undefined],
          ],
        );
      });
    },
  ),

  fact("UpsertPushProvider", "sdk test", "refuses a service without its credentials", async ({ sdk, raw }) => {
    const call = sdk.upsertPushProvider({ push_provider: { type: "xiaomi", name: "firebase" } });
    await refused(call, "400/4", "UpsertPushProvider", "xiaomi credentials are invalid");
    for (const push_provider of [{ type: "pigeon", name: "x" }, { name: "x" }, { type: "apn" }]) {
      await refused(raw("POST", "/api/v2/push_providers", { body: { push_provider } }), "400/4", "UpsertPushProvider");
    }
  }),

  fact("DeletePushProvider", "spec", "removes a service by type and name", async ({ own }) => {
    await own({}, async ({ sdk }) => {
      await sdk.upsertPushProvider({ push_provider: { ...FIREBASE, name: "main" } });
      await sdk.deletePushProvider({ type: "firebase", name: "main" });
      assert.deepEqual((await sdk.listPushProviders()).push_providers, []);
      await refused(sdk.deletePushProvider({ type: "firebase", name: "main" }), "404/16", "DeletePushProvider");
    });
  }),
];

const checks = [
  fact("CheckPush", "sdk test", "answers 201 and says what is missing", async ({ sdk, people }) => {
    const [user_id] = await people(1);
    const answer = await sdk.checkPush({ user_id, skip_devices: true, event_type: "message.new" });
    assert.equal(answer.metadata.responseCode, 201);
    assert.ok(Array.isArray(answer.general_errors));
  }),

  fact("CheckSQS", "sdk test", "answers 201, with an error for a queue that cannot be reached", async ({ sdk }) => {
    const answer = await sdk.checkSQS({ sqs_url: "https://foo.com/bar", sqs_key: "key", sqs_secret: "secret" });
    assert.deepEqual([answer.metadata.responseCode, answer.status], [201, "error"]);
    assert.ok(answer.error.length > 0);
    assert.ok(!answer.error.includes("secret"));
  }),

  fact("CheckSNS", "sdk test", "answers 201, with an error for a topic that cannot be reached", async ({ sdk }) => {
    const answer = await sdk.checkSNS({ sns_topic_arn: "arn:aws:sns:x", sns_key: "key", sns_secret: "secret" });
    assert.deepEqual([answer.metadata.responseCode, answer.status], [201, "error"]);
    assert.ok(answer.error.length > 0);
  }),
];

const lists = [
  fact("CreateBlockList", "sdk test", "answers 201 and creates a list of words", async ({ sdk, unique }) => {
    const name = unique("list");
    const { blocklist, metadata } = await sdk.createBlockList({ name, words: ["fudge", "heck"] });
    assert.equal(metadata.responseCode, 201);
    assert.deepEqual([blocklist.name, blocklist.words, blocklist.type], [name, ["fudge", "heck"], "word"]);
    assert.ok(blocklist.created_at instanceof Date);
  }),

  fact(
    "CreateBlockList",
    "inferred",
    "refuses a name that is taken, and a list without words",
    async ({ sdk, raw, unique }) => {
      const name = unique("list");
      await sdk.createBlockList({ name, words: ["heck"] });
      await refused(sdk.createBlockList({ name, words: ["heck"] }), "400/4", "CreateBlockList");
      await refused(raw("POST", "/api/v2/blocklists", { body: { name: unique("list") } }), "400/4", "CreateBlockList");
    },
  ),

  fact("ListBlockLists", "sdk test", "returns the created lists", async ({ sdk, unique }) => {
    const name = unique("list");
    await sdk.createBlockList({ name, words: ["heck"] });
    const { blocklists } = await sdk.listBlockLists();
    assert.deepEqual(blocklists.find((list) => list.name === name)?.words, ["heck"]);
  }),

  fact(
    "GetBlockList",
    "sdk test",
    "returns a list by its name, and refuses an unknown one",
    async ({ sdk, unique }) => {
      const name = unique("list");
      await sdk.createBlockList({ name, words: ["heck"] });
      assert.deepEqual((await sdk.getBlockList({ name })).blocklist.words, ["heck"]);
      await refused(sdk.getBlockList({ name: unique("none") }), "404/16", "GetBlockList");
    },
  ),

  fact("UpdateBlockList", "sdk test", "answers 201 and replaces the words", async ({ sdk, unique }) => {
    const name = unique("list");
    await sdk.createBlockList({ name, words: ["heck"] });
    const { metadata } = await sdk.updateBlockList({ name, words: ["dang"] });
    assert.equal(metadata.responseCode, 201);
    assert.deepEqual((await sdk.getBlockList({ name })).blocklist.words, ["dang"]);
  }),

  fact("DeleteBlockList", "sdk test", "removes a list", async ({ sdk, unique }) => {
    const name = unique("list");
    await sdk.createBlockList({ name, words: ["heck"] });
    await sdk.deleteBlockList({ name });
    await refused(sdk.getBlockList({ name }), "404/16", "GetBlockList");
  }),
];

export const facts = [...providers, ...checks, ...lists];
