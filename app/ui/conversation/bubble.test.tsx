import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { textsFor } from "~/i18n/i18n.server";
import { i18nFor } from "~/i18n/instance";
import type { Language } from "~/i18n/languages";
import { TranslationProvider } from "~/i18n/translation";
import { TimeZone } from "../time";
// Loaded before the first bubble asks for them: what is still being loaded when a file ends keeps the suite waiting.
import "./attachments/attachments";
import "./previews/link-preview";
import { Bubble } from "./bubble";
import { ChoiceButtons } from "./choice-buttons";
import { Composer } from "./composer";
import type { MessageView } from "./message-view";

const served = Date.parse("2026-11-22T15:00:00Z");

function draw(element: ReactElement, language: Language = "es") {
  return renderToStaticMarkup(
    <TranslationProvider i18n={i18nFor(language, textsFor(language, "publicChat"))}>
      <TimeZone timeZone="America/Argentina/Buenos_Aires" servedAt={served}>
        {element}
      </TimeZone>
    </TranslationProvider>,
  );
}

const message = (more: Partial<MessageView> = {}): MessageView => ({
  id: "m1",
  author: { kind: "contact", id: "c1", name: "Rosa" },
  kind: "text",
  text: "Hola",
  visibility: "public",
  created_at: "2026-11-22T12:07:00Z",
  ...more,
});

