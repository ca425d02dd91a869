export default function Page() {
  return <h1>getstream-users in Next 14</h1>;
}
