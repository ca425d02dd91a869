// Prompts in a terminal. A file of its own, loaded at the first question: the library is as large as the rest.

import { confirm, isCancel, password } from "@clack/prompts";

/** A yes or a no; nothing when it was called off. */
export async function askWhether(question: string): Promise<boolean | undefined> {
  const answer = await confirm({ message: question, initialValue: false, output: process.stderr });
  return isCancel(answer) ? undefined : answer;
}

/** A text that nobody sees; nothing when it was called off. */
export async function askSecret(question: string): Promise<string | undefined> {
  const answer = await password({ message: question, output: process.stderr });
  return isCancel(answer) ? undefined : answer;
}
