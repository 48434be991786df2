import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareMime, safeFileName } from "./file-name";

describe("bareMime", () => {
  it.each([
    ["audio\\/ogg; codecs=opus", "audio/ogg"],
    ["IMAGE/JPEG", "image/jpeg"],
    [
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ],
    ["image", null],
    ["text/html\r\nX-Bad: 1", null],
    [undefined, null],
  ])("reads %j as %j", (value, mime) => {
    expect(bareMime(value)).toBe(mime);
  });
});

describe("safeFileName", () => {
  it.each([
    ["factura.pdf", "factura.pdf"],
    ["../../etc/passwd", "passwd"],
    ["C:\\Windows\\system.ini", "system.ini"],
    ["..", "document.pdf"],
    ["", "document.pdf"],
    [undefined, "document.pdf"],
    [".htaccess", "htaccess"],
    ["gpj.\u202eexe.pdf", "gpj.exe.pdf"],
    ["a\r\nb\u0000.pdf", "ab.pdf"],
    ["presupuesto año 2026 👍.xlsx", "presupuesto año 2026 👍.xlsx"],
  ])("makes %j into %j", (given, name) => {
    expect(safeFileName(given, "document", "application/pdf")).toBe(name);
  });

  it("makes up an extension from the type, or none known", () => {
    expect(safeFileName(undefined, "voice", "audio/ogg")).toBe("voice.ogg");
    expect(safeFileName(undefined, "file", null)).toBe("file.bin");
    expect(safeFileName(undefined, "file", "constructor")).toBe("file.bin");
  });

  it("keeps the extension of a name that is too long", () => {
    const name = safeFileName(`${"ñ".repeat(400)}.pdf`, "document", null);
    expect(name).toMatch(/^ñ+\.pdf$/);
    expect([...name]).toHaveLength(200);
  });

  it("never gives a path, a hidden file or a control character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (given) => {
        const name = safeFileName(given, "file", null);
        expect(name).not.toBe("");
        expect(name).not.toMatch(/[/\\\p{Cc}]|^\./u);
        expect([...name].length).toBeLessThanOrEqual(200);
      }),
    );
  });
});
