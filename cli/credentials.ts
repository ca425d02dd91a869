// Key, secret and address: from flags, then the environment, then a file in the folder. The secret has no flag, because
// other users of the machine can see arguments, and shells keep them.

import { readFileSync } from "node:fs";
import { parse } from "dotenv";
import { StreamClient, type StreamClientOptions } from "getstream-users";
import { EXIT, Failure } from "./exit.js";
import { canAsk } from "./terminal.js";

export interface CredentialOptions {
  apiKey?: string;
  secretFile?: string;
  baseUrl?: string;
  envFile?: string;
}

interface Credentials {
  apiKey: string;
  secret: string;
  basePath: string | undefined;
}

/** The files that are read by default: dotenv's and Wrangler's. */
const FILES = [".env", ".dev.vars"];

/** A server's client for the app in flags, environment and files. */
export async function clientOf(options: CredentialOptions, more: StreamClientOptions = {}): Promise<StreamClient> {
  return clientWith(await credentialsOf(options), more);
}

export function clientWith({ apiKey, secret, basePath }: Credentials, more: StreamClientOptions): StreamClient {
  return new StreamClient(apiKey, secret, { ...(basePath !== undefined && { basePath }), ...more });
}

export async function credentialsOf(options: CredentialOptions): Promise<Credentials> {
  const files = variablesOf(options.envFile);
  const variable = (name: string) => process.env[name] || files[name] || undefined;
  const apiKey = options.apiKey ?? variable("STREAM_API_KEY");
  if (apiKey === undefined) throw missing("key", "STREAM_API_KEY", "--api-key KEY");
  const secret = secretIn(options.secretFile) ?? variable("STREAM_API_SECRET") ?? (await askedSecret(apiKey));
  if (secret === undefined) throw missing("secret", "STREAM_API_SECRET", "--secret-file FILE");
  return { apiKey, secret, basePath: options.baseUrl ?? variable("STREAM_BASE_URL") };
}

function missing(what: string, variable: string, flag: string): Failure {
  const message = `no ${what}: set ${variable}, in the environment or in .env or .dev.vars, or pass ${flag}`;
  return new Failure(message, EXIT.credentials);
}

/** The variables in files. The first file that has a variable wins. */
function variablesOf(named: string | undefined): Record<string, string> {
  if (named !== undefined) return parse(read(named, "--env-file"));
  const found = FILES.map((file) => {
    try {
      return parse(readFileSync(file));
    } catch {
      return {};
    }
  });
  return Object.assign({}, ...found.reverse());
}

function secretIn(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  const secret = read(file === "-" ? 0 : file, "--secret-file")
    .toString("utf8")
    .trim();
  if (secret === "") throw new Failure("--secret-file: the file is empty", EXIT.credentials);
  return secret;
}

function read(file: string | number, flag: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Failure(`${flag}: ${(error as Error).message}`, EXIT.credentials);
  }
}

async function askedSecret(apiKey: string): Promise<string | undefined> {
  if (!canAsk()) return undefined;
  const { askSecret } = await import("./ask.js");
  return (await askSecret(`Secret of the app ${apiKey}`)) || undefined;
}
