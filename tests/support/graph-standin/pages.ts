import { randomBytes } from "node:crypto";
import { checkPageMessage, type PageKind, pageLinksOf } from "./check-page-message";
import { type Fields, fields } from "./fields";
import type { GraphError } from "./graph-error";

/** A page or an Instagram account of ours as the platform holds it. */
export type StandinPage = { kind: PageKind; id: string; token: string; appSecret?: string };

export const STANDIN_PAGE: StandinPage = { kind: "messenger", id: "300000000000001", token: "standin-page-token" };
export const STANDIN_INSTAGRAM: StandinPage = {
  kind: "instagram",
  id: "400000000000001",
  token: "standin-instagram-token",
};

/** A message that the platform took from us for a person of a page. */
export type PageMessage = { mid: string; at: number; pageId: string; to: string; text: string; body: Fields };

/** What a person writes to a page; `message` replaces the text, `postback` is a tapped button of a card. */
export type PageWriting = {
  from: string;
  text?: string;
  /** The page or account written to, by its id; the first one otherwise. */
  to?: string;
  quickReply?: string;
  postback?: { title: string; payload: string };
  message?: Fields;
};

const DAY_MS = 24 * 3_600_000;
const newMid = () => `m_${randomBytes(33).toString("base64url")}`;
const refusal = (code: number, subcode: number, message: string): GraphError => ({
  status: 400,
  code,
  subcode,
  message,
});

const wordsOf = (body: Fields): string => {
  const { text, attachment } = fields(body.message);
  if (typeof text === "string") return text;
  const [element] = (fields(fields(attachment).payload).elements ?? []) as Fields[];
  return typeof element?.title === "string" ? element.title : "";
};

/** What an event of `messaging[]` says, by what was written. */
function eventOf({ text = "", quickReply, postback, message }: PageWriting, mid: string): Fields {
  if (postback) return { postback: { mid, ...postback } };
  return { message: { mid, ...(message ?? { text }), ...(quickReply && { quick_reply: { payload: quickReply } }) } };
}

/**
 * The people of pages and Instagram accounts, and what they were sent.
 * @param fetchAll fetches what a message links to before it is taken, as this platform does
 */
export function pageBox(
  pages: readonly StandinPage[],
  now: () => number,
  fetchAll: (urls: string[]) => Promise<boolean>,
) {
  const sent: PageMessage[] = [];
  const lastWrote = new Map<string, number>();
  const object = ({ kind }: StandinPage) => (kind === "messenger" ? "page" : "instagram");

  return {
    pages,
    sent,
    /** The words that reached a person, in order. */
    textsTo: (person: string) => sent.filter(({ to }) => to === person).map(({ text }) => text),
    async take(page: StandinPage, body: Fields): Promise<{ answer: Fields; message?: PageMessage } | GraphError> {
      const wrong = checkPageMessage(body, page.kind);
      if (wrong) return wrong;
      const to = String(fields(body.recipient).id);
      const wrote = lastWrote.get(`${page.id} ${to}`);
      if (wrote === undefined) return refusal(100, 2018001, "No matching user found");
      if (body.sender_action !== undefined) return { answer: { recipient_id: to } };
      if (now() - wrote >= DAY_MS && body.messaging_type !== "MESSAGE_TAG")
        return refusal(
          10,
          page.kind === "messenger" ? 2018278 : 2534022,
          "This message is sent outside of allowed window.",
        );
      if (!(await fetchAll(pageLinksOf(body)))) return refusal(100, 2018008, "Failed to fetch the file from the url");
      const message: PageMessage = { mid: newMid(), at: now(), pageId: page.id, to, text: wordsOf(body), body };
      sent.push(message);
      return { answer: { recipient_id: to, message_id: message.mid }, message };
    },
    /** The webhook body of what a person wrote, and to which page. */
    writing(given: PageWriting): { page: StandinPage; mid: string; body: unknown } {
      const page = pages.find(({ id }) => id === given.to) ?? pages[0]!;
      const mid = newMid();
      lastWrote.set(`${page.id} ${given.from}`, now());
      const sides = { sender: { id: given.from }, recipient: { id: page.id }, timestamp: now() };
      const entry = [{ id: page.id, time: now(), messaging: [{ ...sides, ...eventOf(given, mid) }] }];
      return { page, mid, body: { object: object(page), entry } };
    },
    /** The webhook bodies that follow a message taken: its echo, and for Messenger that it was delivered and read. */
    following(page: StandinPage, { mid, to, at, body }: PageMessage): unknown[] {
      const { text, metadata, attachment } = fields(body.message);
      const echo = {
        mid,
        is_echo: true,
        app_id: "300000000000009",
        ...(text ? { text } : { attachments: [attachment] }),
        ...(metadata ? { metadata } : {}),
      };
      const events: Fields[] = [{ sender: { id: page.id }, recipient: { id: to }, timestamp: at, message: echo }];
      const back = { sender: { id: to }, recipient: { id: page.id }, timestamp: at };
      if (page.kind === "messenger")
        events.push({ ...back, delivery: { mids: [mid], watermark: at } }, { ...back, read: { watermark: at } });
      return events.map((event) => ({ object: object(page), entry: [{ id: page.id, time: at, messaging: [event] }] }));
    },
  };
}
