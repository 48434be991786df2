import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { TextSearch } from "lucide-react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, requireMember, requireMemberPage } from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import {
  findMergedInto,
  getContactPage,
  listContactHistory,
  listContacts,
  previewMerge,
} from "~/modules/tickets/index.server";
import { AppError } from "~/platform/errors";
import { formOf } from "~/platform/form-of.server";
import { Avatar } from "~/ui/avatar";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { IconLink } from "~/ui/icon-link";
import { PageHeader } from "~/ui/page-header";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";
import { ContactForm } from "./contact-form";
import { ContactHistory } from "./contact-history";
import { Doors } from "./doors";
import { EraseForm } from "./erase-form";
import { MergeForms } from "./merge-forms";

const PAGE = 50;
/** So many contacts of a name are offered to be merged; who looks for another writes more of it. */
const CANDIDATES = 8;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, membership, frame } = await requireMemberPage(request);
  const { orgId } = membership;
  const id = params.contactId ?? "";
  const page = await getContactPage(actor, orgId, id).catch(async (error: unknown) => {
    const into = error instanceof AppError && error.status === 404 ? await findMergedInto(actor, orgId, id) : null;
    throw into ? redirect(`/contacts/${into}`) : error;
  });
  const asked = new URL(request.url).searchParams;
  const other = asked.get("merge");
  const find = asked.get("find")?.slice(0, 200).trim() ?? "";
  const [found, history, preview, t] = await Promise.all([
    find ? listContacts(actor, orgId, { q: find, limit: CANDIDATES + 1 }) : null,
    listContactHistory(actor, orgId, id, { cursor: asked.get("cursor") ?? undefined, limit: PAGE }),
    other ? previewMerge(actor, orgId, { keptId: id, mergedId: other }) : null,
    translator(request),
  ]);
  return {
    ...page,
    ...{ frame, history, preview, find },
    found: found?.contacts.filter((one) => one.id !== page.contact.id).slice(0, CANDIDATES) ?? null,
    done: asked.get("done"),
    title: page.contact.name || t("contacts.title"),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  const form = await formOf(request);
  try {
    return redirect(await act(actor, membership.orgId, params.contactId ?? "", form));
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** One contact: what is known of it, how it writes, and all that was written. */
export default function ContactPage() {
  const data = useLoaderData<typeof loader>();
  const { contact, rights, frame, done } = data;
  const answer = useActionData<typeof action>();
  const { t } = useTranslation();
  const problemOf = (intent: string) => (answer?.values.intent === intent ? answer.problem : undefined);
  return (
    <SignedInFrame {...frame} current="contacts">
      <PageHeader
        title={<bdi>{contact.name}</bdi>}
        back={{ to: "/contacts", when: "always" }}
        start={<Avatar id={contact.id} name={contact.name} />}
        actions={
          <>
            <IconLink
              to={`/search?contact=${contact.id}`}
              label={t("search.within", { name: contact.name })}
              icon={<TextSearch />}
            />
            <BlockButton blocked={contact.blocked_at !== null} />
          </>
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="grid gap-x-10 px-5 py-4 sm:px-8 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
          <div className="grid content-start gap-4">
            {contact.blocked_at && (
              <p>
                <Badge tone="danger">{t("contacts.blocked")}</Badge> {t("contacts.blockedHint")}
              </p>
            )}
            <ProblemNote problem={problemOf("block") ?? problemOf("unblock")} />
            <ContactForm
              {...{ contact, fields: data.fields, tags: data.tags, problem: problemOf("save") }}
              saved={done === "saved" && !answer}
            />
            <div>
              <Section title={t("contacts.channels")}>
                <Doors doors={data.doors} />
              </Section>
              <Section id="merge" title={t("contacts.merge.title")}>
                {done && MERGED.has(done) && !answer && <DoneNote>{t(`contacts.done.${done}`)}</DoneNote>}
                <ProblemNote problem={problemOf("merge") ?? problemOf("undo")} />
                <MergeForms {...data} />
              </Section>
              {rights.erase && (
                <div className="py-7">
                  <EraseForm name={contact.name} problem={problemOf("erase")} />
                </div>
              )}
            </div>
          </div>
          <ContactHistory history={data.history} />
        </div>
      </div>
    </SignedInFrame>
  );
}

const MERGED: ReadonlySet<string> = new Set(["merged", "parted", "partedBut"]);

function BlockButton({ blocked }: { blocked: boolean }) {
  const { t } = useTranslation();
  return (
    <Form method="post">
      <Button type="submit" size="sm" name="intent" value={blocked ? "unblock" : "block"}>
        {blocked ? t("contacts.unblock") : t("contacts.block")}
      </Button>
    </Form>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
