import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, requireActor } from "~/modules/accounts/index.server";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import {
  getChat,
  listAcquaintances,
  listGroupInvites,
  listJoinRequests,
  listPeople,
} from "~/modules/chats/index.server";
import { notFound } from "~/platform/errors";
import { formOf } from "~/platform/form-of.server";
import { PageHeader } from "~/ui/page-header";
import { type Acted, act } from "./act.server";
import { AddPeople } from "./add-people";
import { GroupIdentity } from "./group-identity";
import { InviteLinks } from "./invite-links";
import { JoinRequests } from "./join-requests";
import { LeaveDialog } from "./leave-dialog";
import { PeopleList } from "./people-list";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const chat = await getChat(actor, params.conversationId ?? "");
  if (chat.kind === "direct") throw notFound("group");
  const { searchParams } = new URL(request.url);
  const asked = { q: searchParams.get("q") ?? "", cursor: searchParams.get("after") ?? undefined };
  const [page, others, requests, invites, t] = await Promise.all([
    listPeople(actor, chat.id, asked),
    chat.can.add ? listAcquaintances(actor, chat.orgId, chat.id) : [],
    chat.can.invite ? listJoinRequests(actor, chat.id) : [],
    chat.can.invite ? listGroupInvites(actor, chat.id) : [],
    translator(request),
  ]);
  const title = `${t("chat.people")} · ${chat.title}`;
  return { title, chat, asked, page, others, requests, invites, accountId: actor.accountId };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  try {
    const acted: Acted = await act(actor, params.conversationId ?? "", await formOf(request));
    return acted.left ? redirect("/chats") : { problem: undefined, made: acted.made };
  } catch (error) {
    return asFormProblem(error);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** A group: what it is called, who takes part, who asks to, by which links, and what its admins can do about it. */
export default function People() {
  const { chat, asked, page, others, requests, invites, accountId } = useLoaderData<typeof loader>();
  const done = useActionData<typeof action>();
  const made = done && "made" in done ? done.made : undefined;
  const { t } = useTranslation();
  return (
    <>
      <PageHeader
        title={<bdi>{chat.title}</bdi>}
        subtitle={t("chat.peopleCount", { count: chat.peopleCount })}
        back={{ to: `/chats/${chat.id}`, when: "always" }}
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="grid max-w-2xl grid-cols-1 gap-8 p-5">
          <ProblemNote problem={done?.problem} />
          <GroupIdentity chat={chat} />
          {chat.can.invite && <JoinRequests requests={requests} count={chat.asking} />}
          <PeopleList chat={chat} page={page} asked={asked} accountId={accountId} />
          {chat.can.add && others.length > 0 && <AddPeople others={others} />}
          {chat.can.invite && <InviteLinks invites={invites} made={made} />}
          <LeaveDialog title={chat.title} />
        </div>
      </div>
    </>
  );
}
