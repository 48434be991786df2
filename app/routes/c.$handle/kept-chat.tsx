import { useLocation } from "@remix-run/react";
import { useEffect } from "react";
import { useHubStatus } from "~/modules/realtime/ui/hub-provider";
import { GUEST } from "~/platform/kept/guest";
import CopyBanner from "~/ui/offline/copy-banner";
import { createKeptPage } from "~/ui/state/kept-page";
import type { loadChat } from "./load-chat.server";

type Chat = Omit<Awaited<ReturnType<typeof loadChat>>, "frameSites"> & { title: string };

/** The public chat as it was last seen in this browser. */
export const keptChat = createKeptPage<Chat, NonNullable<Chat["thread"]>>({
  name: "public chat",
  guest: true,
  owner: () => GUEST,
  place: ({ pathname }) => pathname,
  title: ({ organisation }) => organisation.name,
  thread: { of: ({ thread }) => thread, put: (data, thread) => ({ ...data, thread }) },
});

/** Keeps the chat that is shown, and says so where it is a copy. */
export default function KeptChat({ chat }: { chat: Chat }) {
  const location = useLocation();
  useEffect(() => keptChat.keep(location, chat), [location, chat]);
  return <CopyBanner reconnecting={useHubStatus() === "offline"} />;
}
