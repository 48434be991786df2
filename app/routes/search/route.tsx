import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData, useNavigation, useSearchParams } from "@remix-run/react";
import { Search, SearchX } from "lucide-react";
import type { KeyboardEvent } from "react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireMemberPage } from "~/modules/accounts/index.server";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { getContact, listAreas, listAssignees, listChannelNames } from "~/modules/tickets/index.server";
import { PageHeader } from "~/ui/page-header";
import { EmptyState } from "~/ui/state/empty-state";
import { RouteError } from "~/ui/state/route-error";
import { ContactHits, MessageHits, TicketHits } from "./hits";
import { SearchForm } from "./search-form";
import { askedIn, find } from "./search-query.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership, frame } = await requireMemberPage(request);
  const { orgId } = membership;
  const asked = askedIn(new URL(request.url).searchParams);
  const { contactId } = asked.filter;
  const [found, areas, assignees, channels, contact, t] = await Promise.all([
    find(actor, orgId, asked),
    listAreas(actor, orgId),
    listAssignees(actor, orgId),
    listChannelNames(actor, orgId),
    contactId ? getContact(actor, orgId, contactId) : null,
    translator(request),
  ]);
  return {
    title: t("search.title"),
    frame,
    asked,
    ...found,
    choices: { areas, assignees, channels, contact: contact && { id: contact.id, name: contact.name } },
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** Contacts, tickets and messages of the organisation, as the member sees them. */
export default function SearchPage() {
  const { title, frame, asked, choices, contacts, tickets, messages, problem } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const busy = useNavigation().location?.pathname === "/search";
  const [contactHits, ticketHits, messageHits] = [
    contacts?.contacts ?? [],
    tickets?.tickets ?? [],
    messages?.messages ?? [],
  ];
  const count = contactHits.length + ticketHits.length + messageHits.length;
  const none = asked.q !== "" && !problem && count === 0;
  const all = asked.kind === undefined;
  return (
    <SignedInFrame {...frame} current="inbox">
      <PageHeader title={title} back={{ to: "/inbox", when: "phone" }} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows go through the links within. */}
      <div onKeyDown={moveThroughHits} className="min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-8">
        <div className="grid max-w-3xl grid-cols-1 gap-5">
          <SearchForm key={asked.filter.contactId} asked={asked} choices={choices} problem={problem} />
          <p role="status" className={asked.q && !problem ? "text-ink-soft text-sm" : "sr-only"}>
            {busy ? t("search.looking") : asked.q && !problem ? t("search.shown", { count }) : ""}
          </p>
          {contactHits.length > 0 && (
            <Hits name="contacts" all={all} next={contacts?.nextCursor}>
              <ContactHits contacts={contactHits} marks={contacts?.marks ?? ""} />
            </Hits>
          )}
          {ticketHits.length > 0 && (
            <Hits name="tickets" all={all} next={tickets?.nextCursor}>
              <TicketHits tickets={ticketHits} marks={tickets?.marks ?? ""} />
            </Hits>
          )}
          {(messageHits.length > 0 || messages?.nextCursor) && (
            <Hits name={asked.kind === "notes" ? "notes" : "messages"} all={all} next={messages?.nextCursor}>
              <MessageHits messages={messageHits} marks={messages?.marks ?? ""} />
            </Hits>
          )}
          {none && <EmptyState icon={<SearchX />} title={t("search.none")} text={t("search.noneHint")} />}
          {asked.q === "" && (
            <EmptyState
              icon={<Search />}
              title={choices.contact ? t("search.within", choices.contact) : t("search.begin")}
              text={choices.contact ? t("search.withinHint") : t("search.beginHint")}
            />
          )}
        </div>
      </div>
    </SignedInFrame>
  );
}

type HitsProps = {
  name: "contacts" | "tickets" | "messages" | "notes";
  /** A few of every kind are shown, and this leads to all of this one. */
  all: boolean;
  next?: string | null;
  children: React.ReactNode;
};

function Hits({ name, all, next, children }: HitsProps) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const more = new URLSearchParams(params);
  more.set("kind", name);
  if (all) more.delete("cursor");
  else more.set("cursor", next ?? "");
  return (
    <section aria-labelledby={`hits-${name}`} className="grid grid-cols-1 gap-1">
      <h2 id={`hits-${name}`} className="font-medium text-ink-soft text-sm">
        {t(`search.groups.${name}`)}
      </h2>
      {children}
      {next && (
        <p>
          <Link
            to={`/search?${more}`}
            className="inline-flex min-h-9 items-center text-accent-text text-sm hover:underline pointer-coarse:min-h-11"
          >
            {t(all ? `search.all.${name}` : "search.more")}
          </Link>
        </p>
      )}
    </section>
  );
}

/** Up and down go from the field through what was found; Enter follows the link. */
function moveThroughHits(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const target = event.target as HTMLElement;
  if (!target.matches("[data-hit], input[type=search]")) return;
  const hits = [...event.currentTarget.querySelectorAll<HTMLElement>("input[name=q], [data-hit]")];
  const next = hits[hits.indexOf(target) + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function ErrorBoundary() {
  return <RouteError page />;
}
