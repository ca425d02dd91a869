const { scenario } = require("./shared/scenario.cjs");
const { settings } = require("./shared/settings.cjs");

test("users", async () => {
  console.log(JSON.stringify(await scenario(() => require("./shared/entries.cjs"), settings)));
}, 60_000);
