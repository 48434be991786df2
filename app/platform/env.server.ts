import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { proxyTrust } from "./http/client-address.server";

/** A setting that cannot be used; its message is the one line that the person who starts the product reads. */
export class SettingError extends Error {}

const SERVICES = ["web", "hub", "worker"] as const;
export type Service = (typeof SERVICES)[number];
const LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const url = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    message: `must be an address that starts with ${protocols.map((p) => `${p}//`).join(" or ")}`,
  });
const flag = z.enum(["0", "1"], { message: "must be 0 or 1" });

const settings = z.object({
  PORT: z.coerce
    .number({ message: "must be a number" })
    .int()
    .min(1, "must be a port from 1 to 65535")
    .max(65535, "must be a port from 1 to 65535")
    .default(3000),
  HOST: z.string().default("0.0.0.0"),
  PUBLIC_URL: url("http:", "https:").optional(),
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: url("postgres:", "postgresql:").optional(),
  REDIS_URL: url("redis:", "rediss:").optional(),
  SERVICES: z
    .string()
    .default(SERVICES.join(","))
    .transform((value) => value.split(",").map((s) => s.trim()))
    .pipe(z.array(z.enum(SERVICES, { message: `must be a comma list of ${SERVICES.join(", ")}` })).min(1)),
  SECRET_KEY: z.string().min(32, "must be at least 32 characters").optional(),
  META_APP_ID: z.string().optional(),
  META_APP_SECRET: z.string().optional(),
  META_VERIFY_TOKEN: z.string().optional(),
  META_GRAPH_URL: url("http:", "https:").default("https://graph.facebook.com"),
  META_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, "must look like v25.0")
    .default("v25.0"),
  S3_ENDPOINT: url("http:", "https:").optional(),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY: z.string().optional(),
  SMTP_URL: url("smtp:", "smtps:").optional(),
  DEMO: flag.optional(),
  SERVICE_WORKER: z.enum(["on", "off"], { message: "must be on or off" }).default("on"),
  LOG_LEVEL: z.enum(LEVELS, { message: `must be one of ${LEVELS.join(", ")}` }).default("info"),
  METRICS_TOKEN: z.string().min(16, "must be at least 16 characters").optional(),
  TRUST_PROXY: z
    .string()
    .optional()
    .superRefine((value, check) => {
      const wrong = wrongProxy(value);
      if (wrong) check.addIssue({ code: "custom", message: wrong });
    }),
});

/** Settings whose value never stands in a message. */
const SECRET = /SECRET|TOKEN|ACCESS_KEY|_URL$/;

const withoutSlash = (value: string) => value.replace(/\/+$/, "");

function trustedProxies(value: string | undefined): string[] | boolean {
  if (!value || value === "0" || value === "false") return false;
  if (value === "1" || value === "true") return true;
  return value.split(",").map((address) => address.trim());
}

/** Why the proxies cannot be read, if so: asked with the other settings, before anything is opened. */
function wrongProxy(value: string | undefined): string | null {
  try {
    proxyTrust(trustedProxies(value));
    return null;
  } catch (error) {
    return (error as Error).message.replace(/^TRUST_PROXY /, "");
  }
}

/** Where files lie when not under DATA_DIR: all four settings or none. @throws SettingError */
function bucketOf(s: z.infer<typeof settings>) {
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY, S3_SECRET_KEY } = s;
  const four = { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY, S3_SECRET_KEY };
  const missing = Object.entries(four).flatMap(([name, value]) => (value ? [] : [name]));
  if (missing.length === 4) return undefined;
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_ACCESS_KEY || !S3_SECRET_KEY)
    throw new SettingError(`${missing.join(", ")} must be set too, since other settings of S3 are`);
  return { endpoint: withoutSlash(S3_ENDPOINT), name: S3_BUCKET, accessKey: S3_ACCESS_KEY, secretKey: S3_SECRET_KEY };
}

/** The key that signs cookies and encrypts channels' secrets: SECRET_KEY, else one made once under DATA_DIR (mode 0600). */
function secretKey(given: string | undefined, dataDir: string): string {
  if (given) return given;
  const file = join(dataDir, "secret.key");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8").trim();
}

/**
 * Reads and checks the settings of the environment. Empty values count as unset.
 * @throws SettingError with one line that names the setting
 */
export function readEnv(source: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== "" && value !== undefined));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? "settings");
    const value = SECRET.test(name) ? "" : ` (it is "${given[name] ?? ""}")`;
    throw new SettingError(`${name} ${issue?.message ?? "is wrong"}${value}`);
  }
  const s = parsed.data;
  const dataDir = resolve(s.DATA_DIR);
  return {
    port: s.PORT,
    host: s.HOST,
    publicUrl: withoutSlash(s.PUBLIC_URL ?? `http://localhost:${s.PORT}`),
    dataDir,
    databaseUrl: s.DATABASE_URL,
    redisUrl: s.REDIS_URL,
    services: new Set<Service>(s.SERVICES),
    get secretKey() {
      return secretKey(s.SECRET_KEY, dataDir);
    },
    meta: {
      appId: s.META_APP_ID,
      appSecret: s.META_APP_SECRET,
      verifyToken: s.META_VERIFY_TOKEN,
      graphUrl: withoutSlash(s.META_GRAPH_URL),
      version: s.META_VERSION,
    },
    bucket: bucketOf(s),
    smtpUrl: s.SMTP_URL,
    demo: s.DEMO === "1",
    serviceWorker: s.SERVICE_WORKER === "on",
    logLevel: s.LOG_LEVEL,
    metricsToken: s.METRICS_TOKEN,
    trustProxy: trustedProxies(s.TRUST_PROXY),
    production: source.NODE_ENV === "production",
  };
}

export type Env = ReturnType<typeof readEnv>;

let current: Env | undefined;

/** The process's settings, read at the first call. */
export function env(): Env {
  current ??= readEnv(process.env);
  return current;
}

/** Takes other settings than the environment's; for tests, and for a start that was given its own. */
export function setEnv(settings: Env | undefined): void {
  current = settings;
}
