/** Shown in place of emulator data when the target is Stream, which does not provide it. */
export function Elsewhere({ what }: { what: string }) {
  return <p class="empty">Stream does not show {what}; an emulator does.</p>;
}
