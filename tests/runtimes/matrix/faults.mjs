// An API beside a page's files that answers badly, for what no emulator in the page can show: what the browser's own network
// code makes of it. The page asks for the task of that name.

const json = { "content-type": "application/json" };

const answers = {
  /** Says how long the body is and ends before. */
  short: (response) => {
    response.writeHead(200, { ...json, "content-length": "100" });
    response.write('{"task_id":', () => response.socket.destroy());
  },
  /** Ends before the last chunk, in the middle of the JSON. */
  cut: (response) => {
    response.writeHead(200, json);
    response.write('{"task_id":', () => response.socket.destroy());
  },
  reset: (response) => response.socket.destroy(),
  redirect: (response) => response.writeHead(307, { location: "/elsewhere" }).end(),
  unanswered: () => {},
  /** Begins and never ends. */
  slow: (response) => response.writeHead(200, json).write("{"),
};

export const faults = Object.fromEntries(
  Object.entries(answers).map(([task, answer]) => [`/faults/api/v2/tasks/${task}`, (_, response) => answer(response)]),
);
