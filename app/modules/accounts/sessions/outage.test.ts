import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, openDatabase } from "~/platform/db.server";
import { readEnv, setEnv } from "~/platform/env.server";
import { findActor } from "../visitor/find-actor.server";
import { sessionCookie } from "./session-cookie.server";
import { signIn } from "./sign-in.server";

const unavailable = expect.objectContaining({ status: 503, code: "unavailable", retryable: true });

beforeAll(() => {
  setEnv(readEnv({ SECRET_KEY: "k".repeat(64) }));
  openDatabase("postgres://nobody@127.0.0.1:9/nothing");
});
afterAll(async () => {
  await closeDatabase();
  setEnv(undefined);
});

test("without its database nobody is taken for a stranger: both say to come back", async () => {
  const client = { address: "203.0.113.7", userAgent: "", sessionToken: null };
  await expect(signIn({ email: "ana@example.test", password: "mate amargo y chipa", client })).rejects.toEqual(
    unavailable,
  );
  const Cookie = sessionCookie("t".repeat(32)).split(";", 1)[0] as string;
  await expect(findActor(new Request("http://localhost/inbox", { headers: { Cookie } }))).rejects.toEqual(unavailable);
});
