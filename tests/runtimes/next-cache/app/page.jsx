import { StreamClient } from "getstream-users";
import { Suspense } from "react";

const { STREAM_BASE_URL, STREAM_API_KEY, STREAM_API_SECRET } = process.env;

// The build runs this up to the first request, and fails if there is a random value or a clock on the way to it.
async function Users() {
  const client = new StreamClient(STREAM_API_KEY, STREAM_API_SECRET, { basePath: STREAM_BASE_URL });
  const { users } = await client.queryUsers({ payload: { filter_conditions: {}, limit: 1 } });
  return <p>users: {users.length}</p>;
}

export default function Page() {
  return (
    <Suspense fallback={<p>users: being asked for</p>}>
      <Users />
    </Suspense>
  );
}
