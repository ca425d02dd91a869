const { inProcess } = require("./shared/in-process.cjs");

test("jest's fake timers", async () => {
  jest.useFakeTimers();
  const advance = (milliseconds) => jest.advanceTimersByTimeAsync(milliseconds);
  const outcome = await inProcess(() => require("getstream-users/emulator"), advance);
  console.log(JSON.stringify({ ...outcome, coldStart: 0 }));
});

test("real timers, after fake ones", async () => {
  jest.useRealTimers();
  await inProcess(() => require("getstream-users/emulator"));
});
