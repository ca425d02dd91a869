import "./styles/main.css";

import { render } from "preact";
import { App } from "./app/App.tsx";
import { begin } from "./app/begin.ts";

const root = document.getElementById("app");
if (root !== null) {
  render(<App />, root);
  begin();
}
