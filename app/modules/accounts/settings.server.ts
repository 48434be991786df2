import { hkdfSync } from "node:crypto";
import { env } from "~/platform/env.server";

let cookieKey: { of: string; key: string } | undefined;

/** Whether browsers reach this installation by https, as its own address says. */
export const servesHttps = () => env().publicUrl.startsWith("https:");

/** The key that signs session cookies, derived, so that it is no other key of the product. */
export function cookieSecret(): string {
  const { secretKey } = env();
  if (cookieKey?.of !== secretKey) {
    const key = Buffer.from(hkdfSync("sha256", secretKey, "", "guazu session cookie", 32)).toString("hex");
    cookieKey = { of: secretKey, key };
  }
  return cookieKey.key;
}
