import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signedBy, verifySubscription } from "./signature.server";

const sign = (raw: Buffer, secret: string, algorithm = "sha256") =>
  `${algorithm}=${createHmac(algorithm, secret).update(raw).digest("hex")}`;
const secrets = [
  { id: "ours", secret: "first secret" },
  { id: "tenant", secret: "second secret" },
];
/** As on the wire: slashes and everything beyond ASCII escaped. */
const raw = Buffer.from('{"object":"page","entry":[{"id":"1\\/2","text":"\\u00e4 \\ud83d\\udc4d"}]}');

describe("signedBy (TI1, TI2)", () => {
  it("names the secret that fits, and both when two channels share one", () => {
    expect(signedBy(raw, sign(raw, "first secret"), secrets)).toEqual(["ours"]);
    expect(signedBy(raw, sign(raw, "second secret"), secrets)).toEqual(["tenant"]);
    const shared = [...secrets, { id: "twin", secret: "second secret" }];
    expect(signedBy(raw, sign(raw, "second secret"), shared)).toEqual(["tenant", "twin"]);
  });

  const right = sign(raw, "first secret");
  it.each([
    ["no header", undefined],
    ["null", null],
    ["an empty header", ""],
    ["another secret", sign(raw, "third secret")],
    ["another body", sign(Buffer.from("{}"), "first secret")],
    ["the body written anew", sign(Buffer.from(JSON.stringify(JSON.parse(raw.toString()))), "first secret")],
    ["SHA-1 under its own name", sign(raw, "first secret", "sha1")],
    ["SHA-1 under the name of SHA-256", sign(raw, "first secret", "sha1").replace("sha1", "sha256")],
    ["upper-case digits", right.replace(/=.*/, (digits) => digits.toUpperCase())],
    ["no prefix", right.slice("sha256=".length)],
    ["one digit less", right.slice(0, -1)],
    ["one digit more", `${right}0`],
    ["white space", ` ${right}`],
    ["a line break at the end", `${right}\n`],
    ["two headers joined", `${right}, ${right}`],
    ["not hexadecimal", `sha256=${"g".repeat(64)}`],
  ])("refuses %s", (_, header) => {
    expect(signedBy(raw, header, secrets)).toEqual([]);
  });

  it("never fits an empty secret", () => {
    const header = sign(raw, "");
    expect(signedBy(raw, header, [{ id: "empty", secret: "" }, ...secrets])).toEqual([]);
    expect(signedBy(raw, header, [])).toEqual([]);
  });

  it("never throws, and any changed byte refuses", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(), fc.string(), (bytes, at, header) => {
        const body = Buffer.from(bytes);
        const changed = Buffer.from(bytes);
        const i = at % changed.length;
        changed[i] = (changed[i] ?? 0) ^ 1;
        const signature = sign(body, "first secret");
        expect(signedBy(body, signature, secrets)).toEqual(["ours"]);
        expect(signedBy(changed, signature, secrets)).toEqual([]);
        expect(signedBy(body, header, secrets)).toEqual([]);
      }),
    );
  });
});

describe("verifySubscription", () => {
  const ask = (query: string, expected: string | undefined = "guazú") =>
    verifySubscription(new URLSearchParams(query), expected);
  const token = encodeURIComponent("guazú");

  it("answers the bare challenge as plain text", () => {
    const answer = ask(`hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`);
    expect(answer).toMatchObject({ status: 200, body: "1158201444" });
    expect(answer.headers).toMatchObject({
      "Content-Type": expect.stringMatching(/^text\/plain/),
      "X-Content-Type-Options": "nosniff",
    });
  });

  it.each([
    [400, ""],
    [400, `hub.challenge=1&hub.verify_token=${token}`],
    [400, "hub.mode=subscribe&hub.challenge=1"],
    [400, `hub.mode=subscribe&hub.verify_token=${token}`],
    [400, `hub_mode=subscribe&hub_challenge=1&hub_verify_token=${token}`],
    [403, "hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong"],
    [403, `hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=${token}`],
    [403, `hub.mode[]=subscribe&hub.challenge=1&hub.verify_token=${token}`],
    [403, `hub.mode=subscribe&hub.mode=subscribe&hub.challenge=1&hub.verify_token=${token}`],
    [403, `hub.mode=subscribe&hub.challenge=1&hub.verify_token=${token}&hub.verify_token=x`],
    [403, `hub.mode=subscribe&hub.challenge=%3Cscript%3Ealert(1)%3C/script%3E&hub.verify_token=${token}`],
    [403, `hub.mode=subscribe&hub.challenge=1%0A&hub.verify_token=${token}`],
    [403, `hub.mode=subscribe&hub.challenge=${"1".repeat(201)}&hub.verify_token=${token}`],
  ])("answers %i without a body to ?%s", (status, query) => {
    expect(ask(query)).toMatchObject({ status, body: "" });
  });

  it("refuses everybody while no token is set", () => {
    expect(ask("hub.mode=subscribe&hub.challenge=1&hub.verify_token=x", "")).toMatchObject({ status: 403 });
    expect(
      verifySubscription(
        new URLSearchParams("hub.mode=subscribe&hub.challenge=1&hub.verify_token=undefined"),
        undefined,
      ),
    ).toMatchObject({ status: 403 });
  });
});
