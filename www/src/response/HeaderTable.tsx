export function HeaderTable({ headers }: { headers: readonly [string, string][] }) {
  if (headers.length === 0) return <p class="empty">There was no response, so there are no headers.</p>;
  return (
    <table class="headers">
      <tbody>
        {headers.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
