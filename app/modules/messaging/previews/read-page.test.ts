import { describe, expect, it } from "vitest";
import { decodePage, readPage } from "./read-page";

describe("what a page says of itself", () => {
  it("is taken from Open Graph, then Twitter, then the page's own head", () => {
    const own = `<title>Propio &amp; suyo</title><meta name="description" content="De sí">`;
    const twitter = `<meta name="twitter:title" content="Tuit"><meta name="twitter:image" content="/t.png">`;
    const og = `<meta property="og:title" content="Grafo"><meta property="og:image" content="https://a.test/o.png">
      <meta property="og:site_name" content="Sitio"><meta property="og:title" content="Otro">`;
    expect(readPage(own)).toEqual({ title: "Propio & suyo", description: "De sí", site: "", picture: null });
    expect(readPage(own + twitter)).toMatchObject({ title: "Tuit", picture: "/t.png" });
    expect(readPage(og + twitter + own)).toMatchObject({
      title: "Grafo",
      site: "Sitio",
      picture: "https://a.test/o.png",
    });
    expect(readPage("<p>nada</p>")).toBeNull();
  });

  it("is text and nothing else, however hostile, and of a length that fits (TE1, TE6)", () => {
    const hostile = `<title><script>alert(1)</script>\u202Eevil\u0000</title>`;
    expect(readPage(hostile)?.title).toBe("<script>alert(1)</script> evil");
    expect(readPage(`<svg><title>icono</title></svg><title>b</title>`)?.title).toBe("icono");
    expect([...(readPage(`<title>${"😀".repeat(5000)}</title>`)?.title ?? "")].length).toBe(200);
    expect(() => readPage(`${"<a <b ".repeat(100_000)}<title>x</title>`)).not.toThrow();
  });

  it("is read in the charset that the mark, the header or the page says", () => {
    const latin = Buffer.from("<title>Ñandú</title>", "latin1");
    expect(decodePage(latin, "text/html; charset=iso-8859-1")).toContain("Ñandú");
    const own = Buffer.concat([Buffer.from(`<meta charset="windows-1252">`), latin]);
    expect(decodePage(own, "text/html")).toContain("Ñandú");
    const old = `<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"><title>`;
    expect(decodePage(Buffer.concat([Buffer.from(old), Buffer.from([0x93, 0xfa, 0x96, 0x7b])]), "text/html")).toContain(
      "日本",
    );
    expect(decodePage(Buffer.from("\ufeffÑandú"), "text/html; charset=latin1")).toContain("Ñandú");
    expect(decodePage(Buffer.from("Ñandú"), "text/html; charset=nobody-knows")).toContain("Ñandú");
  });
});
