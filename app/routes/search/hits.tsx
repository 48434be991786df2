import type { SerializeFrom } from "@remix-run/node";
import { Link } from "@remix-run/react";
import { TextSearch } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";
import type { FoundMessage } from "~/modules/search/index.server";
import type { Contact, ListedTicket } from "~/modules/tickets/index.server";
import { ChannelIcon } from "~/modules/tickets/ui/channel-icon";
import { Avatar } from "~/ui/avatar";
import { Badge } from "~/ui/badge";
import { Highlight } from "~/ui/conversation/search/highlight";
import { withoutMarks } from "~/ui/conversation/styles/find-styles";
import { IconLink } from "~/ui/icon-link";
import { When } from "~/ui/time";

type HitProps = {
  to: string;
  beside?: ReactNode;
  picture: { id: string; name: string };
  end?: ReactNode;
  children: ReactNode;
};

function Hit({ to, picture, end, beside, children }: HitProps) {
  return (
    <li className="flex items-center gap-3 border-line border-b last:border-b-0">
      <Link
        to={to}
        data-hit
        className="-mx-2 flex min-h-12 min-w-0 flex-1 items-center gap-3 rounded-sm px-2 py-1.5 hover:bg-hover focus-visible:bg-hover"
      >
        <Avatar id={picture.id} name={picture.name} />
        <span className="min-w-0 flex-1">{children}</span>
        {end}
      </Link>
      {beside}
    </li>
  );
}

const Soft = ({ children }: { children: ReactNode }) => (
  <span className="block truncate text-ink-soft text-sm">{children}</span>
);

export function ContactHits({ contacts, marks }: { contacts: SerializeFrom<Contact>[]; marks: string }) {
  const { t } = useTranslation();
  return (
    <ul className="grid grid-cols-1">
      {contacts.map((contact) => (
        <Hit
          key={contact.id}
          to={`/contacts/${contact.id}`}
          picture={contact}
          beside={
            <IconLink
              to={`/search?contact=${contact.id}`}
              label={t("search.within", { name: contact.name })}
              icon={<TextSearch />}
            />
          }
          end={contact.channels.slice(0, 3).map(({ id, kind }) => <ChannelIcon key={id} kind={kind} />)}
        >
          <bdi className="block truncate font-medium">
            <Highlight text={contact.name} asked={marks} />
          </bdi>
          <Soft>
            <Highlight text={[contact.phone, contact.email].filter(Boolean).join(" · ")} asked={marks} />
          </Soft>
        </Hit>
      ))}
    </ul>
  );
}

export function TicketHits({ tickets, marks }: { tickets: SerializeFrom<ListedTicket>[]; marks: string }) {
  const { t } = useTranslation();
  return (
    <ul className="grid grid-cols-1">
      {tickets.map((ticket) => (
        <Hit
          key={ticket.id}
          to={`/inbox/${ticket.id}`}
          picture={ticket.contact}
          end={<Badge>{t(`ui.state.${ticket.state}`)}</Badge>}
        >
          <bdi className="block truncate font-medium">
            <Highlight text={ticket.contact.name} asked={marks} />
          </bdi>
          <Soft>
            {t("ticket.number", { number: ticket.number })} · {ticket.area.name}
            {ticket.assignee && ` · ${ticket.assignee.name}`}
          </Soft>
        </Hit>
      ))}
    </ul>
  );
}

export function MessageHits({ messages, marks }: { messages: SerializeFrom<FoundMessage>[]; marks: string }) {
  const { t } = useTranslation();
  return (
    <ul className="grid grid-cols-1">
      {messages.map(({ message, ticket, contact }) => (
        <Hit key={message.id} to={`/inbox/${ticket.id}?m=${message.seq}`} picture={contact}>
          <span className="flex items-baseline gap-2">
            <bdi className="min-w-0 truncate font-medium">{contact.name}</bdi>
            <span className="shrink-0 text-ink-soft text-sm">{t("ticket.number", { number: ticket.number })}</span>
            {message.visibility === "staff" && <Badge>{t("search.note")}</Badge>}
            <When at={message.created_at} className="ms-auto shrink-0 text-ink-soft text-xs" />
          </span>
          <span dir="auto" className="line-clamp-2 text-ink-soft text-sm [overflow-wrap:anywhere]">
            <bdi>{message.author.name}</bdi>: <Highlight text={withoutMarks(message.text)} asked={marks} short />
          </span>
        </Hit>
      ))}
    </ul>
  );
}
