import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSink } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Address, INTERNET, type World } from "./find-target.server";
import { createGuardedFetch, type FetchInput } from "./guarded-fetch.server";
import { isPublicAddress } from "./public-address";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let port = 0;
let answer: Answer = () => {};
const asked: IncomingMessage[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked.length = 0;
});

const LOCAL: Address = { address: "127.0.0.1", family: 4 };

/** A world in which names lie where the test says, and the local server is on the internet. */
function world(names: Record<string, Address[] | (() => Address[])>, more: Partial<World> = {}): World {
  return {
    resolve: async (name) => {
      const found = names[name];
      if (!found) throw new Error("no such name");
      return typeof found === "function" ? found() : found;
    },
    isPublic: (address) => address === LOCAL.address || isPublicAddress(address),
    ports: [80, 443, port],
    ...more,
  };
}

const at = (name: string, path = "/") => `http://${name}:${port}${path}`;
const get = (address: string, names: Parameters<typeof world>[0] = {}, input?: FetchInput, more?: Partial<World>) =>
  createGuardedFetch(world({ "site.test": [LOCAL], ...names }, more))(address, input);
const code = (code: string) => ({ code });

it.each(["x.test", "LOCALHOST", "printer.local", "db.internal", "a.example.", "router.home.arpa"])(
  "nobody is asked where %s lies",
  async (name) => {
    expect(await INTERNET.resolve(name)).toEqual([]);
    await expect(createGuardedFetch(INTERNET)(`http://${name}/`)).rejects.toThrow(/unreachable|address_refused/);
  },
);

