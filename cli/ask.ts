// Prompts in a terminal. A separate file, loaded at the first question, because the library is as large as the rest.

import { confirm, isCancel, password } from "@clack/prompts";

/** Asks for yes or no; undefined when cancelled. */
export async function askWhether(question: string): Promise<boolean | undefined> {
  const answer = await confirm({ message: question, initialValue: false, output: process.stderr });
  return isCancel(answer) ? undefined : answer;
}

/** Asks for a hidden text; undefined when cancelled. */
export async function askSecret(question: string): Promise<string | undefined> {
  const answer = await password({ message: question, output: process.stderr });
  return isCancel(answer) ? undefined : answer;
}
