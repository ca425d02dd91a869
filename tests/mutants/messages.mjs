// Excludes the texts of messages from mutation: tests check their important parts, and no caller depends on the rest.

import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

/** Functions that take a message or a part of one. A string without a space is a name or a kind, and is mutated. */
const WITH_MESSAGE = new Set([
  "createError",
  "createWebhookError",
  "mismatch",
  "refusal",
  "refuse",
  "refused",
  "wrongType",
  "TypeError",
]);

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, "messages", { shouldIgnore })];

function shouldIgnore(path) {
  if (!path.isStringLiteral() && !path.isTemplateLiteral()) return undefined;
  const taker = path.findParent(
    (parent) => parent.isCallExpression() || parent.isNewExpression() || parent.isFunction(),
  );
  if (!WITH_MESSAGE.has(calleeOf(taker))) return undefined;
  return textOf(path.node).includes(" ") ? "the words of a message" : undefined;
}

function calleeOf(path) {
  const callee = path?.node.callee;
  return callee?.property?.name ?? callee?.name;
}

function textOf(node) {
  return node.value ?? node.quasis.map(({ value }) => value.raw).join("");
}