describe("the guarded fetcher", () => {
  it("brings a page, and says who asks and nothing else", async () => {
    answer = (_, response) => response.end("hola");
    const page = await get(at("site.test", "/a?b=1#c"));
    expect(page).toMatchObject({ status: 200, url: at("site.test", "/a?b=1") });
    expect(page.body.toString()).toBe("hola");
    expect(Object.keys(asked[0]?.headers ?? {}).sort()).toEqual(
      ["accept", "accept-encoding", "connection", "host", "user-agent"].sort(),
    );
    expect(asked[0]?.headers).toMatchObject({
      host: `site.test:${port}`,
      "user-agent": expect.stringMatching(/^Guazu/),
    });
  });

  it("refuses every form of an inside address before it connects (TH1)", async () => {
    let connected = 0;
    const sink = createSink(() => connected++);
    await new Promise<void>((done) => sink.listen(0, "::", done));
    const inside = (sink.address() as AddressInfo).port;
    const guarded = createGuardedFetch({ ...world({}), isPublic: isPublicAddress, ports: [80, 443, inside] });
    const hosts = [
      "127.0.0.1",
      "0.0.0.0",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "[64:ff9b::7f00:1]",
      "2130706433",
      "0177.0.0.1",
    ];
    const more = ["0x7f.0.0.1", "127.1", "169.254.169.254", "[fd00:ec2::254]", "100.64.0.1", "10.0.0.1", "[fe80::1]"];
    const unicode = ["127。0。0。1", "①②⑦.0.0.1", "[2002:7f00:1::]"];
    for (const host of [...hosts, ...more, ...unicode])
      await expect(guarded(`http://${host}:${inside}/`), host).rejects.toMatchObject(code("address_refused"));
    await expect(createGuardedFetch()(`http://127.0.0.1:${inside}/`)).rejects.toMatchObject(code("port_refused"));
    for (const closed of [5432, 6379, 22, 25, 8080])
      await expect(createGuardedFetch()(`http://8.8.8.8:${closed}/`)).rejects.toMatchObject(code("port_refused"));
    expect(connected).toBe(0);
    sink.close();
  });

  it("refuses a name that lies inside, wholly or in part, and the product's own (TH1, TH2)", async () => {
    const names = {
      "inside.test": [{ address: "10.0.0.1", family: 4 as const }],
      "mixed.test": [LOCAL, { address: "192.168.0.1", family: 4 as const }],
      "six.test": [{ address: "::ffff:169.254.169.254", family: 6 as const }],
      localhost: [LOCAL],
    };
    for (const name of Object.keys(names))
      await expect(get(at(name), names), name).rejects.toMatchObject(code("address_refused"));
    await expect(get(at("nowhere.test"))).rejects.toMatchObject(code("unreachable"));
    expect(asked).toEqual([]);
  });

  it("connects to the address that it looked at: a name that lies elsewhere the next moment changes nothing (TH2)", async () => {
    answer = (_, response) => response.end("de afuera");
    let times = 0;
    const rebinding = () => (++times === 1 ? [LOCAL] : [{ address: "10.0.0.1", family: 4 as const }]);
    expect((await get(at("rebind.test"), { "rebind.test": rebinding })).body.toString()).toBe("de afuera");
    expect(times).toBe(1);
    await expect(get(at("rebind.test"), { "rebind.test": rebinding })).rejects.toMatchObject(code("address_refused"));
    expect(asked.length).toBe(1);
  });

  it("follows five redirects and looks anew at each (TH3)", async () => {
    answer = ({ url }, response) => {
      const n = Number(url?.slice(1));
      if (n === 0) return response.end("fin");
      response.writeHead(302, { location: `/${n - 1}` }).end();
    };
    expect((await get(at("site.test", "/5"))).url).toBe(at("site.test", "/0"));
    await expect(get(at("site.test", "/6"))).rejects.toMatchObject(code("too_many_redirects"));
    const refused: [string, string][] = [
      ["http://169.254.169.254/latest/meta-data", "address_refused"],
      ["http://[::ffff:7f00:1]/", "address_refused"],
      ["//inside.test/", "address_refused"],
      ["file:///etc/passwd", "scheme_refused"],
      ["http://a:b@site.test/", "credentials_refused"],
      ["http://site.test:6379/", "port_refused"],
    ];
    for (const [location, why] of refused) {
      answer = (_, response) => response.writeHead(301, { location }).end();
      const names = { "inside.test": [{ address: "127.0.0.2", family: 4 as const }] };
      await expect(get(at("site.test"), names), location).rejects.toMatchObject(code(why));
    }
  });

  it("takes web addresses without a name and password only (TH4)", async () => {
    for (const wrong of [
      "file:///etc/passwd",
      "gopher://site.test/",
      "data:text/plain,x",
      "ftp://site.test",
      "javascript:1",
    ])
      await expect(get(wrong), wrong).rejects.toMatchObject(code("scheme_refused"));
    for (const wrong of ["http://", "site.test", "http://[::1", ""])
      await expect(get(wrong), wrong).rejects.toMatchObject(code("address_invalid"));
    for (const wrong of [`http://good.test@site.test:${port}/`, `http://good.test:80\\@site.test:${port}/`])
      await expect(get(wrong), wrong).rejects.toMatchObject({
        code: expect.stringMatching(/credentials_refused|unreachable/),
      });
    expect(asked).toEqual([]);
  });

  it("ends what is too long, unpacked or not, and takes the beginning where that will do (TH5)", async () => {
    answer = (_, response) => response.end(Buffer.alloc(2_000_000, "a"));
    await expect(get(at("site.test"))).rejects.toMatchObject(code("too_large"));
    expect((await get(at("site.test"), {}, { cut: true, maxBytes: 1000 })).body.length).toBe(1000);
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    answer = (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    await expect(get(at("site.test"))).rejects.toMatchObject(code("too_large"));
    expect((await get(at("site.test"), {}, { cut: true })).body.length).toBe(1_048_576);
    answer = (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("not packed");
    await expect(get(at("site.test"))).rejects.toMatchObject(code("unreachable"));
    answer = (_, response) => response.writeHead(200, { big: "x".repeat(40_000) }).end();
    await expect(get(at("site.test"))).rejects.toMatchObject(code("unreachable"));
  });

  it("waits no longer than it may, wherever the time goes (TH5)", async () => {
    const soon = { timeoutMs: 150 };
    answer = () => {};
    await expect(get(at("site.test"), {}, soon)).rejects.toMatchObject(code("timeout"));
    answer = (_, response) => {
      const drip = setInterval(() => response.write("a"), 20);
      response.on("close", () => clearInterval(drip));
    };
    await expect(get(at("site.test"), {}, soon)).rejects.toMatchObject(code("timeout"));
    const never = { resolve: () => new Promise<Address[]>(() => {}) };
    await expect(get(at("site.test"), {}, soon, never)).rejects.toMatchObject(code("timeout"));
  });

  it("shows the caller's secrets to the origin that was asked for only, and follows nothing but a GET (TH6)", async () => {
    const headers = { authorization: "Bearer secreto" };
    answer = ({ headers: { host }, url }, response) =>
      host?.startsWith("site.") && url === "/"
        ? response.writeHead(307, { location: at("other.test", "/x") }).end()
        : response.end("ok");
    await get(at("site.test"), { "other.test": [LOCAL] }, { headers });
    expect(asked.map((request) => request.headers.authorization)).toEqual(["Bearer secreto", undefined]);
    const posted = await get(at("site.test"), {}, { method: "POST", body: "x", headers });
    expect(posted.status).toBe(307);
  });

  it("takes no header that is the connection's, a cookie, or two in one (TH7)", async () => {
    const wrong = [
      ["Host", "a"],
      ["content-length", "1"],
      ["Cookie", "a=b"],
      ["x", "a\r\nCookie: b"],
      ["x y", "a"],
      ["x", "é\u{1F600}"],
    ];
    for (const [name = "", value = ""] of wrong)
      await expect(get(at("site.test"), {}, { headers: { [name]: value } }), name).rejects.toMatchObject(
        code("header_refused"),
      );
    expect(asked).toEqual([]);
  });

  it("goes to an origin that settings name, wherever it lies, and from there nowhere inside (trap 13)", async () => {
    const guarded = createGuardedFetch({ ...world({}), isPublic: isPublicAddress, ports: [80, 443] });
    const trustedOrigins = [`http://127.0.0.1:${port}`];
    answer = (_, response) => response.end("de prueba");
    expect((await guarded(`http://127.0.0.1:${port}/v25.0/me`, { trustedOrigins })).body.toString()).toBe("de prueba");
    answer = (_, response) => response.writeHead(302, { location: "http://127.0.0.1/" }).end();
    await expect(guarded(`http://127.0.0.1:${port}/`, { trustedOrigins })).rejects.toMatchObject(
      code("address_refused"),
    );
  });
});
