#!/usr/bin/env bash
# React Native's Babel preset refuses static blocks of classes, which are ES2022 and which its
# engine can parse.
#
# Guess: Metro bundles a package written in ES2022, as it does with private methods and fields.
# What happens: private fields and methods are compiled; a static block is a syntax error that names
#   a plugin to add, so an app cannot import such a package without configuring Babel.
# Seen: @react-native/babel-preset 0.88.1, @babel/core 7.29.13 (npm), 2026-11-28. The output was:
#> private field: compiled
#> private method: compiled
#> static field: compiled
#> static block: Static class blocks are not enabled.
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund @react-native/babel-preset@0.88.1 @babel/core@7.29.13
cat > probe.cjs <<'JS'
const { transformSync } = require("@babel/core");

const classes = {
  "private field": "class A { #a = 1; }",
  "private method": "class A { #a() {} }",
  "static field": "class A { static a = 1; }",
  "static block": "class A { static { this.a = 1; } }",
};
for (const [name, source] of Object.entries(classes)) {
  const options = { presets: ["@react-native/babel-preset"], configFile: false, filename: `${name}.js` };
  let outcome = "compiled";
  try {
    transformSync(source, options);
  } catch (error) {
    outcome = error.message.match(/: ([^.]+\.)/)[1];
  }
  console.log(`${name}: ${outcome}`);
}
JS
node probe.cjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
