import type { Tool } from "../app/link.ts";
import { BulkImport } from "./BulkImport.tsx";
import { Tokens } from "./Tokens.tsx";
import { Webhooks } from "./Webhooks.tsx";

export function ToolPane({ tool }: { tool: Tool }) {
  switch (tool) {
    case "bulk":
      return <BulkImport />;
    case "tokens":
      return <Tokens />;
    case "webhooks":
      return <Webhooks />;
  }
}
