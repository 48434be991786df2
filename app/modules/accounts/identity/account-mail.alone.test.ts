import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readEnv, setEnv } from "~/platform/env.server";
import { sendMailSoon } from "~/platform/mail.server";
import { type AccountMail, mailSoon } from "./account-mail.server";

vi.mock("~/platform/mail.server", () => ({ sendMailSoon: vi.fn() }));

const sent = vi.mocked(sendMailSoon);
const link = "https://guazu.test/reset?token=abc";

beforeEach(() => setEnv(readEnv({ SMTP_URL: "smtp://mail.test", SECRET_KEY: "k".repeat(64) })));
afterEach(() => {
  setEnv(undefined);
  sent.mockReset();
});

const write = (kind: AccountMail, over: object = {}) => {
  mailSoon(kind, { to: "ana@example.test", locale: null, name: "Ana", organisation: "Yerbatera", link, ...over });
  return sent.mock.calls.at(-1)?.[1] as { to: string; subject: string; text: string };
};

describe("mails about accounts", () => {
  test.each(["welcome", "alreadyHere", "reset", "passwordChanged", "invitation"] as const)(
    "%s says where to go, in every language",
    (kind) => {
      const texts = (["es", "pt", "en"] as const).map((locale) => write(kind, { locale }));
      for (const mail of texts) {
        expect(mail).toMatchObject({ to: "ana@example.test", text: expect.stringContaining(link) });
        expect(`${mail.subject}${mail.text}`).not.toMatch(/\{\{|accounts\.mail/);
      }
      expect(new Set(texts.map(({ subject }) => subject)).size).toBe(3);
    },
  );

  test("speak Spanish to who chose no language", () => {
    expect(write("reset").subject).toBe("Elegí una contraseña nueva");
    expect(write("reset", { locale: "xx" }).subject).toBe("Elegí una contraseña nueva");
  });

  test("a name cannot bring another header or another link", () => {
    const mail = write("invitation", { organisation: "Banco\r\nBcc: all@example.test\nhttps://evil.test entrá" });
    expect(mail.subject).toBe("Invitación a Banco Bcc: all@example.test evil.test entrá en GuazuApp");
    expect(mail.text.match(/https?:\/\//g)).toHaveLength(1);
  });

  test("are not written without a mail server", () => {
    setEnv(readEnv({ SECRET_KEY: "k".repeat(64) }));
    mailSoon("reset", { to: "ana@example.test", locale: null, link });
    expect(sent).not.toHaveBeenCalled();
  });
});
