import { describe, expect, it } from "vitest";
import { languageOf, textsFor, translatorFor } from "./i18n.server";
import { i18nFor } from "./instance";
import { toLanguage } from "./languages";
import { textSetHas, textSetOf } from "./sections";

const asked = (headers: Record<string, string>) => languageOf(new Request("http://guazu.test/", { headers }));

describe("languageOf", () => {
  it.each([
    ["es-AR,es;q=0.9,en;q=0.8", "es"],
    ["pt-PT", "pt"],
    ["es-419,en;q=0.5", "es"],
    ["fr,de;q=0.9,en;q=0.1", "en"],
    ["en;q=0.2, pt-BR;q=0.7", "pt"],
    ["en;q=0, pt;q=0.1", "pt"],
    ["*", "es"],
    ["gn-PY", "es"],
    ["", "es"],
    [";;;=,,q=", "es"],
  ])("reads the header %j as %s", async (header, language) => {
    expect(await asked({ "Accept-Language": header })).toBe(language);
  });

  it("lets the cookie decide", async () => {
    expect(await asked({ Cookie: "theme=dark; lang=pt", "Accept-Language": "en" })).toBe("pt");
    expect(await asked({ Cookie: "xlang=pt; lang=xx", "Accept-Language": "en" })).toBe("en");
  });
});

it("takes a tag by its first part only", () => {
  expect(toLanguage("PT-br")).toBe("pt");
  expect(toLanguage("esx")).toBeUndefined();
  expect(toLanguage(undefined)).toBeUndefined();
});

describe("the sets of texts", () => {
  it.each([
    ["/", "landing"],
    ["/c/demo", "publicChat"],
    ["/login", "accounts"],
    ["/invite/abc", "accounts"],
    ["/inbox/0190", "app"],
    ["/nowhere", "app"],
    ["/offline", "all"],
  ])("gives %s the set %s", (path, set) => {
    expect(textSetOf(path)).toBe(set);
  });

  it("keeps the app's texts out of the public chat", () => {
    const sections = Object.keys(JSON.parse(textsFor("pt", textSetOf("/c/demo"))));
    expect(
      sections.filter(
        (section) => !["ui", "errors", "conversation", "media", "offline", "publicChat"].includes(section),
      ),
    ).toEqual([]);
    expect(sections).toContain("conversation");
    expect(textSetHas("app", "inbox")).toBe(true);
    expect(textSetHas("app", "publicChat")).toBe(false);
  });
});

describe("translating", () => {
  it("speaks each language", () => {
    expect(translatorFor("es")("ui.retry")).toBe("Reintentar");
    expect(translatorFor("pt")("ui.retry")).toBe("Tentar de novo");
    expect(translatorFor("en")("ui.retry")).toBe("Try again");
  });

  it("has a plural for every number, a million too", () => {
    const t = translatorFor("pt");
    expect(t("ui.newBadge", { count: 1 })).toBe("1 não lida");
    expect(t("ui.newBadge", { count: 2 })).toBe("2 não lidas");
    expect(t("ui.newBadge", { count: 1_000_000 })).toBe("1000000 não lidas");
  });

  it("leaves escaping to React", () => {
    expect(translatorFor("es")("conversation.replyTo", { name: "<b>&" })).toBe("En respuesta a <b>&");
  });

  it("makes one translator for all who need the same", () => {
    expect(i18nFor("es", '{"a":"b"}')).toBe(i18nFor("es", '{"a":"b"}'));
    expect(i18nFor("es", '{"a":"b"}').t("a")).toBe("b");
  });
});
