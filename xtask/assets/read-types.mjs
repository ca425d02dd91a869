// Reads types with TypeScript's own parser: an array of texts on the standard input, an array of trees on the standard
// output, in the form of `Expression` in xtask/src/codegen/operations/typescript.rs.

import { text } from "node:stream/consumers";
import ts from "@typescript/typescript6";

const { SyntaxKind: Kind } = ts;

function read(source) {
  // A comment belongs to the member behind it only if it begins a line.
  const lines = source.replaceAll("/**", "\n/**");
  const file = ts.createSourceFile("type.ts", `type Read = ${lines};`, ts.ScriptTarget.Latest, true);
  const [problem] = file.parseDiagnostics;
  if (problem !== undefined)
    throw new Error(`${ts.flattenDiagnosticMessageText(problem.messageText, " ")}, in \`${source}\``);
  return expression(file.statements[0].type);
}

function expression(node) {
  switch (node.kind) {
    case Kind.TypeReference:
      return { Name: [node.typeName.getText(), (node.typeArguments ?? []).map(expression)] };
    case Kind.StringKeyword:
    case Kind.NumberKeyword:
    case Kind.BooleanKeyword:
    case Kind.UnknownKeyword:
    case Kind.UndefinedKeyword:
      return { Name: [node.getText(), []] };
    case Kind.LiteralType:
      return literal(node.literal);
    case Kind.ArrayType:
      return { List: expression(node.elementType) };
    case Kind.ParenthesizedType:
      return expression(node.type);
    case Kind.UnionType:
      return { Union: node.types.map(expression) };
    case Kind.IntersectionType:
      return { Intersection: node.types.map(expression) };
    case Kind.TypeLiteral:
      return { Object: node.members.map(member) };
    default:
      throw new Error(`codegen does not know a ${Kind[node.kind]}, in \`${node.getText()}\``);
  }
}

function literal(node) {
  if (node.kind === Kind.StringLiteral) return { Text: node.text };
  if (node.kind === Kind.NullKeyword) return { Name: ["null", []] };
  return { Number: Number(node.getText()) };
}

function member(node) {
  if (node.kind !== Kind.PropertySignature) throw new Error(`codegen does not know a ${Kind[node.kind]}`);
  const [comment] = ts.getJSDocCommentsAndTags(node);
  return {
    name: ts.isStringLiteral(node.name) ? node.name.text : node.name.getText(),
    description: ts.getTextOfJSDocComment(comment?.comment) ?? "",
    optional: node.questionToken !== undefined,
    value: expression(node.type),
  };
}

const texts = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(texts.map(read)));
