import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  type SerializeFrom,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { Search, Upload, Users } from "lucide-react";
import { z } from "zod";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, readForm, requireMember, requireMemberPage } from "~/modules/accounts/index.server";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { listTags } from "~/modules/contacts/index.server";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { createContact, listContacts } from "~/modules/tickets/index.server";
import { ChannelIcon } from "~/modules/tickets/ui/channel-icon";
import { formOf } from "~/platform/form-of.server";
import { transact } from "~/platform/transact.server";
import { Avatar } from "~/ui/avatar";
import { Badge } from "~/ui/badge";
import { Button, buttonClass } from "~/ui/button";
import { DownloadForm } from "~/ui/download-form";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";
import { PageHeader } from "~/ui/page-header";
import { EmptyState } from "~/ui/state/empty-state";
import { RouteError } from "~/ui/state/route-error";

const PAGE = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership, frame } = await requireMemberPage(request);
  const asked = new URL(request.url).searchParams;
  const q = asked.get("q")?.slice(0, 200) ?? "";
  const tag = asked.get("tag")?.slice(0, 200) ?? "";
  const cursor = asked.get("cursor") ?? undefined;
  const { orgId } = membership;
  const [{ contacts, nextCursor }, tags, t] = await Promise.all([
    listContacts(actor, orgId, { q, tag, cursor, limit: PAGE }),
    transact(actor, { orgId }, (ctx) => listTags(ctx, orgId)),
    translator(request),
  ]);
  return {
    title: t("contacts.title"),
    ...{ frame, contacts, nextCursor, q, tag },
    tags: tags.map(({ name }) => name),
    admin: membership.role === "admin",
  };
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
  const { title, frame, contacts, nextCursor, q, tag, tags, admin } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const more = new URLSearchParams({ ...(q && { q }), ...(tag && { tag }), cursor: nextCursor ?? "" });
  return (
    <SignedInFrame {...frame} current="contacts">
      <PageHeader title={title} actions={admin && <FileLinks />} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-8">
        <div className="grid max-w-3xl gap-4">
          <SearchForm key={`${q} ${tag}`} {...{ q, tag, tags }} />
          <NewContact />
          {contacts.length === 0 ? (
            <None asked={q !== "" || tag !== ""} />
          ) : (
            <ul className="grid grid-cols-1">
              {contacts.map((contact) => (
                <ContactRow key={contact.id} contact={contact} />
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

function SearchForm({ q, tag, tags }: { q: string; tag: string; tags: string[] }) {
  const { t } = useTranslation();
  const known = tag && !tags.includes(tag) ? [tag, ...tags] : tags;
  return (
    <Form role="search" className="flex flex-wrap items-end gap-2">
      <TextField
        className="min-w-0 flex-1 max-sm:basis-full"
        label={t("contacts.search")}
        name="q"
        type="search"
        defaultValue={q}
        optional
        hideLabel
        placeholder={t("contacts.search")}
      />
      {known.length > 0 && (
        <Select
          className="min-w-0 flex-1 sm:max-w-52"
          label={t("contacts.tag")}
          name="tag"
          defaultValue={tag}
          hideLabel
        >
          <option value="">{t("contacts.anyTag")}</option>
          {known.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <Button type="submit" icon={<Search aria-hidden className="size-4" />}>
        {t("contacts.find")}
      </Button>
    </Form>
  );
}

function None({ asked }: { asked: boolean }) {
  const { t } = useTranslation();
  const all = (
    <Link to="/contacts" className={buttonClass("quiet")}>
      {t("contacts.showAll")}
    </Link>
  );
  return asked ? (
    <EmptyState icon={<Users />} title={t("contacts.noneFound")} text={t("contacts.noneFoundHint")} action={all} />
  ) : (
    <EmptyState icon={<Users />} title={t("contacts.empty")} text={t("contacts.emptyHint")} />
  );
}

function ContactRow({ contact }: { contact: SerializeFrom<typeof loader>["contacts"][number] }) {
  const { t } = useTranslation();
  const reached = [contact.phone, contact.email].filter(Boolean).join(" · ");
  return (
    <li className="border-line border-b last:border-b-0">
      <Link
        to={`/contacts/${contact.id}`}
        className="-mx-2 flex min-h-12 items-center gap-3 rounded-sm px-2 py-1.5 hover:bg-hover"
      >
        <Avatar id={contact.id} name={contact.name} />
        <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
          <span className="min-w-0 flex-1 max-sm:basis-full">
            <bdi className="block truncate font-medium">{contact.name}</bdi>
            {reached && <span className="block truncate text-ink-soft text-sm">{reached}</span>}
          </span>
          {contact.tags.length > 0 && (
            <span className="flex min-w-0 max-w-full flex-wrap gap-1 sm:max-w-[40%] sm:justify-end">
              {contact.tags.slice(0, 3).map((tag) => (
                <Badge key={tag}>{tag}</Badge>
              ))}
            </span>
          )}
        </span>
        {contact.blocked_at && <Badge tone="danger">{t("contacts.blocked")}</Badge>}
        {contact.channels.slice(0, 3).map(({ id, kind }) => (
          <ChannelIcon key={id} kind={kind} />
        ))}
      </Link>
    </li>
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
