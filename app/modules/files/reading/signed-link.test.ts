import { beforeAll, expect, it } from "vitest";
import { readEnv, setEnv } from "~/platform/env.server";
import { isSignedFor, signedLink } from "./signed-link.server";

beforeAll(() => setEnv(readEnv({ SECRET_KEY: "5ec4e7".repeat(11) })));

const id = "01a21b28-7636-77b4-aad9-6a8f54f30558";
const other = "01a21b28-7636-77b4-aad9-6a8f54f30559";
const soon = () => new Date(Date.now() + 60_000);
const opens = (link: string, file: string) => isSignedFor(new Request(link), file);

it("opens the one file that it was made for, however its id is written", () => {
  const link = signedLink(id, soon());
  expect([opens(link, id), opens(link, id.toUpperCase()), opens(link, other)]).toEqual([true, true, false]);
});

it("opens nothing once its time is over, or when the time or the signature were changed", () => {
  expect(opens(signedLink(id, new Date(Date.now() - 1_000)), id)).toBe(false);
  const link = new URL(signedLink(id, soon()));
  const longer = new URL(link);
  longer.searchParams.set("until", String(Number(link.searchParams.get("until")) + 3_600));
  const unsigned = new URL(link);
  unsigned.searchParams.delete("signature");
  expect([longer, unsigned].map((one) => opens(one.href, id))).toEqual([false, false]);
});
