import { GUEST } from "~/platform/kept/kept-rules";
import { createKeptPage } from "~/ui/state/kept-page";
import type { loadChat } from "./load-chat.server";

/** What the page shows. */
export type Chat = Awaited<ReturnType<typeof loadChat>> & { title: string };

/** The public chat as it was last seen in this browser. */
export const keptChat = createKeptPage<Chat, NonNullable<Chat["thread"]>>({
  name: "public chat",
  guest: true,
  owner: () => GUEST,
  place: ({ pathname }) => pathname,
  title: ({ organisation }) => organisation.name,
  thread: { of: ({ thread }) => thread, put: (data, thread) => ({ ...data, thread }) },
});
