import { describe, expect, test } from "vitest";
import { commonPasswords } from "./common-passwords.server";
import { passwordProblem } from "./password-rules.server";

describe("password rules", () => {
  test.each([
    "mate amargo con tía Rosa",
    "yerba-lapacho-tereré",
    "x7!kQ02#pLz9",
    "пароль мой длинный",
    "玉兰花开在春天的院子里面",
    "🦌🦜🌳🌊🔥🧉🪵🐍🦎🐆",
    "a".concat("é9".repeat(3), "zürich!"),
    "correo viejo 1987 azul",
  ])("takes %s", (password) => {
    expect(passwordProblem(password, ["Ana Ruiz", "ana.ruiz@example.test"])).toBeNull();
  });

  test("takes every length from 10 to 256 characters, spaces included", () => {
    const long = "la vaca lola tiene cabeza y tiene cola; ".repeat(7);
    expect(passwordProblem(long.slice(0, 9))).toBe("password_too_short");
    expect(passwordProblem(long.slice(0, 10))).toBeNull();
    expect(passwordProblem(long.slice(0, 256))).toBeNull();
    expect(passwordProblem(long.slice(0, 257))).toBe("password_too_long");
  });

  test("counts characters, not code units", () => {
    expect(passwordProblem("🦌🦜🌳🌊🔥")).toBe("password_too_short");
  });

  test.each([
    "password123",
    "Passw0rd2024!",
    "P@ssw0rd1234",
    "Contraseña1",
    "contraseña-2026",
    "senhasenha1",
    "qwertyuiop",
    "1qaz2wsx3edc",
    "1234567890",
    "0987654321",
    "9876543210987",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "abababababab",
    "bocajuniors10",
    "te amo mucho 1",
    "guazu-demo-2026",
    "Administrador1",
    "zyxwvutsrqpon",
  ])("refuses %s as too common", (password) => {
    expect(passwordProblem(password)).toBe("password_common");
  });

  test.each(["ana.ruiz@example.test", "ana.ruiz2026", "AnaRuiz!!!!", "An4 Ru1z 77"])(
    "refuses %s for Ana Ruiz",
    (password) => {
      expect(passwordProblem(password, ["Ana Ruiz", "ana.ruiz@example.test"])).toBe("password_personal");
    },
  );

  test("refuse the 3,000 passwords that are chosen most, also with what people hang on to make them longer (TC7)", () => {
    const chosen = [...commonPasswords].slice(0, 3_000);
    expect(chosen).toHaveLength(3_000);
    for (const password of chosen) expect(passwordProblem(password), password).not.toBeNull();
    const longer = chosen.filter((word) => /^[a-z]{6,}$/.test(word)).flatMap((word) => [`${word}2026`, `${word}!!!!`]);
    expect(longer.length).toBeGreaterThan(1_000);
    for (const password of longer) expect(passwordProblem(password), password).not.toBeNull();
    for (const fine of ["yerba con cascarita", "un carpincho mira el río", "dragon de papel azul"])
      expect(passwordProblem(fine)).toBeNull();
  });
});
