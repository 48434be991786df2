import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, requireAdmin } from "~/modules/accounts/index.server";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { TAG_COLOURS, type Tag, type TagColour } from "~/modules/contacts";
import { listTags } from "~/modules/contacts/index.server";
import { formOf } from "~/platform/form-of.server";
import { transact } from "~/platform/transact.server";
import { Badge, type Tone } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const t = await translator(request);
  const tags = await transact(actor, { orgId }, (ctx) => listTags(ctx, orgId));
  return { title: t("admin.tags.title"), tags };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    await act(actor, membership.orgId, form);
    return redirect("/admin/tags");
  } catch (error) {
    return asFormProblem(error);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

const TONES: Record<TagColour, Tone> = {
  grey: "neutral",
  red: "danger",
  amber: "amber",
  green: "jungle",
  blue: "river",
};

/** The words by which contacts and tickets are sorted. */
export default function Tags() {
  const { title, tags } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  const { t } = useTranslation();
  return (
    <>
      <Section title={title} lead={t("admin.tags.lead")}>
        <ProblemNote problem={problem} />
        {tags.length === 0 && <p className="text-ink-soft">{t("admin.tags.none")}</p>}
        <ul className="grid grid-cols-1">
          {tags.map((tag) => (
            <TagRow key={`${tag.id}-${tag.name}`} tag={tag} others={tags.filter(({ id }) => id !== tag.id)} />
          ))}
        </ul>
      </Section>
      <Section title={t("admin.tags.create")}>
        <Form key={tags.length} method="post" className="grid max-w-md gap-4" preventScrollReset>
          <TagFields />
          <div>
            <Button type="submit" name="intent" value="create" variant="primary">
              {t("admin.tags.createSubmit")}
            </Button>
          </div>
        </Form>
      </Section>
    </>
  );
}

function TagFields({ tag }: { tag?: Tag }) {
  const { t } = useTranslation();
  return (
    <>
      <TextField label={t("admin.tags.name")} name="name" maxLength={60} defaultValue={tag?.name} />
      <Select label={t("admin.tags.colour")} name="colour" defaultValue={tag?.colour ?? "grey"}>
        {TAG_COLOURS.map((one) => (
          <option key={one} value={one}>
            {t(`admin.tags.colours.${one}`)}
          </option>
        ))}
      </Select>
    </>
  );
}

function TagRow({ tag, others }: { tag: Tag; others: Tag[] }) {
  const { t } = useTranslation();
  return (
    <li className="grid gap-2 border-line border-b py-3 last:border-b-0">
      <div className="flex items-center gap-3">
        <span className="min-w-0 flex-1">
          <Badge tone={TONES[tag.colour]}>{tag.name}</Badge>
        </span>
      </div>
      <Disclosure label={t("admin.tags.edit")} ariaLabel={t("admin.tags.editOf", { name: tag.name })}>
        <div className="grid max-w-md gap-4">
          <Form method="post" className="grid gap-4" preventScrollReset>
            <input type="hidden" name="tagId" value={tag.id} />
            <TagFields tag={tag} />
            <div>
              <Button type="submit" name="intent" value="change">
                {t("ui.save")}
              </Button>
            </div>
          </Form>
          {others.length > 0 && (
            <Form method="post" className="flex items-end gap-2" preventScrollReset>
              <input type="hidden" name="tagId" value={tag.id} />
              <Select className="flex-1" label={t("admin.tags.mergeInto")} name="intoId">
                {others.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
              <Button type="submit" name="intent" value="merge">
                {t("admin.tags.merge")}
              </Button>
            </Form>
          )}
          <Disclosure label={t("admin.tags.delete")} danger>
            <Form method="post" className="grid gap-2" preventScrollReset>
              <p className="text-ink-soft text-sm">{t("admin.tags.deleteSure")}</p>
              <input type="hidden" name="tagId" value={tag.id} />
              <div>
                <Button type="submit" size="sm" variant="danger" name="intent" value="delete">
                  {t("admin.tags.deleteConfirm")}
                </Button>
              </div>
            </Form>
          </Disclosure>
        </div>
      </Disclosure>
    </li>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
