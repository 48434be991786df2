import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { textsFor } from "~/i18n/i18n.server";
import { i18nFor } from "~/i18n/instance";
import { TranslationProvider } from "~/i18n/translation";
import { TimeZone } from "../../time";
import { Composer } from "../composer";
import type { ComposerFile } from "../composer-files/composer-files";
import FileTray from "../composer-files/file-tray";
import type { AttachmentView } from "../message-view";
import { Quote } from "../quote";
import Attachments from "./attachments";

const i18n = i18nFor("es", textsFor("es", "publicChat"));
const draw = (element: ReactElement) =>
  renderToStaticMarkup(
    <TranslationProvider i18n={i18n}>
      <TimeZone timeZone="America/Argentina/Buenos_Aires" servedAt={0}>
        {element}
      </TimeZone>
    </TranslationProvider>,
  );
const file = (kind: AttachmentView["kind"], more: Partial<AttachmentView> = {}): AttachmentView => ({
  ...{ id: kind, kind, name: null, size: 1_400_000, url: `/media/${kind}`, state: "ready", ...more },
});
const photo = (id: string) => file("image", { id, name: `${id}.jpg`, url: `/media/${id}`, width: 4000, height: 3000 });
const BLUR = "data:image/webp;base64,AAAA";

describe("the files of a message", () => {
  it("one picture keeps its shape before it has loaded, behind a blur of itself, and loads its small one", () => {
    const picture = { ...photo("a"), placeholder: BLUR, thumbnail: "/media/a?size=thumb" };
    const html = draw(<Attachments list={[picture]} />);
    expect(html).toContain("width:320px;aspect-ratio:320 / 240");
    expect(html).toContain(`background-image:url(&quot;${BLUR}&quot;)`);
    expect(html).toMatch(/<img src="\/media\/a\?size=thumb" alt="" loading="lazy"/);
    expect(html).toContain('aria-label="Abrir a.jpg"');
  });

  it.each([2, 3, 4])("%i pictures are a grid", (count) => {
    const html = draw(<Attachments list={["a", "b", "c", "d"].slice(0, count).map(photo)} />);
    expect(html.match(/<button/g)).toHaveLength(count);
    expect(html).not.toContain(">+");
  });

  it("of more than four, the last one says how many more", () => {
    const html = draw(<Attachments list={["a", "b", "c", "d", "e", "f"].map(photo)} />);
    expect(html.match(/<button/g)).toHaveLength(4);
    expect(html).toContain(">+2<");
    expect(html).toContain("Abrir d.jpg, y 2 más");
  });

  it("a video has its poster, its shape and controls, and loads nothing by itself", () => {
    const html = draw(<Attachments list={[file("video", { placeholder: BLUR, width: 160, height: 90 })]} />);
    expect(html).toMatch(/<video src="\/media\/video" poster="data:image\/webp[^>]* controls=""/);
    expect(html).toContain('preload="none"');
    expect(html).toContain("width:320px;aspect-ratio:320 / 180");
  });

  it("a voice note shows its length, its bars and its speed, and asks for nothing until it is played", () => {
    const html = draw(<Attachments list={[file("voice", { duration_ms: 7_000, waveform: [10, 100, 50] })]} />);
    expect(html).toContain('preload="none"');
    expect(html).toContain('role="slider"');
    expect(html).toContain('aria-valuemax="7"');
    expect(html).toContain("Reproducir Mensaje de voz");
    expect(html).toContain("height:100%");
    expect(html).toContain("0:07");
    expect(html).toContain("1x");
  });

  it("whose name is hostile show it as the text that it is", () => {
    const name = '"><img src=x onerror=alert(1)><script>1</script>';
    const html = draw(<Attachments list={[file("file", { name }), photo("a"), file("audio", { name })]} />);
    expect(html).not.toContain("<script");
    expect(html).not.toContain("<img src=x");
  });

  it("any other is a name, a size and a download", () => {
    const html = draw(<Attachments list={[file("file", { name: "lista.pdf" })]} />);
    expect(html).toContain("lista.pdf");
    expect(html).toMatch(/1,4\sMB/);
    expect(html).toContain('href="/media/file" download="lista.pdf"');
  });

  it("what is on its way says how far, and what did not arrive why", () => {
    const way = file("image", { state: "pending", url: null, placeholder: BLUR, progress: 0.25 });
    expect(draw(<Attachments list={[way]} />)).toMatch(/role="progressbar" aria-label="Subiendo 25\s?%"/);
    expect(draw(<Attachments list={[way]} />)).not.toContain("<button");
    const held = file("image", { state: "pending", url: null, size: null });
    expect(draw(<Attachments list={[held]} />)).toContain("Preparando…");
    const failed = file("file", { state: "failed", url: null, name: "a.zip", reason: "210 MB" });
    expect(draw(<Attachments list={[failed]} />)).toContain("No llegó: 210 MB");
  });

  it("are what a quote without words says", () => {
    const quote = { id: "q", name: "Rosa", text: "" };
    expect(draw(<Quote quote={{ ...quote, file: { kind: "voice", name: "x.wav" } }} />)).toContain("Mensaje de voz");
    expect(draw(<Quote quote={{ ...quote, file: { kind: "file", name: "lista.pdf" } }} />)).toContain("lista.pdf");
  });
});

describe("the files of the next message", () => {
  it("let a message without words leave, also while they are still looked at", () => {
    const nothing = () => undefined;
    const files = { list: [], add: nothing, pause: nothing, resume: nothing, cancel: nothing, sendVoice: nothing };
    expect(draw(<Composer files={{ ...files, looking: true }} />)).not.toContain("required");
    expect(draw(<Composer files={{ ...files, looking: false }} />)).toContain("required");
  });

  const tile = (state: ComposerFile["state"], more: Partial<ComposerFile> = {}) => {
    const one = { key: "k", name: "a.png", size: 2_000_000, kind: "image" as const, sent: 500_000, code: null };
    const list = [{ ...one, preview: null, placeholder: null, state, ...more }];
    const nothing = () => undefined;
    const files = {
      looking: false,
      add: nothing,
      pause: nothing,
      resume: nothing,
      cancel: nothing,
      sendVoice: nothing,
    };
    return draw(<FileTray files={{ ...files, list }} />);
  };

  it.each([
    ["uploading", ["Pausar a.png", "Quitar a.png", "500 kB de 2 MB", 'aria-valuenow="25"']],
    ["paused", ["Seguir con a.png", "En pausa"]],
    ["failed", ["Reintentar a.png", "No se pudo subir"]],
    ["lost", ["Quitar a.png", "Elegilo de nuevo para seguir"]],
    ["ready", ["Quitar a.png", "2 MB"]],
  ] as const)("one that is %s says so, and what can be done", (state, words) => {
    const html = tile(state).replaceAll("\u00a0", " ");
    for (const word of words) expect(html).toContain(word);
  });

  it("say that the network is away, and why the server refused one", () => {
    expect(tile("waiting", { code: "offline" })).toContain("Sin conexión: sigue cuando vuelva");
    expect(tile("failed", { code: "storage_full" })).toContain("No queda lugar");
  });
});
