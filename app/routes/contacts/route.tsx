import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { Search, Upload, Users } from "lucide-react";
import { z } from "zod";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, readForm, requireMember, requirePage } from "~/modules/accounts/index.server";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { createContact, listContacts } from "~/modules/tickets/index.server";
import { ChannelIcon } from "~/modules/tickets/ui/channel-icon";
import { formOf } from "~/platform/form-of.server";
import { Avatar } from "~/ui/avatar";
import { Badge } from "~/ui/badge";
import { Button, buttonClass } from "~/ui/button";
import { DownloadForm } from "~/ui/download-form";
import { TextField } from "~/ui/forms/text-field";
import { PageHeader } from "~/ui/page-header";
import { EmptyState } from "~/ui/state/empty-state";
import { RouteError } from "~/ui/state/route-error";

const PAGE = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  const { frame } = await requirePage(request);
  const asked = new URL(request.url).searchParams;
  const q = asked.get("q")?.slice(0, 200) ?? "";
  const cursor = asked.get("cursor") ?? undefined;
  const { contacts, nextCursor } = await listContacts(actor, membership.orgId, { q, cursor, limit: PAGE });
  const t = await translator(request);
  return { title: t("contacts.title"), frame, contacts, nextCursor, q, admin: membership.role === "admin" };
}

const draft = z.object({ name: z.string(), phone: z.string(), email: z.string() });

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  const form = await formOf(request);
  try {
    const { id } = await createContact(actor, membership.orgId, readForm(draft, form));
    return redirect(`/contacts/${id}`);
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** The organisation's contacts that the member sees. */
export default function Contacts() {
  const { title, frame, contacts, nextCursor, q, admin } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const more = new URLSearchParams({ ...(q && { q }), cursor: nextCursor ?? "" });
  return (
    <SignedInFrame {...frame} current="contacts">
      <PageHeader title={title} actions={admin && <FileLinks />} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-8">
        <div className="grid max-w-3xl gap-4">
          <Form role="search" className="flex items-end gap-2">
            <TextField
              className="flex-1"
              label={t("contacts.search")}
              name="q"
              type="search"
              defaultValue={q}
              optional
              hideLabel
              placeholder={t("contacts.search")}
            />
            <Button type="submit" icon={<Search aria-hidden className="size-4" />}>
              {t("contacts.find")}
            </Button>
          </Form>
          <NewContact />
          {contacts.length === 0 ? (
            <EmptyState
              icon={<Users />}
              title={q ? t("contacts.noneFound") : t("contacts.empty")}
              text={t("contacts.emptyHint")}
            />
          ) : (
            <ul className="grid grid-cols-1">
              {contacts.map((contact) => (
                <li key={contact.id} className="border-line border-b last:border-b-0">
                  <Link
                    to={`/contacts/${contact.id}`}
                    className="-mx-2 flex min-h-12 items-center gap-3 rounded-sm px-2 py-1.5 hover:bg-hover"
                  >
                    <Avatar id={contact.id} name={contact.name} />
                    <span className="min-w-0 flex-1">
                      <bdi className="block truncate font-medium">{contact.name}</bdi>
                      <span className="block truncate text-ink-soft text-sm">
                        {[contact.phone, contact.email].filter(Boolean).join(" · ")}
                      </span>
                    </span>
                    {contact.blocked_at && <Badge tone="danger">{t("contacts.blocked")}</Badge>}
                    <span className="hidden gap-1 sm:flex">
                      {contact.tags.slice(0, 3).map((tag) => (
                        <Badge key={tag}>{tag}</Badge>
                      ))}
                    </span>
                    {contact.channels.slice(0, 3).map(({ id, kind }) => (
                      <ChannelIcon key={id} kind={kind} />
                    ))}
                  </Link>
                </li>
              ))}
            </ul>
          )}
          {nextCursor && (
            <p className="text-center">
              <Link to={`?${more}`} className={buttonClass("quiet")}>
                {t("contacts.more")}
              </Link>
            </p>
          )}
        </div>
      </div>
    </SignedInFrame>
  );
}

function FileLinks() {
  const { t } = useTranslation();
  return (
    <>
      <Link to="/contacts/import" className={buttonClass("quiet", "sm")}>
        <Upload aria-hidden className="size-4" />
        {t("contacts.import.action")}
      </Link>
      <DownloadForm action="/contacts/export" size="sm">
        {t("contacts.export")}
      </DownloadForm>
    </>
  );
}

function NewContact() {
  const { t } = useTranslation();
  const answer = useActionData<typeof action>();
  const values = answer?.values ?? {};
  return (
    <Disclosure label={t("contacts.new")} open={answer !== undefined || undefined}>
      <Form method="post" className="grid max-w-md gap-3">
        <ProblemNote problem={answer?.problem} />
        <TextField label={t("contacts.name")} name="name" maxLength={200} defaultValue={values.name} />
        <TextField
          label={t("contacts.phone")}
          name="phone"
          type="tel"
          maxLength={60}
          optional
          defaultValue={values.phone}
        />
        <TextField label={t("contacts.email")} name="email" maxLength={254} optional defaultValue={values.email} />
        <div>
          <Button type="submit" variant="primary">
            {t("contacts.create")}
          </Button>
        </div>
      </Form>
    </Disclosure>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
