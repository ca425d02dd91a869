export default function Page() {
  return <h1>getstream-users in Next 15</h1>;
}
