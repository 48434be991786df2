import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireAdmin } from "~/modules/accounts/index.server";
import { openDraft, type Replayed, replayTicket } from "~/modules/bots/index.server";
import { AppError, invalid } from "~/platform/errors";
import { formOf } from "~/platform/form-of.server";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { PageHeader } from "~/ui/page-header";
import { RouteError } from "~/ui/state/route-error";
import { Time } from "~/ui/time";
import { Unanswered } from "./unanswered";

type Found = { replayed: Replayed | null; problem: string | null };

const NOTHING: Found = { replayed: null, problem: null };

/** What came of a ticket's number; one that is not there is told where it was asked for. */
async function replayOrTell(at: Parameters<typeof replayTicket>): Promise<Found> {
  try {
    return { replayed: await replayTicket(...at), problem: null };
  } catch (error) {
    if (!(error instanceof AppError) || (error.status !== 404 && error.status !== 422)) throw error;
    return { replayed: null, problem: error.status === 404 ? "ticket_unknown" : error.code };
  }
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const { id, draft } = await openDraft(actor, orgId, params.id ?? "");
  const ticket = new URL(request.url).searchParams.get("ticket");
  const found = ticket ? await replayOrTell([actor, orgId, id, Number(ticket.replace("#", ""))]) : NOTHING;
  const t = await translator(request);
  return { title: t("bots.replay.title"), id, name: draft.name, ticket, ...found };
}

const tried = z.object({ ticket: z.coerce.number(), answers: z.string().max(200_000) });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("invalid_request");
  }
}

/** Tries the ticket once more, with what people say that other systems answer. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const asked = tried.safeParse(Object.fromEntries(await formOf(request)));
  if (!asked.success) throw invalid("invalid_request");
  const answers = jsonOf(asked.data.answers);
  const found = await replayOrTell([actor, membership.orgId, params.id ?? "", asked.data.ticket, answers]);
  return { ...found, answers: answers as { [node: string]: unknown } };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** A real ticket on the draft: what the bot said then, and what it would say now. */
export default function Replay() {
  const { title, id, name, ticket, ...first } = useLoaderData<typeof loader>();
  const again = useActionData<typeof action>();
  const { replayed, problem } = again ?? first;
  const { t } = useTranslation();
  const busy = useNavigation().state === "loading";
  return (
    <>
      <PageHeader title={name} subtitle={title} back={{ to: `/bots/${id}`, when: "always" }} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-8">
        <div className="grid max-w-4xl grid-cols-1 gap-5">
          <p className="max-w-prose text-ink-soft">{t("bots.replay.about")}</p>
          <Form className="flex max-w-md items-end gap-2">
            <TextField
              name="ticket"
              label={t("bots.replay.ticket")}
              inputMode="numeric"
              pattern="#?[0-9]{1,10}"
              className="flex-1"
              defaultValue={ticket ?? ""}
              error={problem ? t([`bots.replay.problems.${problem}`, `errors.${problem}`]) : undefined}
              end={
                <Button type="submit" variant="primary" busy={busy}>
                  {t("bots.replay.run")}
                </Button>
              }
            />
          </Form>
          {replayed && <Turns replayed={replayed} />}
          {replayed?.unanswered.map((call) => (
            <Unanswered key={call.node} call={call} ticket={replayed.ticket.number} answers={again?.answers ?? {}} />
          ))}
        </div>
      </div>
    </>
  );
}

function Turns({ replayed: { ticket, turns } }: { replayed: Replayed }) {
  const { t } = useTranslation();
  const differing = turns.filter(({ same }) => !same).length;
  return (
    <section className="grid gap-3">
      <h2 className="font-semibold">
        <Link to={`/inbox/${ticket.id}`} className="text-accent-text underline underline-offset-2">
          #{ticket.number} <bdi>{ticket.contact}</bdi>
        </Link>
      </h2>
      <p role="status">
        {turns.length === 0
          ? t("bots.replay.nothing")
          : differing === 0
            ? t("bots.replay.allSame")
            : t("bots.replay.differing", { count: differing })}
      </p>
      <ol className="grid">
        {turns.map(({ at, words, was, now, same }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: turns have no name but their place.
          <li key={i} className="grid gap-2 border-line border-b py-3 last:border-b-0">
            <p className="flex flex-wrap items-baseline gap-2">
              <bdi className="font-medium">{words || t("bots.replay.noWords")}</bdi>
              <Time at={at} style="full" className="text-ink-faint text-sm" />
              <Badge tone={same ? "jungle" : "amber"}>{same ? t("bots.replay.same") : t("bots.replay.differs")}</Badge>
            </p>
            <div className="grid gap-3 sm:grid-cols-2">
              <Said title={t("bots.replay.was")} texts={was} />
              {!same && <Said title={t("bots.replay.now")} texts={now} />}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Said({ title, texts }: { title: string; texts: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div className="min-w-0 border-line-mid border-s-2 ps-3">
      <h3 className="text-ink-soft text-xs">{title}</h3>
      {texts.length === 0 && <p className="text-ink-soft italic">{t("bots.scenarios.silence")}</p>}
      {texts.map((text, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was said has no other name than its place.
        <p key={i} className="wrap-anywhere whitespace-pre-wrap text-sm">
          <bdi>{text}</bdi>
        </p>
      ))}
    </div>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
