// Links to what the site has beside guides and reference. Pages lie at different depths, and say where the root is.

const bar = document.querySelector("#tsd-toolbar-links");
const { base = "./" } = document.documentElement.dataset;
for (const [text, place] of [
  ["Try it", "demo/index.html"],
  ["Guides", "documents/docs_README.html"],
  ["Rust", "rust/getstream_users/index.html"],
]) {
  const link = document.createElement("a");
  link.href = base + place;
  link.textContent = text;
  bar?.append(link);
}
