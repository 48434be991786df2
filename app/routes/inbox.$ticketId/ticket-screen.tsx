import { useLocation, useNavigate } from "@remix-run/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { carriesFiles } from "~/modules/channels";
import { useChangeTickets } from "~/modules/desk/ui/use-change-tickets";
import { useHubStatus } from "~/modules/realtime/ui/hub-provider";
import { useNoticesOf } from "~/modules/realtime/ui/notices/use-notices-of";
import type { QueuedMessage } from "~/modules/realtime/ui/outbox/queued-message";
import { useThreadFiles } from "~/modules/realtime/ui/use-thread-files";
import { inboxFilterOf, inboxSearch, type MessageReader } from "~/modules/tickets";
import { DeedDialogs } from "~/modules/tickets/ui/deeds/deed-dialogs";
import { FindingBars } from "~/modules/tickets/ui/deeds/finding-bars";
import { useFinding } from "~/modules/tickets/ui/deeds/use-finding";
import { useMessageDeeds } from "~/modules/tickets/ui/deeds/use-message-deeds";
import { DropFiles } from "~/ui/conversation/composer-files/drop-files";
import { ResizablePanel } from "~/ui/resizable-panel";
import type { TicketIntent } from "./act.server";
import { type DeskData, fieldValuesNow, namesOf, rightsNow } from "./desk";
import { SideThreads } from "./facts/side-threads";
import { TicketFacts } from "./facts/ticket-facts";
import { TicketFields } from "./facts/ticket-fields";
import { GoneTicket } from "./gone-ticket";
import { ReplyBox } from "./reply-box";
import { ThreadView } from "./thread/thread-view";
import { useTicketThread } from "./thread/use-ticket-thread";
import { useTypists } from "./thread/use-typists";
import { TicketHeader } from "./ticket-header";
import { ShareDialog } from "./tools/share-dialog";
import { SidePanel } from "./tools/side-panel";
import { useMacros } from "./tools/use-macros";
import { useSideThreads } from "./tools/use-side-threads";
import { useTicketCommands } from "./tools/use-ticket-commands";
import { useWhy } from "./tools/use-why";
import { useTicketAction } from "./use-ticket-action";
import { useViewers } from "./use-viewers";

