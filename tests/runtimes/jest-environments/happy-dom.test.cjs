/** @jest-environment @happy-dom/jest-environment */
const { inProcess } = require("./shared/in-process.cjs");

test("happy-dom", async () => {
  console.log(JSON.stringify(await inProcess(() => require("getstream-users/emulator"))));
});
