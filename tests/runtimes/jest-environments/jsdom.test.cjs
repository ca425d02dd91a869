/** @jest-environment jsdom */

// This environment has no TextDecoder, so that nothing can be done but to say so, and what helps.
test("jsdom", () => {
  const load = () => require("getstream-users/emulator");
  expect(load).toThrow(/^getstream-users\/emulator needs TextDecoder, .*@jest-environment node.*jest-fixed-jsdom/);
});
