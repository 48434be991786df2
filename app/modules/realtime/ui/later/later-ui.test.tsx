import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { textsFor } from "~/i18n/i18n.server";
import { i18nFor } from "~/i18n/instance";
import { TranslationProvider } from "~/i18n/translation";
import { Composer } from "~/ui/conversation/composer";
import { DraftWords } from "~/ui/conversation/later/draft-words";
import { TimeZone } from "~/ui/time";
import { PresenceLine } from "./presence-line";
import { ScheduledList } from "./scheduled-list";
import { SendLater } from "./send-later";
import type { Scheduled } from "./use-scheduled";

const served = Date.parse("2026-11-22T18:00:00Z");
const draw = (element: ReactElement) =>
  renderToStaticMarkup(
    <TranslationProvider i18n={i18nFor("es", textsFor("es", "app"))}>
      <TimeZone timeZone="America/Argentina/Buenos_Aires" servedAt={served}>
        {element}
      </TimeZone>
    </TranslationProvider>,
  );

describe("PresenceLine", () => {
  const line = (presence: { seenAt: string | null } | null) =>
    draw(<PresenceLine accountId="a" presence={presence} otherwise="@beto" />);
  it("says when the other one was there last, and nothing where one of the two hides it", () => {
    expect(line({ seenAt: "2026-11-22T17:05:00Z" })).toContain("últ. vez hoy 14:05");
    expect(line({ seenAt: "2026-11-22T01:30:00Z" })).toContain("últ. vez ayer 22:30");
    expect(line({ seenAt: "2026-11-02T01:30:00Z" })).toContain("últ. vez 1 de noviembre de 2026");
    expect(line({ seenAt: null })).toBe("@beto");
    expect(line(null)).toBe("@beto");
  });
});

describe("what waits to be sent", () => {
  const waiting = { conversation_id: "c", reply_to: null, attachments: [], created_at: "2026-11-22T17:05:00Z" };
  const list = (messages: Scheduled["messages"]) => draw(<ScheduledList scheduled={{ messages } as Scheduled} />);
  it("stands above the field, with the reason of what could not be sent", () => {
    expect(list([])).toBe("");
    const soon = { ...waiting, id: "1", text: "Feliz <cumple>", send_at: "2030-11-23T12:00:00Z", failed: null };
    expect(list([soon])).toContain("1 mensaje programado");
    expect(list([soon])).toContain("Feliz &lt;cumple&gt;");
    expect(list([soon])).not.toContain("<details open");
    const failed = list([soon, { ...soon, id: "2", failed: "chat_closed" }]);
    expect(failed).toContain("2 mensajes programados");
    expect(failed).toContain("<details open");
    expect(failed).toContain("No se envió. No se puede escribir en este chat.");
  });

  it("is offered beside the button that sends", () => {
    const html = draw(<Composer end={() => <SendLater onPick={() => {}} />} />);
    expect(html).toMatch(/type="submit".*aria-label="Enviar más tarde"/s);
    expect(draw(<Composer />)).not.toContain("más tarde");
  });
});

it("a line of a list says that something was begun", () => {
  expect(draw(<DraftWords text="a medio" />)).toBe('<span class="text-accent-text">Borrador:</span> a medio');
});
