import { describe, expect, it } from "vitest";
import { isOf, lookIn, piecesIn, piecesOf, standingOf, versionIn } from "./pieces";

const HTML = `<!DOCTYPE html><html lang="es-AR" data-theme="dark"><head><link href="/assets/root-qVW_1.css"/>
<link rel="modulepreload" href="/assets/framework-Gho.js"/></head><script>import "/assets/manifest-2c26ca68.js";
import * as r from "/assets/root-Y.js";import "/assets/root-Y.js"</script></html>`;

describe("the offline page", () => {
  it("names what it is made of, and of which build", () => {
    expect(piecesIn(HTML)).toEqual([
      "/assets/root-qVW_1.css",
      "/assets/framework-Gho.js",
      "/assets/manifest-2c26ca68.js",
      "/assets/root-Y.js",
    ]);
    expect(versionIn(HTML)).toBe("2c26ca68");
    expect(versionIn("<html>")).toBeNull();
  });

  it("is renewed once pages are of another build, language or theme", () => {
    const page = {
      kind: "standing",
      pathname: "/c/demo",
      version: "2c26ca68",
      look: "es-AR dark",
      assets: [],
    } as const;
    expect(lookIn(HTML)).toBe("es-AR dark");
    expect(lookIn(`<html lang="pt-BR">`)).toBe("pt-BR");
    expect(isOf(HTML, { ...page, assets: [] })).toBe(true);
    expect(isOf(HTML, { ...page, assets: [], version: "other" })).toBe(false);
    expect(isOf(HTML, { ...page, assets: [], look: "pt-BR dark" })).toBe(false);
  });
});

describe("what a page brings with it", () => {
  const routes = {
    root: { id: "root", module: "/assets/root.js", css: ["/assets/root.css"] },
    "routes/c.$handle": { id: "routes/c.$handle", module: "/assets/c.js", imports: ["/assets/outbox.js"] },
    "routes/inbox": { id: "routes/inbox", module: "/assets/inbox.js", imports: ["/assets/outbox.js"] },
  };
  it("is the public chat's for a customer, and the desk's for who works there", () => {
    expect(piecesOf(routes, "/c/demo")).toEqual([
      "/assets/root.js",
      "/assets/root.css",
      "/assets/c.js",
      "/assets/outbox.js",
    ]);
    expect(piecesOf(routes, "/chats")).toEqual([
      "/assets/root.js",
      "/assets/root.css",
      "/assets/inbox.js",
      "/assets/outbox.js",
    ]);
  });

  it("is only what is a piece, whatever a page says", () => {
    const told = { kind: "standing", pathname: "/c/demo", version: "1", look: "es-AR" };
    const assets = ["/assets/a-1.js", "/api/v1/me", "https://evil.example/assets/b.js", "/assets/../inbox", 7];
    expect(standingOf({ ...told, assets })?.assets).toEqual(["/assets/a-1.js"]);
    expect(standingOf({ ...told, assets: "x" })).toBeNull();
    expect(standingOf({ kind: "take over" })).toBeNull();
    expect(standingOf(null)).toBeNull();
  });
});
