import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSocket, type SocketDouble } from "../../../app/modules/realtime/testing/hub-client-double";
import { type Api, apiOf } from "../../support/product";
import { dial, header, pause, speak } from "../../support/raw-http";
import { API_CALLS, type MappedRoute, ROUTES } from "../../support/route-map";
import { type Installation, PASSWORD, PUBLIC, startInstallation, writesOf } from "./foreign-product";

let site: Installation;
let inner = "";
let api: Api;
beforeAll(async () => {
  site = await startInstallation();
  inner = `http://127.0.0.1:${site.product.port}`;
  const { token } = await site.product.cli<{ token: string }>("token:create", "--org", "demo", "--scopes", "*");
  api = apiOf(inner, token);
});
afterAll(() => site?.dispose());

const named = Object.entries(ROUTES);
const pathOf = ({ path }: MappedRoute) =>
  Object.entries(site.ids).reduce((address, [name, id]) => address.replace(`:${name}`, id), path);
/** The data of a page alone, as the client's router asks for it. */
const dataOf = (path: string) => {
  const [bare = "", query] = path.split("?");
  return `${bare === "/" ? "/_root" : bare}.data${query ? `?${query}` : ""}`;
};
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(inner + path, { redirect: "manual", headers });

describe("what another organisation says (TA3)", () => {
  const silent = (text: string, what: string) => {
    expect(text, what).not.toContain(site.other.canary);
    expect(text, what).not.toContain(site.other.orgId);
  };

  it.each(named)("%s holds nothing of it, as a page and as its data", async (_, route) => {
    for (const cookie of Object.values(site.cookies)) {
      for (const path of [pathOf(route), dataOf(pathOf(route))]) {
        silent(await (await get(path, { cookie })).text(), path);
        const asked = `${path}${path.includes("?") ? "&" : "?"}q=${site.other.canary}&org=${site.other.orgId}`;
        const text = await (await get(asked, { cookie })).text();
        // What was asked for may stand in the answer; no row of theirs does.
        silent(text.replaceAll(site.other.canary, "").replaceAll(site.other.orgId, ""), asked);
        expect(text).not.toContain(site.other.ids.conversation);
      }
    }
  });

  it.each(Object.keys(API_CALLS).filter((name) => name.startsWith("GET ") && !name.includes(":")))(
    "%s of the API holds nothing of it",
    async (name) => {
      const path = name.slice("GET ".length);
      for (const query of ["", "?limit=100", `?q=${site.other.canary}`]) {
        silent(JSON.stringify((await api("GET", path + query)).data), path + query);
      }
    },
  );

  it("no frame of the hub does, while they write and answer", async () => {
    const sockets: SocketDouble[] = [];
    for (const who of ["admin", "agente", "cliente"] as const) {
      const headers = { cookie: site.cookies[who], origin: PUBLIC };
      sockets.push(await openSocket(site.product.port, "", { headers }));
    }
    const orgId = ((await api("GET", "/me")) as { data: { organisation_id: string } }).data.organisation_id;
    for (const socket of sockets) {
      socket.say({ t: "hello", resume: { conversations: {}, feed: "0.0" } });
      for (const id of [orgId, site.other.orgId]) socket.say({ t: "sub", topic: `organisation:${id}:tickets` });
      socket.say({ t: "sub", topic: `conversation:${site.other.ids.conversation}` });
    }
    const theirs = apiOf(inner, site.other.guest.token);
    const body = { client_id: crypto.randomUUID(), text: `${site.other.canary} otra vez` };
    expect((await theirs("POST", `/conversations/${site.other.guest.conversationId}/messages`, body)).status).toBe(201);
    const mine = { client_id: crypto.randomUUID(), text: "una nota nuestra", visibility: "staff" };
    expect((await api("POST", `/conversations/${site.ids.conversation}/messages`, mine)).status).toBe(201);
    await sockets[0]?.wait((frame) => frame.t === "event", 20_000);
    for (const socket of sockets) {
      await socket.settled();
      silent(JSON.stringify(socket.frames.filter((frame) => frame.t !== "error")), "frames");
      expect(JSON.stringify(socket.frames)).not.toContain(site.other.canary);
      socket.close();
    }
  });
});

const FOREIGN = ["https://evil.test", "null", `${PUBLIC}.evil.test`, "http://guazu.test", "https://guazu.test:444"];
const METHODS = ["POST", "PUT", "PATCH", "DELETE"];

