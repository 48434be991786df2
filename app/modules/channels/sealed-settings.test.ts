import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEnv, setEnv } from "~/platform/env.server";
import { openSettings, sealSettings, secretFingerprint } from "./sealed-settings.server";

const place = { orgId: "org-a", channelId: "channel-1" };

beforeAll(() => setEnv(readEnv({ SECRET_KEY: "k".repeat(64) })));
afterAll(() => setEnv(undefined));

describe("sealed settings (TK2)", () => {
  it("open again in their own row, and show nothing of themselves", () => {
    const sealed = sealSettings({ access_token: "canary-token" }, place);
    expect(sealed.toString("latin1")).not.toContain("canary");
    expect(openSettings(sealed, place)).toEqual({ access_token: "canary-token" });
  });

  it("do not open in another row, with another key, or when touched", () => {
    const sealed = sealSettings({ access_token: "x" }, place);
    expect(() => openSettings(sealed, { ...place, channelId: "channel-2" })).toThrow();
    const touched = Buffer.from(sealed);
    touched[touched.length - 1] = (touched.at(-1) ?? 0) ^ 1;
    expect(() => openSettings(touched, place)).toThrow();
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => openSettings(changed, place), `byte ${at}`).toThrow();
      expect(() => openSettings(sealed.subarray(0, at), place), `cut at ${at}`).toThrow();
    }
    setEnv(readEnv({ SECRET_KEY: "z".repeat(64) }));
    expect(() => openSettings(sealed, place)).toThrow("another SECRET_KEY");
    setEnv(readEnv({ SECRET_KEY: "k".repeat(64) }));
  });

  it("that were sealed before keys had ids open still", () => {
    const secret = createHash("sha256")
      .update(`channel-settings:${"k".repeat(64)}`)
      .digest();
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", secret, nonce).setAAD(Buffer.from("org-a:channel-1"));
    const text = Buffer.concat([cipher.update('{"access_token":"old"}'), cipher.final()]);
    const sealed = Buffer.concat([Buffer.from([1]), nonce, cipher.getAuthTag(), text]);
    expect(openSettings(sealed, place)).toEqual({ access_token: "old" });
  });

  it("never look the same twice, while a secret's fingerprint does", () => {
    expect(sealSettings({}, place).equals(sealSettings({}, place))).toBe(false);
    expect(secretFingerprint("a")).toBe(secretFingerprint("a"));
    expect(secretFingerprint("a")).not.toBe(secretFingerprint("b"));
  });
});
