// Makes as many calls as a request asks for, with a client that serves all requests.

const memories = [];
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...given) {
    super(...given);
    memories.push(...Object.values(this.exports).filter((one) => one instanceof WebAssembly.Memory));
  }
};

let client;
async function connected() {
  const { StreamClient } = await import("getstream-users");
  const answer = () => new Response('{"users":[{"id":"ann","created_at":1767225600000000000}]}');
  return new StreamClient("key", "secret", { fetch: async () => answer(), retry: false });
}

export default {
  async fetch(request) {
    client ??= await connected();
    const count = Number(new URL(request.url).searchParams.get("calls"));
    for (let index = 0; index < count; index++) {
      await client.queryUsers({ payload: { filter_conditions: { id: `u${index}` } } });
      await client.upsertUsers([{ id: "not an id" }]).catch(() => {});
      client.verifyToken(client.generateUserToken({ user_id: `u${index}` }));
    }
    return Response.json({ wasm: memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) });
  },
};
