import { describe, expect, it } from "vitest";
import { isPicture, wholeUpTo } from "./answer-picture";
import { saysAway, sortRequest } from "./sort-request";

const origin = "https://chat.example";
const sort = (path: string, over: { method?: string; navigates?: boolean; ranged?: boolean; at?: string } = {}) =>
  sortRequest({
    url: new URL(path, over.at ?? origin),
    origin,
    method: over.method ?? "GET",
    navigates: over.navigates ?? false,
    ranged: over.ranged ?? false,
  });
const ID = "01a20579-2204-7423-b6bc-bbdceae7d8f3";

describe("the worker's part in a request", () => {
  it.each(["/", "/inbox", `/inbox/${ID}?view=open`, "/chats", "/c/demo", "/settings", "/admin/areas"])(
    "is a page at %s",
    (path) => {
      expect(sort(path, { navigates: true })).toBe("page");
      expect(sort(path, { navigates: true, method: "POST" })).toBe("other");
      expect(sort(path, { navigates: true, at: "https://evil.example" })).toBe("other");
    },
  );

  it("is to keep what another app shares, and only that", () => {
    expect(sort("/share", { navigates: true, method: "POST" })).toBe("share");
    expect(sort("/share", { method: "POST" })).toBe("other");
    expect(sort("/share", { navigates: true })).toBe("page");
    expect(sort("/share", { navigates: true, method: "POST", at: "https://evil.example" })).toBe("other");
  });

  it.each([
    "/login",
    "/login?next=%2Finbox",
    "/signup",
    "/reset?token=secreto",
    "/invite/secreto",
    "/join/secreto",
    "/join/secreto/picture?size=thumb",
    "/logout",
    "/api/v1/me",
    "/webhooks/meta",
    `/media/${ID}`,
    "/uploads/x",
    "/healthz",
    "/offline",
  ])("is none at %s, however it is asked (TL6)", (path) => {
    for (const navigates of [true, false])
      for (const method of ["GET", "POST"]) expect(sort(path, { navigates, method })).toBe("other");
  });

  it.each([`/chats/${ID}.data?_routes=x`, `/conversations/${ID}/messages?after_seq=0`, "/inbox/counts", "/api/v1/me"])(
    "is none in the data at %s: pages keep theirs, by account (TL6)",
    (path) => expect(sort(path)).toBe("other"),
  );

  it("is a piece of the build, the routes, or a small picture of a message", () => {
    expect(sort("/assets/root-abc.js")).toBe("asset");
    expect(sort("/__manifest?p=%2Fchats&version=1")).toBe("routes");
    expect(sort(`/media/${ID}?size=thumb`)).toBe("picture");
  });

  it("is none in a part of a file, or at another host", () => {
    expect(sort(`/media/${ID}?size=thumb`, { ranged: true })).toBe("other");
    expect(sort("/assets/root-abc.js", { at: "https://cdn.example" })).toBe("other");
  });
});

describe("an answer", () => {
  it("says that the product was not reached, or that it has a fault", () => {
    expect([502, 503, 504].map(saysAway)).toEqual([true, true, true]);
    expect([200, 302, 401, 404, 500, 0].map(saysAway)).not.toContain(true);
  });

  it("is kept when it is a picture, and small: of a larger one no more is read", async () => {
    const picture = (status: number, type: string) =>
      isPicture({ status, headers: new Headers({ "content-type": type }) });
    expect(picture(200, "image/webp")).toBe(true);
    expect([picture(206, "image/webp"), picture(401, "image/webp"), picture(200, "text/html")]).not.toContain(true);
    const headers = { "content-type": "image/webp" };
    const whole = await wholeUpTo(8, new Response("12345678", { headers }));
    expect([whole?.type, await whole?.text()]).toEqual(["image/webp", "12345678"]);
    let read = 0;
    const endless = new ReadableStream({
      pull: (body) => {
        read += 4;
        body.enqueue(new Uint8Array(4));
      },
    });
    expect(await wholeUpTo(8, new Response(endless, { headers }))).toBeNull();
    expect(read).toBeLessThan(32);
  });
});