describe("a write from another site (TD1)", () => {
  it.each(named.filter(([name]) => !["$", "api.v1.$", "webhooks.meta", "uploads.$"].includes(name)))(
    "%s takes none, by whatever method, kind of body or address",
    async (_, route) => {
      const before = await writesOf(site);
      const cookie = site.cookies.admin;
      for (const path of [pathOf(route), dataOf(pathOf(route))]) {
        const ask = async (method: string, headers: Record<string, string>, body = "intent=x") =>
          (await fetch(inner + path, { method, redirect: "manual", headers: { cookie, ...headers }, body })).status;
        for (const method of METHODS) {
          for (const origin of method === "POST" ? FOREIGN : FOREIGN.slice(0, 2))
            expect(await ask(method, { origin }), `${method} ${path} ${origin}`).toBe(403);
          // No word on where it comes from, and a cookie to borrow.
          expect(await ask(method, {}), `${method} ${path}`).toBe(403);
          expect(await ask(method, { "sec-fetch-site": "cross-site" }), `${method} ${path}`).toBe(403);
        }
        for (const type of [
          "text/plain",
          "application/json",
          "application/x-www-form-urlencoded",
          "multipart/form-data",
        ])
          expect(await ask("POST", { origin: FOREIGN[0] ?? "", "content-type": type })).toBe(403);
        expect(await ask("POST", { origin: FOREIGN[0] ?? "", "x-forwarded-host": "evil.test" })).toBe(403);
        // The method that some frameworks read from a form or a header changes nothing of a GET.
        await get(`${path}${path.includes("?") ? "&" : "?"}_method=POST&intent=x`, {
          cookie,
          "x-http-method-override": "POST",
        });
      }
      expect(await writesOf(site)).toBe(before);
    },
  );

  it("doors that sign each call themselves do not take the browser's cookie for it", async () => {
    const before = await writesOf(site);
    for (const name of Object.keys(API_CALLS).filter((one) => !one.startsWith("GET ") && !one.includes("/public/"))) {
      const [method = "", path = ""] = name.split(" ");
      const address = `${inner}/api/v1${path.replace(":id", site.ids.ticket)}`;
      const headers = { origin: "https://evil.test", cookie: site.cookies.admin };
      expect((await fetch(address, { method, headers, body: "{}" })).status, name).toBe(401);
    }
    expect(await writesOf(site)).toBe(before);
  });

  it.each(named)("%s writes no row when it is read", async (_, route) => {
    const before = await writesOf(site);
    for (const cookie of ["", site.cookies.admin, site.cookies.cliente]) {
      for (const path of [pathOf(route), dataOf(pathOf(route))]) {
        for (const method of cookie === site.cookies.admin ? ["GET", "HEAD"] : ["GET"])
          await (await fetch(inner + path, { method, redirect: "manual", headers: cookie ? { cookie } : {} })).text();
      }
    }
    expect(await writesOf(site)).toBe(before);
  });
});

describe("cookies behind https (TC4)", () => {
  const post = (path: string, fields: Record<string, string>, cookie = "") =>
    fetch(inner + path, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams(fields),
      headers: { origin: PUBLIC, ...(cookie && { cookie }) },
    });

  it("are Secure, out of scripts' reach, of this site and small; those that open something are bound to the host", async () => {
    const answers = [
      await post("/login", { email: "agente2@demo.test", password: PASSWORD }),
      await post("/", { language: "pt", theme: "dark", redirectTo: "/" }),
      await post("/settings", { intent: "profile", name: "Ana", locale: "es" }, site.cookies.cliente),
      await post("/c/demo", { text: "hola", client_id: crypto.randomUUID(), visitor: crypto.randomUUID() }),
      await post("/logout", {}),
      ...(await Promise.all(named.map(([, route]) => get(pathOf(route), { cookie: site.cookies.admin })))),
    ];
    const cookies = answers.flatMap((answer) => answer.headers.getSetCookie());
    const names = new Set(cookies.map((cookie) => cookie.split("=", 1)[0]));
    expect(names).toContain("__Host-guazu.session");
    expect(names).toContain("__Host-guazu.guest");
    for (const cookie of cookies) {
      const [pair = "", ...attributes] = cookie.split("; ");
      expect(attributes, cookie).toEqual(expect.arrayContaining(["Secure", "HttpOnly", "SameSite=Lax", "Path=/"]));
      expect(cookie).not.toMatch(/domain/i);
      expect(cookie.length).toBeLessThan(4_096);
      if (!["lang", "theme", "org"].includes(pair.split("=", 1)[0] ?? "")) expect(pair).toMatch(/^__Host-/);
    }
    const session = cookies.find((cookie) => /session=[^;]/.test(cookie)) ?? "";
    const [token = ""] = decodeURIComponent(session.split(";", 1)[0]?.split("=")[1] ?? "").split(".");
    // Over 62 letters and digits, 32 of them are 190 bits; nothing of the account stands in it.
    expect(token).toMatch(/^[A-Za-z0-9]{32,}$/);
  });

  it("a browser is told to come back by https only, at every address, errors too", async () => {
    for (const [, route] of named) {
      const answer = await get(pathOf(route));
      expect(answer.headers.get("strict-transport-security"), route.path).toBe("max-age=31536000");
    }
  });
});

