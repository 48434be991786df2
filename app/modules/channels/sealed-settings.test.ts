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
    setEnv(readEnv({ SECRET_KEY: "z".repeat(64) }));
    expect(() => openSettings(sealed, place)).toThrow();
    setEnv(readEnv({ SECRET_KEY: "k".repeat(64) }));
  });

  it("never look the same twice, while a secret's fingerprint does", () => {
    expect(sealSettings({}, place).equals(sealSettings({}, place))).toBe(false);
    expect(secretFingerprint("a")).toBe(secretFingerprint("a"));
    expect(secretFingerprint("a")).not.toBe(secretFingerprint("b"));
  });
});
