import { Form, Link } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { MergeConflict } from "~/modules/contacts";
import type { Contact, ContactPage } from "~/modules/tickets/index.server";
import { Button, buttonClass } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";
import { Time } from "~/ui/time";

type Preview = { merged: Contact; conflicts: MergeConflict[]; moves: { channels: number; tickets: number } };
type MergeFormsProps = Pick<ContactPage, "contact" | "duplicates" | "merges"> & {
  preview: Preview | null;
  find: string;
  /** The contacts that match `find`; null: nothing was looked for. */
  found: Contact[] | null;
};

/** Two contacts that are one person: suggestions, what would come of it, and the way back. */
export function MergeForms({ contact, duplicates, merges, preview, find, found }: MergeFormsProps) {
  const { t } = useTranslation();
  const here = `/contacts/${contact.id}`;
  return (
    <div className="grid gap-4">
      {preview ? (
        <MergePreview preview={preview} back={here} />
      ) : (
        <>
          <Candidates contacts={found ?? duplicates} />
          {found?.length === 0 && (
            <p role="status" className="text-ink-soft text-sm">
              {t("contacts.noneFound")}
            </p>
          )}
          <Form action={`${here}#merge`} className="flex items-end gap-2">
            <TextField
              key={find}
              className="min-w-0 flex-1"
              label={t("contacts.merge.other")}
              name="find"
              type="search"
              autoComplete="off"
              maxLength={200}
              defaultValue={find}
            />
            <Button type="submit">{t("contacts.find")}</Button>
          </Form>
        </>
      )}
      {merges.map(({ id, name, by, at }) => (
        <Form key={id} method="post" action={here} className="flex items-center gap-2">
          <input type="hidden" name="mergeId" value={id} />
          <span className="wrap-anywhere min-w-0 flex-1 text-sm">
            {t("contacts.merge.was", { name, by })} <Time at={at} style="date" className="text-ink-soft" />
          </span>
          <Button type="submit" size="sm" name="intent" value="undo">
            {t("contacts.merge.undo")}
          </Button>
        </Form>
      ))}
    </div>
  );
}

function Candidates({ contacts }: { contacts: Contact[] }) {
  const { t } = useTranslation();
  if (contacts.length === 0) return null;
  return (
    <ul className="grid grid-cols-1 gap-1">
      {contacts.map(({ id, name, phone, email }) => (
        <li key={id} className="flex items-center gap-2">
          <span className="min-w-0 flex-1">
            <bdi className="block truncate">{name}</bdi>
            <span className="block truncate text-ink-soft text-sm">{phone ?? email}</span>
          </span>
          <Link
            to={`?merge=${id}#merge`}
            aria-label={`${t("contacts.merge.look")}: ${name}`}
            className={buttonClass("quiet", "sm")}
          >
            {t("contacts.merge.look")}
          </Link>
        </li>
      ))}
    </ul>
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
        <Link to={`${back}#merge`} className={buttonClass("quiet")}>
          {t("ui.cancel")}
        </Link>
      </div>
    </Form>
  );
}