describe("who is not asked for a page (TG9)", () => {
  // tus has an answer of its own to who does not speak it.
  const plain = named.filter(([name]) => name !== "uploads.$");
  it.each(plain)("%s answers HEAD as GET, and bounded to what it does not know", async (name, route) => {
    const path = pathOf(route);
    const headers = { cookie: site.cookies.admin };
    const [whole, head] = [
      await get(path, headers),
      await fetch(inner + path, { method: "HEAD", redirect: "manual", headers }),
    ];
    // Links may be tried so often and no more: the limit may lie between the two.
    const isLink = /^(join|invite)\./.test(name);
    expect(isLink ? [whole.status, 429] : [whole.status]).toContain(head.status);
    expect(await head.text()).toBe("");
    const options = await fetch(inner + path, { method: "OPTIONS", redirect: "manual", headers });
    expect(options.status).toBeLessThan(500);
    expect(options.headers.get("access-control-allow-origin")).toBeNull();
    const raw = `Host: guazu.test\r\nCookie: ${headers.cookie}\r\n\r\n`;
    for (const method of ["TRACE", "CONNECT", "BREW", "PROPFIND"]) {
      const { answers } = await speak(site.product.port, `${method} ${path} HTTP/1.1\r\n${raw}`, { thenClosed: true });
      expect([405, 505]).toContain(answers[0]?.status);
      expect(answers[0]?.body).not.toContain(headers.cookie);
    }
  });

  it("the manifest of routes answers a few addresses and refuses an endless list of them", async () => {
    const few = await get("/__manifest?p=%2Flogin&p=%2Finbox");
    // Nothing for a page of another build, which is to load anew.
    expect([200, 204]).toContain(few.status);
    const many = Array.from({ length: 400 }, (_, i) => `p=%2Fnowhere%2F${i}`).join("&");
    const refused = await get(`/__manifest?${many}`);
    expect([204, 400, 404, 414]).toContain(refused.status);
    expect((await refused.text()).length).toBeLessThan(100_000);
    expect((await get(`/__manifest?p=${"x".repeat(9_000)}`)).status).toBe(414);
  });

  it("a page's data that does not exist is not found, and its cache is nobody's", async () => {
    for (const path of ["/nothing.data", "/inbox/x/y.data", "/_root.data.data", "/app/x.css", "/inbox/x.css"]) {
      const answer = await get(path, { cookie: site.cookies.admin });
      expect([202, 302, 404], path).toContain(answer.status);
      expect(answer.headers.get("cache-control"), path).toContain("no-store");
    }
  });
});

