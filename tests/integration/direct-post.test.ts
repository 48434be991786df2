import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invalid, unavailable } from "~/platform/errors";
import { dial, header, openServer, readAnswers, speak, type TestServer } from "../support/raw-http";

const PATH = "/webhooks/meta";
const MIB = 1024 * 1024;
let server: TestServer;
let seen: { size: number; signature: string | undefined }[] = [];
let then: (body: Buffer) => Promise<string> = async () => "taken";

beforeAll(async () => {
  const answer = (body: Buffer, headers: ReadonlyMap<string, string>) => {
    seen.push({ size: body.length, signature: headers.get("x-hub-signature-256") });
    return then(body);
  };
  const handler = async (request: Request) => new Response(`Remix's: ${request.method}`);
  server = await openServer({ posts: [{ path: PATH, answer }], handler });
});
afterAll(() => server.close());

const post = (body: RequestInit["body"] | Buffer, headers = {}) =>
  fetch(server.url + PATH, { method: "POST", body: body as never, headers, duplex: "half" } as RequestInit);

describe("a post that goes past Remix", () => {
  it("is handed over whole, with its headers, and only it: the other methods of the address stay Remix's", async () => {
    then = async (body) => body.toString("utf8");
    seen = [];
    const answer = await post("¿hola?", { "X-Hub-Signature-256": "sha256=x" });
    expect([answer.status, await answer.text()]).toEqual([200, "¿hola?"]);
    expect(seen).toEqual([{ size: 7, signature: "sha256=x" }]);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("x-request-id")).toBeTruthy();
    for (const method of ["GET", "PUT", "DELETE"])
      expect(await (await fetch(server.url + PATH, { method })).text()).toBe(`Remix's: ${method}`);
    expect(await (await fetch(`${server.url}${PATH}/more`, { method: "POST" })).text()).toBe("Remix's: POST");
  });

  it("may have no body, come in parts, and be as large as its address allows, announced or not", async () => {
    then = async (body) => String(body.length);
    expect(await (await post(undefined)).text()).toBe("0");
    const parts = (count: number) =>
      new ReadableStream({
        start(controller) {
          for (let n = 0; n < count; n++) controller.enqueue(new Uint8Array(MIB / 2).fill(n));
          controller.close();
        },
      });
    expect(await (await post(parts(8))).text()).toBe(String(4 * MIB));
    expect((await post(Buffer.alloc(4 * MIB))).status).toBe(200);
    seen = [];
    expect((await post(Buffer.alloc(4 * MIB + 1))).status).toBe(413);
    expect((await post(parts(9))).status).toBe(413);
    expect(seen).toEqual([]);
  });

  it("answers an error by its status and code, says when to come again, and tells nothing of what nobody foresaw", async () => {
    then = async () => Promise.reject(invalid("not_so"));
    const refused = await post("x");
    expect([refused.status, await refused.text(), refused.headers.get("retry-after")]).toEqual([422, "not_so", null]);
    then = async () => Promise.reject(unavailable(new Error("secret")));
    const away = await post("x");
    expect([away.status, await away.text(), away.headers.get("retry-after")]).toEqual([503, "unavailable", "5"]);
    then = async () => Promise.reject(new Error("secret"));
    const failed = await post("x");
    expect(failed.status).toBe(500);
    expect(await failed.text()).not.toContain("secret");
    then = async () => "taken";
    expect(await (await post("x")).text()).toBe("taken");
  });

  it("is framed and named as every other request is (TM1)", async () => {
    const twice = `POST ${PATH} HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx`;
    expect((await speak(server.port, twice)).answers[0]?.status).toBe(400);
    const both = `POST ${PATH} HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`;
    expect((await speak(server.port, both)).answers[0]?.status).toBe(400);
    const nameless = `POST ${PATH} HTTP/1.1\r\nHost: a b\r\nContent-Length: 1\r\n\r\nx`;
    expect((await speak(server.port, nameless)).answers[0]?.status).toBe(400);
  });

  it("whose sender leaves half-way reaches nobody, and the server goes on", async () => {
    seen = [];
    const socket = await dial(server.port);
    socket.write(`POST ${PATH} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf`);
    await new Promise((done) => setTimeout(done, 100));
    socket.destroy();
    then = async () => "taken";
    expect(await (await post("x")).text()).toBe("taken");
    expect(seen).toEqual([{ size: 1, signature: undefined }]);
  });

  it("under way is answered while the server stops, and its connection ends", async () => {
    const stopping = await openServer({ posts: [{ path: PATH, answer: async () => "taken" }] });
    const socket = await dial(stopping.port);
    let text = "";
    socket.on("data", (data) => (text += data));
    socket.write(`POST ${PATH} HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nha`);
    await new Promise((done) => setTimeout(done, 100));
    const drained = stopping.drain(5_000);
    socket.write("lf");
    expect(await drained).toBe(0);
    await new Promise((done) => setTimeout(done, 50));
    const [answer] = readAnswers(text);
    expect([answer?.status, answer?.body, header(answer, "connection")]).toEqual([200, "taken", "close"]);
    socket.destroy();
    stopping.close();
  });
});
