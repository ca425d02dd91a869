// The problems of the input, by field: from the client's rules before a call, and from its error after one.

import { computed } from "@preact/signals";
import { type Path, pathText } from "../json/value.ts";
import { input } from "../state/input.ts";
import { operation } from "../state/place.ts";
import { run } from "../state/run.ts";
import { type Problem, problemOf, validate } from "../validate.ts";

export const problems = computed<readonly Problem[]>(() => {
  const shown = operation.value;
  if (shown === undefined) return [];
  const found = validate(shown, input.value);
  return found.length > 0 ? found : said.value;
});

/** The client's error for exactly the input that is shown. */
const said = computed<readonly Problem[]>(() => {
  const [shown, last] = [operation.value, run.value];
  if (shown === undefined || last?.input !== input.value || last.outcome?.kind !== "error") return [];
  const problem = problemOf(shown, last.outcome.error);
  return problem === undefined ? [] : [problem];
});

const byPath = computed(() => new Map(problems.value.map(({ path, message }) => [pathText(path), message])));

export function problemAt(path: Path): string | undefined {
  return byPath.value.get(pathText(path));
}
