import { hash, parseOptions } from "@node-rs/argon2";
import { describe, expect, test } from "vitest";
import { hashPassword, needsRehash, verifyPassword } from "./passwords.server";

describe("password hashes (TC7)", () => {
  test("are argon2id with at least 19 MiB, two passes and one lane, each with its own salt", async () => {
    const [one, two] = await Promise.all([hashPassword("tereré con yuyos"), hashPassword("tereré con yuyos")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(parseOptions(one).saltLen).toBeGreaterThanOrEqual(16);
  });

  test("know their password, and only it", async () => {
    const hashed = await hashPassword("tereré con yuyos");
    expect(await verifyPassword(hashed, "tereré con yuyos")).toBe(true);
    expect(await verifyPassword(hashed, "Tereré con yuyos")).toBe(false);
    expect(await verifyPassword(hashed, "")).toBe(false);
    expect(await verifyPassword("no hash at all", "tereré con yuyos")).toBe(false);
  });

  test("take the same text however it was composed", async () => {
    const hashed = await hashPassword("terere\u0301 con yuyos");
    expect(await verifyPassword(hashed, "terer\u00e9 con yuyos")).toBe(true);
  });

  test("cut nothing off: the 256th character counts", async () => {
    const long = "ñandú ".repeat(43).slice(0, 256);
    const hashed = await hashPassword(long);
    expect(await verifyPassword(hashed, long)).toBe(true);
    expect(await verifyPassword(hashed, `${long.slice(0, 255)}x`)).toBe(false);
  });

  test("tell when they are weaker than today's", async () => {
    expect(needsRehash(await hash("x", { memoryCost: 8_192, timeCost: 2, parallelism: 1 }))).toBe(true);
    expect(needsRehash(await hash("x", { memoryCost: 19_456, timeCost: 1, parallelism: 1 }))).toBe(true);
    expect(needsRehash(await hashPassword("x"))).toBe(false);
  });

  test("are made two at once, and who comes when far too many wait is sent away", async () => {
    const all = await Promise.allSettled(Array.from({ length: 203 }, () => verifyPassword("no hash", "x")));
    const refused = all.filter((one) => one.status === "rejected");
    expect(refused).toHaveLength(1);
    expect(await verifyPassword(await hashPassword("después"), "después")).toBe(true);
  });
});
