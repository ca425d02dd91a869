import { StreamClient } from "getstream-users";

export default {
  async fetch() {
    const client = new StreamClient(STREAM_API_KEY, STREAM_API_SECRET, { basePath: STREAM_BASE_URL });
    const token = client.generateUserToken({ user_id: "ada" });
    const { users } = await client.upsertUsers([{ id: "ada" }]);
    return Response.json({ parts: token.split(".").length, id: users.ada.id });
  },
};
