import { StreamClient } from "getstream-users";

export default {
  async fetch(_request, env) {
    const client = new StreamClient(env.STREAM_API_KEY, env.STREAM_API_SECRET, { basePath: env.STREAM_BASE_URL });
    const { users } = await client.upsertUsers([{ id: "worker", name: "Worker" }]);
    return Response.json({ name: users.worker.name, date: users.worker.created_at instanceof Date });
  },
};
