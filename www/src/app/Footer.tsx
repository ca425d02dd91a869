export function Footer() {
  return (
    <footer class="footer">
      <p>
        <strong>Unofficial.</strong> Not made, endorsed or supported by Stream; “Stream” and “GetStream” are theirs.
        What you do on the emulator stays in this page.
      </p>
      <p>MIT or Apache-2.0</p>
    </footer>
  );
}