describe("Bubble", () => {
  it("says who wrote it and when, in the organisation's time zone", () => {
    const html = draw(<Bubble own={false} message={message()} />);
    expect(html).toContain('aria-label="Rosa, 09:07"');
    expect(html).toContain('<time dateTime="2026-11-22T12:07:00.000Z"');
    expect(draw(<Bubble own message={message()} />, "pt")).toContain('aria-label="Você, 09:07"');
  });

  it("says what was passed on, kept at the head or starred, and puts in bold whom it calls, as text", () => {
    const mentions = [{ id: "p1", name: "Ana <b>" }];
    const html = draw(
      <Bubble
        own={false}
        starred
        message={message({ text: "hola @Ana <b>", mentions, forwarded: true, pinned_at: "2026-11-22T12:08:00Z" })}
      />,
    );
    expect(html).toMatch(
      /Reenviado.*<strong[^>]*>@Ana &lt;b&gt;<\/strong>.*aria-label="Fijado".*aria-label="Destacado"/,
    );
    expect(draw(<Bubble own={false} message={message()} />)).not.toMatch(/Reenviado|Fijado|Destacado|<strong/);
  });

  it("shows simple marks as what they mean, within whatever else the text holds", () => {
    const html = draw(<Bubble own={false} message={message({ text: "*Ojo*: _mirá_ https://a.test/_x_ y `rm -r`" })} />);
    expect(html).toMatch(/<strong[^>]*>Ojo<\/strong>: <em>mirá<\/em> <a [^>]*href="https:\/\/a.test\/_x"/);
    expect(html).toMatch(/<code[^>]*>rm -r<\/code>/);
  });

  it.each([
    "*[x](javascript:alert(1))*",
    "![x](x onerror=alert(1))",
    "_<b onclick=alert(1)>x</b>_",
    "`</code><script>alert(1)</script>`",
    "```\n<script>alert(1)</script>\n```",
    "[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "*_~".repeat(3_000),
    "`*".repeat(3_000),
    "*a".repeat(3_000),
  ])("makes of marks no markup, however they are nested: %j (TE2)", (text) => {
    const html = draw(<Bubble own={false} message={message({ text })} />);
    const elements = [...html.matchAll(/<([a-z]+)/g)].map(([, name]) => name);
    const known = ["article", "div", "p", "span", "bdi", "time", "svg", "path", "strong", "em", "s", "code"];
    expect(elements.filter((name) => !known.includes(name ?? ""))).toEqual([]);
    // Words may look like one: as an attribute it would stand within a tag.
    expect(html).not.toMatch(/<[^>]*\s(?:on\w+|href|src)=/);
  });

  it("draws own, other, bot and note each in a look of its own", () => {
    const bot = message({ author: { kind: "bot", id: "b", name: "Bot" } });
    const looks = [
      draw(<Bubble own message={message()} />),
      draw(<Bubble own={false} message={message()} />),
      draw(<Bubble own={false} message={bot} />),
      draw(<Bubble own message={message({ visibility: "staff" })} />),
    ].map((html) => /bg-bubble-own|bg-bubble-other|bg-river-soft|bg-amber-soft/.exec(html)?.[0]);
    expect(looks).toEqual(["bg-bubble-own", "bg-bubble-other", "bg-river-soft", "bg-amber-soft"]);
    expect(draw(<Bubble own message={message({ visibility: "staff" })} />)).toContain("Nota interna");
  });

  it.each([
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "</p><iframe srcdoc='<b>'>",
    "javascript:alert(1)",
    'https://a.example/"onmouseover="alert(1)',
    "\u202e<b>evil\u202c",
  ])("shows %j as the text that it is, wherever it stands (TE1)", (hostile) => {
    const html = draw(
      <Bubble
        own={false}
        message={message({
          author: { kind: "member", id: "x", name: hostile },
          text: hostile,
          attachments: [{ id: "a", kind: "file", name: hostile, size: 1, url: "/media/a", state: "ready" }],
        })}
        quote={{ id: "q", name: hostile, text: hostile }}
        choices={<ChoiceButtons choices={[{ id: "1", label: hostile }]} onPick={() => undefined} />}
      />,
    );
    const tags = [...html.matchAll(/<([a-z0-9]+)/g)].map((match) => match[1]);
    const ours = [
      "article",
      "div",
      "p",
      "bdi",
      "span",
      "a",
      "svg",
      "path",
      "time",
      "ul",
      "li",
      "button",
      "rect",
      "circle",
    ];
    expect(tags.filter((tag) => !ours.includes(tag ?? ""))).toEqual([]);
    expect(html.replaceAll(/"[^"]*"/g, "")).not.toMatch(/<[^>]*\son\w+=/);
    expect(html).not.toMatch(/(?:href|src)="(?!https?:|\/media\/)/);
  });

  it("opens addresses without telling them where from", () => {
    const html = draw(<Bubble own={false} message={message({ text: "mirá https://a.example/x" })} />);
    expect(html).toContain('href="https://a.example/x" target="_blank" rel="noopener noreferrer nofollow ugc"');
  });

  it("hides the words of a deleted message and does not offer them to scripts either", () => {
    const html = draw(
      <Bubble own={false} message={message({ text: "secreto", deleted_at: "2026-11-22T12:08:00Z" })} />,
    );
    expect(html).toContain("Mensaje eliminado");
    expect(html).not.toContain("secreto");
  });

  it("says how far a message got, why it failed, and offers to try again", () => {
    const failed = message({ delivery: "failed" });
    const html = draw(<Bubble own message={failed} reason="Pasaron más de 24 h" onRetry={() => undefined} />);
    expect(html).toContain("Pasaron más de 24 h");
    expect(html).toContain("Reintentar");
    expect(draw(<Bubble own message={message({ delivery: "read" })} />)).toContain("Leído");
    expect(draw(<Bubble own={false} message={message()} />)).not.toContain("Enviado");
  });

  it("puts a placeholder with its reason where a message cannot be shown", () => {
    const html = draw(<Bubble own={false} message={message({ kind: "placeholder", text: null })} reason="210 MB" />);
    expect(html).toContain("Llegó algo que no se puede mostrar acá");
    expect(html).toContain("210 MB");
  });

  it("survives a moment that is none", () => {
    expect(() => draw(<Bubble own={false} message={message({ created_at: "ayer" })} />)).not.toThrow();
  });
});

describe("ChoiceButtons", () => {
  const choices = [
    { id: "1", label: "Ventas" },
    { id: "2", label: "Soporte" },
  ];

  it("is a form, so that it works without scripts", () => {
    const html = draw(<ChoiceButtons choices={choices} form={{ fields: { intent: "choose" }, name: "choice" }} />);
    expect(html).toContain('<form method="post"><input type="hidden" name="intent" value="choose"/>');
    expect(html).toContain('type="submit" name="choice" value="2"');
  });

  it("marks what was picked and takes no second pick", () => {
    const html = draw(<ChoiceButtons choices={choices} picked="2" onPick={() => undefined} />);
    expect(html).not.toContain("<button");
    expect(html).toMatch(/Soporte<\/bdi><span class="sr-only">\(elegida\)/);
  });
});

describe("Composer", () => {
  it("is a form with what it must carry", () => {
    const html = draw(<Composer action="/c/demo" fields={{ client_id: "x1" }} draft="Hola" />);
    expect(html).toContain('<form method="post" action="/c/demo"');
    expect(html).toContain('<input type="hidden" name="client_id" value="x1"/>');
    expect(html).toMatch(/<textarea name="text"[^>]*required=""[^>]*>Hola<\/textarea>/);
    expect(html).toContain('type="submit"');
  });

  it("says why nothing can be sent, in place of the field", () => {
    const html = draw(<Composer blocked="La ventana se cerró" />);
    expect(html).toContain("La ventana se cerró");
    expect(html).not.toContain("<textarea");
  });
});
