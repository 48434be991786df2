import { channels } from "./channels.server";
import { contacts } from "./contacts.server";
import { conversations } from "./conversations.server";
import type { Endpoint } from "./endpoint";
import { feed } from "./feed.server";
import { me } from "./me.server";
import { messages } from "./messages.server";
import { tickets } from "./tickets.server";

/** Every call of the API. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...me,
  ...tickets,
  ...conversations,
  ...messages,
  ...contacts,
  ...channels,
  ...feed,
];
