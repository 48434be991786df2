import { describe, expect, it } from "vitest";
import { harmlessName } from "./harmless-name";

describe("a file's name (TF3, TE5)", () => {
  it.each([
    ["foto.jpg", "foto.jpg"],
    ["../../etc/passwd", "passwd"],
    ["C:\\fakepath\\informe año.pdf", "informe año.pdf"],
    ["/abs/olute.txt", "olute.txt"],
    ["a\u0000b\n.png", "ab.png"],
    ["factura\u202Egpj.exe", "facturagpj.exe"],
    ["a\u2066b\u200Bc\uFEFF.txt", "abc.txt"],
    ['qu"o<te>|s?*.txt', "qu_o_te__s__.txt"],
    ["NUL.txt", "_NUL.txt"],
    ["con", "_con"],
    [".htaccess", "htaccess"],
    ["..", "file"],
    ["", "file"],
    ["\u202E", "file"],
    ["n\u0303.txt", "ñ.txt"],
    ["\ud800x.txt", "\ufffdx.txt"],
  ])("%j becomes %j", (given, expected) => expect(harmlessName(given)).toBe(expected));

  it("is never too long for a file system, and keeps its ending and its letters whole", () => {
    for (const given of [`${"x".repeat(300)}.pdf`, `${"ñ".repeat(300)}.pdf`, `${"👩‍👩‍👧".repeat(100)}.pdf`]) {
      const name = harmlessName(given);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
      expect(name).toMatch(/\.pdf$/);
      expect(name.isWellFormed()).toBe(true);
    }
    expect(Buffer.byteLength(harmlessName(`a${"\u0301".repeat(10_000)}.png`))).toBeLessThanOrEqual(200);
  });
});
