import { StreamChat } from "stream-chat";

export default {
  async fetch() {
    try {
      const client = new StreamChat(STREAM_API_KEY, STREAM_API_SECRET, { baseURL: STREAM_BASE_URL });
      const token = client.createToken("ada");
      const { users } = await client.upsertUsers([{ id: "ada" }]);
      return Response.json({ parts: token.split(".").length, id: users.ada.id });
    } catch (error) {
      return Response.json({ failed: String(error) });
    }
  },
};