/** The middle and the right of the agent's screen: one ticket, its conversation, and what is known of it. */
export function TicketScreen(desk: DeskData) {
  const { t } = useTranslation();
  const { search: address } = useLocation();
  const asked = new URLSearchParams(address);
  const search = inboxSearch(inboxFilterOf(asked));
  const typists = useTypists(desk.accountId);
  useNoticesOf(desk.ticket.org_id, "ticket", desk.ticket.id, desk.noticed);
  const presence = useViewers(desk.ticket.conversation_id, desk.accountId);
  const onSignal = (event: string, data: unknown) => {
    typists.hear(event, data);
    presence.hear(event, data);
  };
  const { live, files, send } = useThreadFiles(useTicketThread({ ...desk, onSignal }));
  const { ticket } = live;
  const deeds = useMessageDeeds(live.conversation_id, (id) => live.starred.includes(id));
  const find = useFinding(live.pinned);
  const last = live.messages.at(-1);
  const { sent } = typists;
  useEffect(() => {
    if (last) sent(last.author.name);
  }, [last, sent]);
  const rights = rightsNow(desk, ticket);
  const unknown = t("ticket.somebody");
  const { areas, assignees } = desk;
  const names = useMemo(() => namesOf({ areas, assignees }, unknown), [areas, assignees, unknown]);
  const { memberId } = desk.me;
  const colleagues = useMemo(
    () => assignees.flatMap(({ id, name, handle = null }) => (id === memberId ? [] : [{ id, name, handle }])),
    [assignees, memberId],
  );
  const seenSeq = useRef(live.last_seq);
  const onSeen = useCallback((seq: number) => {
    seenSeq.current = Math.max(seenSeq.current, seq);
  }, []);
  const [focusTurn, setFocusTurn] = useState(0);
  const navigate = useNavigate();
  const side = useSide(asked);
  const sideThreads = useSideThreads(ticket.id, desk.sideThreads);
  const onDone = ({ intent, gone, made }: { intent: TicketIntent; gone: boolean; made: string | null }) => {
    if (made) side.open(made);
    else if (gone) navigate(`/inbox${search}`);
    else if (intent === "claim" || intent === "reopen" || intent === "undo") setFocusTurn((n) => n + 1);
  };
  const newer = live.tickets.find((one) => one.id !== ticket.id && one.state !== "closed") ?? null;
  const { role } = desk.me;
  const carried = !carriesFiles(ticket.channel.kind);
  const open = newer === null;
  const reader = useMemo(
    (): MessageReader => ({ kind: "member", id: memberId, admin: role === "admin", open, pins: true, carried }),
    [memberId, role, open, carried],
  );
  const closed = ticket.state === "closed" && !newer;
  // Without a network both would wait for ever, and the press is told so; a large file would make it wait for long.
  const reached = useHubStatus() === "open";
  const leaves = ({ state, attachments }: QueuedMessage) =>
    state === "sending" && attachments.every(({ progress = 1 }) => progress === 1);
  const leaving = reached && live.pending.some(leaves);
  const action = useTicketAction({ id: ticket.id, number: ticket.number, closed, leaving }, onDone);
  const orgId = desk.ticket.org_id;
  const changing = useChangeTickets(orgId);
  const macros = useMacros(orgId, ticket, changing, seenSeq);
  const [sharing, setSharing] = useState(false);
  const onShare = () => setSharing(true);
  const why = useWhy(orgId, ticket);
  useTicketCommands({ desk, ticket, rights, action, changing, onMacro: macros.choose, onShare });
  const mayRun = ticket.state !== "closed" && rights.note;
  // A reply over what was not seen is asked about at the composer, not shown as a failed bubble.
  const shown = live.pending.filter((message) => message.code !== "unseen_messages");
  const facts = (
    <TicketFacts
      orgId={orgId}
      ticket={ticket}
      tickets={live.tickets}
      search={search}
      tags={desk.tags}
      manages={rights.manage}
    >
      {desk.fields && (
        <TicketFields
          ticketId={ticket.id}
          fields={desk.fields.fields}
          values={fieldValuesNow(desk, live.events)}
          manages={rights.manage}
        />
      )}
      <SideThreads threads={sideThreads} onOpen={side.open} colleagues={colleagues} action={action} />
      {live.messages.some(({ author }) => author.kind === "bot") && why.button}
    </TicketFacts>
  );
  if (live.gone) return <GoneTicket backTo={`/inbox${search}`} />;
  return (
    <div className="relative flex min-h-0 flex-1">
      <DropFiles
        onFiles={rights.reply && carriesFiles(ticket.channel.kind) ? files.add : null}
        // What is covered can be neither reached nor heard.
        className={`flex min-h-0 min-w-0 flex-1 flex-col ${side.shown ? "max-xl:invisible" : ""}`}
      >
        <TicketHeader
          desk={desk}
          ticket={ticket}
          rights={rights}
          action={action}
          viewers={presence.viewers}
          finding={find}
          tools={{ onMacro: mayRun ? () => macros.choose() : null, onShare }}
          backTo={`/inbox${search}`}
          facts={facts}
          side={side.shown}
          unread={sideThreads.reduce((sum, one) => sum + one.unread, 0)}
        />
        <FindingBars
          finding={find}
          conversationId={live.conversation_id}
          pinned={live.pinned}
          onUnpin={open ? (id) => void deeds.tell(`/messages/${id}/pin`, { on: false }) : undefined}
        />
        <ThreadView
          live={live}
          reader={reader}
          names={names}
          pending={shown}
          onSeen={onSeen}
          startAt={Number(asked.get("m")) || undefined}
          goTo={find.goTo}
          deeds={deeds}
          onWhy={why.ask}
        />
        <ReplyBox
          live={live}
          files={files}
          onSend={send}
          accountId={desk.accountId}
          orgId={desk.ticket.org_id}
          loadedDraft={desk.draft}
          rights={rights}
          action={action}
          newer={newer && { ...newer, to: `/inbox/${newer.id}${search}` }}
          typing={typists.names}
          colleagues={colleagues}
          deeds={deeds}
          seenSeq={seenSeq}
          focusTurn={focusTurn}
        />
        <DeedDialogs deeds={deeds} conversationId={live.conversation_id} />
        {macros.dialogs}
        {why.dialog}
        <ShareDialog ticketId={ticket.id} open={sharing} onOpenChange={setSharing} />
      </DropFiles>
      {side.shown ? (
        <SidePanel threadId={side.shown} accountId={desk.accountId} onClose={side.close} />
      ) : (
        <ResizablePanel
          name="ticket"
          label={t("ticket.facts.title")}
          handle="start"
          width={desk.width}
          standard={288}
          min={240}
          max={420}
          className="bg-surface max-xl:hidden!"
        >
          <aside aria-label={t("ticket.facts.title")} className="min-h-0 flex-1 overflow-y-auto p-4">
            {facts}
          </aside>
        </ResizablePanel>
      )}
    </div>
  );
}

/** Which side thread is open; it stands in the address, so that the way back closes it. */
function useSide(asked: URLSearchParams) {
  const navigate = useNavigate();
  const go = (id: string | null, replace: boolean) => {
    const next = new URLSearchParams(asked);
    if (id) next.set("side", id);
    else next.delete("side");
    navigate({ search: String(next) }, { replace, preventScrollReset: true });
  };
  return { shown: asked.get("side"), open: (id: string) => go(id, false), close: () => go(null, true) };
}
