// Asks for confirmation before changes that cannot be undone.

import { EXIT, Failure } from "./exit.js";
import { Interrupted } from "./interrupt.js";
import { canAsk } from "./terminal.js";

/**
 * Asks, and returns if the answer is yes.
 *
 * @param isTaken - whether stdin is used for data, so that nobody can answer
 * @throws Failure if the answer is no, and without a terminal
 */
export async function confirmed(question: string, isTaken = false): Promise<void> {
  if (isTaken || !canAsk()) throw new Failure(`${question} There is no terminal to ask at; pass --yes`);
  const { askWhether } = await import("./ask.js");
  const answer = await askWhether(question);
  if (answer === undefined) throw new Interrupted();
  if (!answer) throw new Failure("nothing was done", EXIT.incomplete);
}
