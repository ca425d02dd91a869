/** What stands where an emulator would tell something that Stream does not. */
export function Elsewhere({ what }: { what: string }) {
  return <p class="empty">Stream does not show {what}; an emulator does.</p>;
}
