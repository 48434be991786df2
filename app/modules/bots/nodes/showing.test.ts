import { describe, expect, it } from "vitest";
import { fakeCustomer, flowOf } from "../engine/fake-customer";
import { isInnerHost, publicUrl } from "./media/public-url";

const stop = { kind: "ask", settings: { question: "¿Y?" } };
const text = (words: string) => ({ kind: "text", settings: { texts: [words] } });

describe("a media node", () => {
  const sends = (url: string) =>
    fakeCustomer(
      flowOf(
        {
          m: {
            kind: "media",
            settings: { media: "image", source: { from: "url", url }, caption: "Mirá, {{contact.name}}" },
          },
          stop,
          f: text("No pude"),
        },
        ["m.next>stop", "m.failed>f", "f.next>stop"],
      ),
      { variables: { contact: { name: "Íñigo", foto: "https://ejemplo.com/a b.jpg" } } },
    ).begin();

  it("sends what lies at a public address, with its caption filled", () => {
    expect(sends("{{contact.foto}}").last.effects[0]).toMatchObject({
      content: {
        kind: "media",
        media: "image",
        source: { from: "url", url: "https://ejemplo.com/a%20b.jpg" },
        caption: "Mirá, Íñigo",
      },
    });
  });

  it.each(["{{contact.nada}}", "http://localhost/a.jpg", "http://169.254.169.254/", "javascript:alert(1)"])(
    "leaves by failed for %s",
    (url) => expect(sends(url).heard()).toEqual(["No pude", "¿Y?"]),
  );
});

describe("a public address", () => {
  it.each([
    "http://10.1.2.3",
    "http://0x7f.1/",
    "http://2130706433/",
    "http://[::1]/",
    "http://[fd00::1]",
    "http://[::ffff:10.0.0.1]",
    "http://[2002:a00:1::]",
    "http://intranet/",
    "http://caja.local",
    "https://u:p@ejemplo.com",
    "ftp://ejemplo.com",
    "ejemplo.com",
    "http://172.20.0.1",
    "http://100.64.1.1",
  ])("%s is none", (url) => expect(publicUrl(url)).toBeNull());
  it.each([
    "https://ejemplo.com.py/a?b=1",
    "http://8.8.8.8/",
    "http://[2606:4700::1111]/",
    "http://172.32.0.1/",
    "http://[2001:4860:4860::8888]/",
  ])("%s is one", (url) => expect(publicUrl(url)).not.toBeNull());
  it("is asked of the host alone too", () => expect(isInnerHost("METADATA.google.internal.")).toBe(true));
});

describe("a card", () => {
  const card = (settings: object) => ({
    kind: "card",
    settings: { title: "Pizza {{flow.nada|grande}}", text: "Con aceitunas", ...settings },
  });
  const buttons = [
    { id: "pedir", label: "Pedir", synonyms: ["quiero"] },
    { id: "ver", label: "Ver más" },
  ];
  const flow = flowOf(
    {
      c: card({ buttons, image: { from: "url", url: "https://ejemplo.com/p.jpg" } }),
      si: text("Pedido"),
      stop,
      p: { kind: "handoff" },
    },
    ["c.pedir>si", "si.next>stop", "c.ver>stop", "c.else>p", "c.no_answer>p"],
  );

  it("shows its picture, words and buttons, and takes a button, a label, a synonym or a number", () => {
    const shown = fakeCustomer(flow).begin();
    expect(shown.last.effects[0]).toMatchObject({
      content: {
        kind: "card",
        title: "Pizza grande",
        image: { from: "url", url: "https://ejemplo.com/p.jpg" },
        items: [{ id: "c:pedir", label: "Pedir" }, { id: "c:ver" }],
      },
    });
    for (const answer of [{ text: "quiero" }, { text: "1" }, { kind: "interactive", text: "x", payload: "c:pedir" }])
      expect(fakeCustomer(flow).begin().send(answer).heard()).toEqual(["Pedido", "¿Y?"]);
  });

  it("asks again by its buttons alone, then leaves by else", () => {
    const customer = fakeCustomer(flow).begin().say("ehh");
    expect(customer.last.effects.find((effect) => effect.type === "send")).toMatchObject({
      content: { kind: "choice" },
    });
    expect(customer.say("mmm").last.effects.at(-1)).toMatchObject({ type: "handoff", node: "p" });
  });

  it("goes on at once without buttons", () => {
    const plain = flowOf({ c: card({}), stop }, ["c.next>stop"]);
    expect(fakeCustomer(plain).begin().heard()).toEqual(["Pizza grande", "¿Y?"]);
  });
});
