import { useNavigate } from "@remix-run/react";
import { MessagesSquare, Ticket, UserRound } from "lucide-react";
import { useEffect, useState } from "react";
import { askServer } from "~/platform/ask-server";
import type { Command } from "./commands";

/** What is found by name: where it is, and what it is. */
export type FoundByName = { kind: "ticket" | "contact" | "chat"; id: string; to: string; name: string; about: string };

const REST_MS = 150;
const ICONS = { ticket: Ticket, contact: UserRound, chat: MessagesSquare };

/** Tickets, contacts and chats whose name fits what is written, once the writer rests. */
export function useFoundCommands(query: string, orgId: string | null): { found: Command[]; busy: boolean } {
  const navigate = useNavigate();
  const [told, setTold] = useState<{ q: string; found: readonly FoundByName[] }>({ q: "", found: [] });
  const q = query.trim();
  useEffect(() => {
    if (q === "") return;
    let over = false;
    const timer = setTimeout(() => {
      const asked = new URLSearchParams({ q, ...(orgId && { org: orgId }) });
      askServer<{ found: FoundByName[] }>(`/palette?${asked}`).then(
        ({ found }) => over || setTold({ q, found }),
        // What cannot be found now is found when more is written.
        () => over || setTold({ q, found: [] }),
      );
    }, REST_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [q, orgId]);
  const found = q === "" ? [] : told.found;
  return {
    busy: q !== "" && told.q !== q,
    found: found.map(({ kind, id, to, name, about }) => {
      const Icon = ICONS[kind];
      return {
        id: `${kind}-${id}`,
        group: "found",
        label: name,
        end: about,
        icon: <Icon aria-hidden />,
        run: () => navigate(to),
      };
    }),
  };
}
