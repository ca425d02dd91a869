export default function Page() {
  return <h1>getstream-users in Next on Cloudflare</h1>;
}
