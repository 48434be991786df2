import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { textsFor } from "~/i18n/i18n.server";
import { i18nFor } from "~/i18n/instance";
import { TranslationProvider } from "~/i18n/translation";
import type { Message } from "~/modules/messaging";
import { MentionPicker, PersonFace } from "~/ui/conversation/mentions/mention-picker";
import { Proposals } from "~/ui/conversation/mentions/proposal-picker";
import { PinnedBar } from "~/ui/conversation/pins/pinned-bar";
import { TimeZone } from "~/ui/time";
import { chatsNamed } from "./chats-named";
import { ForwardDialog, ForwardForm } from "./forward-dialog";
import { FoundMessages } from "./found-messages";
import { ReaderLists, ReadersDialog } from "./readers-dialog";
import { SearchBar } from "./search-bar";

const draw = (element: ReactElement) =>
  renderToStaticMarkup(
    <TranslationProvider i18n={i18nFor("es", textsFor("es", "app"))}>
      <TimeZone timeZone="America/Argentina/Buenos_Aires" servedAt={Date.parse("2026-11-22T15:00:00Z")}>
        {element}
      </TimeZone>
    </TranslationProvider>,
  );
const nothing = () => {};

vi.mock("@remix-run/react", () => ({ Link: ({ to, ...rest }: { to: string }) => <a href={to} {...rest} /> }));

it("the bar of what is kept shows the newest, which of how many, and whom it is of; nothing where nothing is kept", () => {
  const pinned = [
    { id: "1", name: "Ana", text: "la dirección" },
    { id: "2", name: "<Beto>", text: "contrato.pdf" },
  ];
  const html = draw(<PinnedBar pinned={pinned} onJump={nothing} />);
  expect(html).toContain("Mensaje fijado 2 de 2");
  expect(html).toContain("&lt;Beto&gt;</bdi> contrato.pdf");
  expect(html).not.toContain("Dejar de fijar");
  expect(draw(<PinnedBar pinned={pinned.slice(0, 1)} onJump={nothing} onUnpin={nothing} />)).toMatch(
    /Mensaje fijado<.*la dirección.*Dejar de fijar el mensaje/,
  );
  expect(draw(<PinnedBar pinned={[]} onJump={nothing} />)).toBe("");
});

it("who has read is told with the time, and apart who has not", () => {
  const read = [{ id: "1", name: "Ana", at: "2026-11-22T14:00:00Z" }];
  const html = draw(<ReaderLists readers={{ read, unread: [{ id: "2", name: "Beto" }] }} />);
  expect(html).toMatch(/Lo leyeron \(1\).*Ana.*<time.*Todavía no \(1\).*Beto/);
  expect(draw(<ReaderLists readers={{ read, unread: [] }} />)).not.toContain("Todavía no");
});

it("a message that was found is a way to its place, with the words marked and never as markup", () => {
  const message = {
    id: "m1",
    text: "<i>El CAMIÓN</i>",
    author: { kind: "account", id: "a", name: "Ana" },
    created_at: "2026-11-22T14:00:00Z",
  } as Message;
  const found = [{ message, title: "Asado", pictureOf: "g", to: "/chats/c1?m=7" }];
  const html = draw(<FoundMessages found={found} asked="camion" />);
  expect(html).toContain('href="/chats/c1?m=7"');
  expect(html).toMatch(/&lt;i&gt;El <mark[^>]*>CAMIÓN<\/mark>&lt;\/i&gt;/);
});

it("a message is passed on to chats that are ticked, found by a part of their name", () => {
  const chats = [
    { id: "1", title: "Peña del río", pictureOf: "1" },
    { id: "2", title: "Oficina", pictureOf: "2" },
  ];
  const html = draw(<ForwardForm messageId="m" chats={chats} onSent={nothing} />);
  expect(html.match(/type="checkbox"/g)).toHaveLength(2);
  expect(html).toMatch(/<button[^>]*disabled[^>]*>.*Reenviar \(0\)/);
  expect(chatsNamed(chats, " RIO").map(({ id }) => id)).toEqual(["1"]);
  expect(chatsNamed(chats, "")).toHaveLength(2);
});

it("the search in a chat has a field and names its buttons", () => {
  const html = draw(<SearchBar conversationId="c" onJump={nothing} onClose={nothing} />);
  for (const name of ["Buscar en este chat", "Resultado anterior", "Resultado siguiente", "Cerrar la búsqueda"])
    expect(html).toContain(`aria-label="${name}"`);
});

it("whom one may call is a list of which one line is chosen", () => {
  const found = [
    { id: "1", name: "Ana", handle: "anita" },
    { id: "2", name: "Beto", handle: null },
  ];
  const proposals = found.map((person) => ({ id: person.id, words: "", face: <PersonFace person={person} /> }));
  const source = { label: "A quién", count: String };
  const html = draw(<Proposals id="l" source={source} open={{ found: proposals, at: 1 }} onPick={nothing} />);
  expect(html).toContain('role="listbox"');
  expect(html).toMatch(/id="l-0"[^>]*aria-selected="false".*@anita.*id="l-1"[^>]*aria-selected="true"/);
});

it("nothing stands in the way while nothing is asked for", () => {
  expect(draw(<ReadersDialog messageId={null} onClose={nothing} />)).toBe("");
  expect(draw(<ForwardDialog messageId={null} onClose={nothing} />)).toBe("");
  const html = draw(
    <MentionPicker people={[{ id: "1", name: "Ana", handle: null }]}>
      <textarea />
    </MentionPicker>,
  );
  expect(html).toContain("<textarea>");
  expect(html).not.toContain("listbox");
});
