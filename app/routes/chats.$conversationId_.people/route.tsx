import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { translator } from "~/i18n/i18n.server";
import { asFormProblem, requireActor } from "~/modules/accounts/index.server";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { getChat, listAcquaintances } from "~/modules/chats/index.server";
import { PeopleChoice } from "~/modules/chats/ui/people-choice";
import { notFound } from "~/platform/errors";
import { formOf } from "~/platform/form-of.server";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { Dialog } from "~/ui/overlay/dialog";
import { PageHeader } from "~/ui/page-header";
import { act } from "./act.server";
import { PersonRow } from "./person-row";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const chat = await getChat(actor, params.conversationId ?? "");
  if (chat.kind === "direct") throw notFound("group");
  const inside = new Set(chat.people.map(({ id }) => id));
  const [acquaintances, t] = await Promise.all([
    chat.can.add ? listAcquaintances(actor, chat.orgId) : [],
    translator(request),
  ]);
  const others = acquaintances.filter(({ id }) => !inside.has(id));
  return { title: `${t("chat.people")} · ${chat.title}`, chat, others, accountId: actor.accountId };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  try {
    const left = await act(actor, params.conversationId ?? "", await formOf(request));
    return left ? redirect("/chats") : { problem: undefined };
  } catch (error) {
    return asFormProblem(error);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** Who left comes back only if somebody puts them in again. */
function LeaveDialog({ title }: { title: string }) {
  const { t } = useTranslation();
  return (
    <div>
      <Dialog
        title={t("chat.leave")}
        size="sm"
        role="alertdialog"
        trigger={<Button variant="quiet">{t("chat.leave")}</Button>}
        footer={(close) => (
          <Form method="post" className="flex justify-end gap-2">
            <Button variant="plain" onClick={close}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit" name="intent" value="leave" variant="danger">
              {t("chat.leaveNow")}
            </Button>
          </Form>
        )}
      >
        <p>{t("chat.leaveHint", { name: title })}</p>
      </Dialog>
    </div>
  );
}

/** Who takes part in a group, and what its admins can do about it. */
export default function People() {
  const { chat, others, accountId } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  const { t } = useTranslation();
  return (
    <>
      <PageHeader
        title={<bdi>{chat.title}</bdi>}
        subtitle={t("chat.peopleCount", { count: chat.people.length })}
        back={{ to: `/chats/${chat.id}`, when: "always" }}
      />
      <div className="grid min-h-0 flex-1 content-start gap-6 overflow-y-auto p-5">
        <ProblemNote problem={problem} />
        {chat.can.rename && (
          <Form method="post" className="max-w-md">
            <input type="hidden" name="intent" value="rename" />
            <TextField
              key={chat.title}
              name="title"
              label={t("chat.groupName")}
              defaultValue={chat.title}
              maxLength={80}
              required
              autoComplete="off"
              end={<Button type="submit">{t("chat.rename")}</Button>}
            />
          </Form>
        )}
        <ul className="max-w-2xl divide-y divide-line">
          {chat.people.map((person) => (
            <PersonRow key={person.id} person={person} own={person.id === accountId} handOver={chat.can.handOver} />
          ))}
        </ul>
        {chat.can.add && others.length > 0 && (
          <Form method="post" className="grid max-w-2xl gap-3" key={others.length}>
            <input type="hidden" name="intent" value="add" />
            <PeopleChoice title={t("chat.addPeople")} people={others} />
            <div>
              <Button type="submit" variant="quiet">
                {t("chat.add")}
              </Button>
            </div>
          </Form>
        )}
        <LeaveDialog title={chat.title} />
      </div>
    </>
  );
}
