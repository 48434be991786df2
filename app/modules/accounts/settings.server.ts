import { hkdfSync } from "node:crypto";
import { type Env, readEnv } from "~/platform/env.server";

/** The settings that accounts depend on; links are made of `publicUrl`, never of what a request says. */
export type AccountSettings = Pick<Env, "publicUrl" | "secretKey" | "smtpUrl" | "production">;

let given: AccountSettings | undefined;
let cookieKey: { of: string; key: string } | undefined;

/** Hands over the process's settings; without it they are read from the environment at first need. */
export function configureAccounts(settings: AccountSettings): void {
  given = settings;
}

export function accountSettings(): AccountSettings {
  given ??= readEnv(process.env);
  return given;
}

export const servesHttps = () => accountSettings().publicUrl.startsWith("https:");

/** The key that signs session cookies, derived, so that it is no other key of the product. */
export function cookieSecret(): string {
  const { secretKey } = accountSettings();
  if (cookieKey?.of !== secretKey) {
    const key = Buffer.from(hkdfSync("sha256", secretKey, "", "guazu session cookie", 32)).toString("hex");
    cookieKey = { of: secretKey, key };
  }
  return cookieKey.key;
}
