import { Form, Link } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { MergeConflict } from "~/modules/contacts";
import type { Contact, ContactPage } from "~/modules/tickets/index.server";
import { Button, buttonClass } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";
import { Time } from "~/ui/time";

type Preview = { merged: Contact; conflicts: MergeConflict[]; moves: { channels: number; tickets: number } };
type MergeSectionProps = Pick<ContactPage, "contact" | "duplicates" | "merges"> & { preview: Preview | null };

/** Two contacts that are one person: suggestions, what would come of it, and the way back. */
export function MergeSection({ contact, duplicates, merges, preview }: MergeSectionProps) {
  const { t } = useTranslation();
  return (
    <section className="grid gap-2">
      <h2 className="font-semibold text-md">{t("contacts.merge.title")}</h2>
      {preview ? (
        <MergePreview preview={preview} back={`/contacts/${contact.id}`} />
      ) : (
        <>
          {duplicates.map(({ id, name, phone, email }) => (
            <p key={id} className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate">
                <bdi>{name}</bdi> <span className="text-ink-soft text-sm">{phone ?? email}</span>
              </span>
              <Link to={`?merge=${id}`} className={buttonClass("quiet", "sm")}>
                {t("contacts.merge.look")}
              </Link>
            </p>
          ))}
          <Form className="flex items-end gap-2">
            <TextField className="flex-1" label={t("contacts.merge.other")} name="merge" autoComplete="off" />
            <Button type="submit">{t("contacts.merge.look")}</Button>
          </Form>
        </>
      )}
      {merges.map(({ id, name, by, at }) => (
        <Form key={id} method="post" className="flex items-center gap-2">
          <input type="hidden" name="mergeId" value={id} />
          <span className="min-w-0 flex-1 text-sm">
            {t("contacts.merge.was", { name, by })} <Time at={at} style="date" />
          </span>
          <Button type="submit" size="sm" name="intent" value="undo">
            {t("contacts.merge.undo")}
          </Button>
        </Form>
      ))}
    </section>
  );
}

function MergePreview({ preview, back }: { preview: Preview; back: string }) {
  const { t, i18n } = useTranslation();
  const { merged, conflicts, moves } = preview;
  const label = (field: string) => {
    const key = `contacts.${field}`;
    return i18n.exists(key) ? t(key) : field.replace(/^fields\./, "");
  };
  return (
    <Form method="post" action={back} className="grid gap-3 rounded-sm bg-sunken p-4">
      <input type="hidden" name="mergedId" value={merged.id} />
      <p>{t("contacts.merge.sure", { name: merged.name, tickets: moves.tickets, channels: moves.channels })}</p>
      {conflicts.map(({ field, kept, merged: theirs }) => (
        <Select key={field} label={label(field)} name={`choice:${field}`} defaultValue="kept">
          <option value="kept">{String(kept)}</option>
          <option value="merged">{String(theirs)}</option>
        </Select>
      ))}
      <div className="flex gap-2">
        <Button type="submit" name="intent" value="merge" variant="primary">
          {t("contacts.merge.submit")}
        </Button>
        <Link to={back} className={buttonClass("quiet")}>
          {t("ui.cancel")}
        </Link>
      </div>
    </Form>
  );
}
