const SOURCE = "https://github.com/getstream-users/getstream-users";

export function Footer() {
  return (
    <footer class="footer">
      <p>
        <strong>Unofficial.</strong> Not made, endorsed or supported by Stream; “Stream” and “GetStream” are Stream’s
        trademarks.{" "}
        {AT_EMULATOR ? "What you do here stays in this emulator." : "What you do on the emulator stays in this page."}
      </p>
      <nav class="footer-links" aria-label="The package">
        <a href={`${SOURCE}#readme`} rel="noreferrer">
          Documentation
        </a>
        <a href={`https://www.npmjs.com/package/getstream-users/v/${PACKAGE_VERSION}`} rel="noreferrer">
          npm
        </a>
        <a href={SOURCE} rel="noreferrer">
          Source
        </a>
        <span>{PACKAGE_VERSION}, MIT or Apache-2.0</span>
      </nav>
    </footer>
  );
}