describe("what is made to hurt", () => {
  const FORM = "application/x-www-form-urlencoded";
  const part = (name: string) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n1\r\n`;
  const bodies: [type: string, body: string][] = [
    [FORM, "__proto__[admin]=1&constructor.prototype.admin=1&__proto__=1&intent=__proto__"],
    [FORM, "intent=constructor&intent=toString"],
    [FORM, "intent[]=x&intent[a][b][c]=x&text[]=x&email[$ne]=x"],
    [FORM, Array.from({ length: 5_000 }, (_, i) => `k${i}=1`).join("&")],
    [FORM, `a${"[b]".repeat(5_000)}=1`],
    [FORM, "%=%&%zz=%ff&=&&&"],
    ["multipart/form-data; boundary=x", `${Array.from({ length: 1_000 }, (_, i) => part(`k${i}`)).join("")}--x--\r\n`],
    ["application/json", '{"__proto__":{"admin":1},"client_id":["a"],"text":{"a":1},"seq":{"$gt":0}}'],
    ["application/json", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
  ];
  /** What takes files takes more, in MiB. */
  const LARGE = { "/contacts/import": 21, "/admin/organisation": 6 };
  const posted = named.filter(([name]) => !["$", "api.v1.$", "webhooks.meta", "uploads.$", "logout"].includes(name));

  it.each(posted)(
    "%s is not broken by a form or a body of it, and stores nothing (TG2, TG3, TG7)",
    async (_, route) => {
      const before = await writesOf(site);
      for (const [type, body] of bodies) {
        const headers = { origin: PUBLIC, cookie: site.cookies.admin, "content-type": type };
        const answer = await fetch(inner + pathOf(route), { method: "POST", redirect: "manual", headers, body });
        expect(answer.status, `${type} ${body.slice(0, 60)}`).toBeLessThan(500);
      }
      const large = { method: "POST", headers: { origin: PUBLIC, cookie: site.cookies.admin, "content-type": FORM } };
      const mib = Object.entries(LARGE).find(([path]) => route.path.startsWith(path))?.[1] ?? 2;
      const refused = await fetch(inner + pathOf(route), { ...large, body: `text=${"a".repeat(mib * 1024 * 1024)}` });
      expect(refused.status).toBe(413);
      expect(await writesOf(site)).toBe(before);
    },
  );

  it.each(["changes?after=", "messages?after_seq=", "messages?before_seq=", "messages?limit=", "changes?limit="])(
    "a number that the database cannot hold is refused: /conversations/…/%s (TG7)",
    async (query) => {
      const cookie = site.cookies.admin;
      for (const value of ["99999999999", "9007199254740993", "1e300", "-1", "1.5", "NaN", "x", ""]) {
        const { status } = await get(`/conversations/${site.ids.conversation}/${query}${value}`, { cookie });
        expect(status, value).toBeLessThan(500);
      }
    },
  );
});

describe("a token in the address (TB2)", () => {
  it("opens nothing but the hub", async () => {
    const { token } = await site.product.cli<{ token: string }>("token:create", "--org", "demo", "--scopes", "*");
    for (const path of ["/api/v1/me", "/inbox", "/me", "/api/v1/tickets"]) {
      expect([302, 401], path).toContain((await get(`${path}?access_token=${token}`)).status);
    }
    const socket = await openSocket(site.product.port, "", { headers: {}, query: `?access_token=${token}` });
    await socket.settled();
    socket.close();
    expect(site.product.said()).not.toContain(token);
  });
});

describe("a client that goes away (F39)", () => {
  const points: Record<string, (head: string) => Promise<void>> = {
    async "after the head"(head) {
      const socket = await dial(site.product.port);
      socket.write(`POST ${head}Content-Length: 100000\r\n\r\n`);
      socket.resetAndDestroy();
    },
    async "within the body"(head) {
      const socket = await dial(site.product.port);
      socket.write(`POST ${head}Content-Length: 100000\r\n\r\n`);
      socket.write("intent=x&text=".padEnd(50_000, "a"));
      await pause(5);
      socket.resetAndDestroy();
    },
    async "before the answer"(head) {
      const socket = await dial(site.product.port);
      socket.write(`GET ${head}\r\n`);
      await pause(1);
      socket.resetAndDestroy();
    },
    async "after the answer began"(head) {
      const socket = await dial(site.product.port);
      socket.write(`GET ${head}\r\n`);
      await Promise.race([new Promise((heard) => socket.once("data", heard)), pause(2_000)]);
      socket.resetAndDestroy();
    },
  };
  it.each(named)("from %s ends nothing but its request", async (_, route) => {
    const pid = site.product.pid();
    const origin = `Origin: ${PUBLIC}\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
    const head = `${pathOf(route)} HTTP/1.1\r\nHost: guazu.test\r\nCookie: ${site.cookies.admin}\r\n${origin}`;
    await Promise.all(Object.values(points).flatMap((cut) => [cut(head), cut(head)]));
    const { answers } = await speak(site.product.port, "GET /readyz HTTP/1.1\r\nHost: guazu.test\r\n\r\n", {
      waitMs: 20_000,
    });
    expect(answers[0]?.status).toBe(200);
    expect(header(answers[0], "cache-control")).toBe("no-store");
    expect(site.product.pid()).toBe(pid);
  });
});
