import { describe, expect, it } from "vitest";
import { limitGuesses } from "./limit-guesses.server";
import { memoryRateLimiter } from "./rate-limit.server";

function world() {
  const clock = { ms: 0 };
  const handler = limitGuesses(
    async (request) => new Response(null, { status: request.url.endsWith("/there") ? 200 : 404 }),
    memoryRateLimiter(() => clock.ms),
  );
  const ask = async (path: string, headers: Record<string, string>, clientAddress = "203.0.113.7") => {
    const request = new Request(`https://guazu.test${path}`, { headers });
    return handler(request, { clientAddress, requestId: "r" }).then(
      ({ status }) => status,
      (error: { status: number }) => error.status,
    );
  };
  return { clock, ask };
}

describe("trying out ids (TA17)", () => {
  it("ends for a browser after some hundred that are not there, for a while, and for nobody else", async () => {
    const { clock, ask } = world();
    for (let n = 0; n < 600; n++) expect(await ask(`/chats/${n}`, { cookie: "a=1" })).toBe(404);
    expect(await ask("/chats/600", { cookie: "a=1" })).toBe(429);
    expect(await ask("/there", { cookie: "a=1" })).toBe(429);
    expect(await ask("/there", { cookie: "b=1" })).toBe(200);
    clock.ms += 2_000;
    expect(await ask("/there", { cookie: "a=1" })).toBe(200);
  });

  it("ends for an address, whatever cookies and tokens it makes up", async () => {
    const { ask } = world();
    for (let n = 0; n < 3_000; n++)
      await ask(`/c/${n}`, n % 2 ? { cookie: `a=${n}` } : { authorization: `Bearer ${n}` });
    expect(await ask("/there", {})).toBe(429);
    expect(await ask("/there", {}, "203.0.113.8")).toBe(200);
  });

  it("never begins for who finds what they ask for", async () => {
    const { ask } = world();
    for (let n = 0; n < 4_000; n++) await ask("/there", { cookie: "a=1" });
    expect(await ask("/there", { cookie: "a=1" })).toBe(200);
  });
});
