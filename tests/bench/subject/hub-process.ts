/**
 * The product's hub as it is, in front of a product that costs nothing: any token is somebody, a token may read every
 * conversation, and what is sent is committed at once. So the hub is measured, not the database behind it.
 */

import { App, type us_listen_socket, type us_socket, us_socket_local_port } from "uWebSockets.js";
import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { conversationName, topics } from "../../../app/modules/messaging";
import { messageCreated } from "../../../app/modules/messaging/events";
import type { Message } from "../../../app/modules/messaging/message-view";
import { createHub, type HubDoors } from "../../../app/modules/realtime/index.server";
import { createInProcessBus, createRedisBus } from "../../../app/platform/bus/index.server";

const { REDIS_URL } = process.env;
const UNLIMITED = 1e9;
let seq = 0;

function messageOf(conversation: string, clientId: string, text: string): Message {
  const at = new Date().toISOString();
  seq++;
  return {
    id: randomUUID(),
    conversation,
    seq,
    author: { kind: "contact", id: clientId, name: "Ana" },
    kind: "text",
    text,
    choices: [],
    attachments: [],
    reply_to: null,
    visibility: "public",
    client_id: clientId,
    delivery: null,
    delivery_error: null,
    late: false,
    reactions: [],
    sent_at: at,
    created_at: at,
    edited_at: null,
    deleted_at: null,
    pinned_at: null,
  };
}

const unused = () => Promise.reject(new Error("not part of this measurement"));
const doors: HubDoors = {
  authenticate: async ({ token }) => ({
    actor: { kind: "system" },
    sessionId: null,
    account: { kind: "account", id: token ?? "", name: "Ana" },
    key: `account:${token}`,
    personalTopics: [topics.account(token ?? "")],
    rights: "all",
  }),
  join: async (_, topic) => ({ topics: [topics.conversationStaff(topic.slice("conversation:".length))], rev: seq }),
  async send(_, { conversation, ref, text }) {
    const message = messageOf(conversation, ref, text);
    const data = { conversationId: conversation, orgId: null, rev: seq, publicRev: null, message };
    hub.deliver([{ definition: messageCreated, data: messageCreated.schema.parse(data) }] as never);
    return { message: { id: message.id, seq, created_at: message.created_at }, dedup: false };
  },
  edit: unused,
  remove: unused,
  react: unused,
  read: unused,
  typing: () => [],
  viewed: (topic) => (topic.endsWith(":s") ? conversationName(topic.slice(2, -2)) : null),
  viewer: () => null,
  watched: () => null,
  beacon: () => null,
  seen: async () => {},
  resume: unused,
  refresh: async (principals) => principals,
  movedSince: async () => ({ cursor: "0.0", moved: [] }),
};

const hub = createHub({
  bus: REDIS_URL ? createRedisBus({ url: REDIS_URL }) : createInProcessBus(),
  doors,
  log: pino({ level: "silent" }),
  publicOrigin: null,
  limits: {
    connectionsPerPrincipal: UNLIMITED,
    messagesPerMinute: UNLIMITED,
    framesPerSecond: UNLIMITED,
    frameBurst: UNLIMITED,
  },
});
const app = App();
hub.register(app);
app.listen("127.0.0.1", 0, (socket: us_listen_socket | false) => {
  console.log(JSON.stringify({ port: socket ? us_socket_local_port(socket as unknown as us_socket) : 0 }));
});
