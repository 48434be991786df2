import { useFetcher } from "@remix-run/react";
import { Pencil } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import type { CustomField } from "~/modules/contacts";
import { FieldControl } from "~/modules/contacts/ui/field-control";
import { Button } from "~/ui/button";
import { Dialog } from "~/ui/overlay/dialog";
import { Time } from "~/ui/time";
import type { TicketActionData } from "../act.server";

type TicketFieldsProps = {
  ticketId: string;
  fields: readonly CustomField[];
  values: Record<string, unknown>;
  manages: boolean;
};

/** What the organisation notes of its tickets; nothing where it notes nothing. */
export function TicketFields({ ticketId, fields, values, manages }: TicketFieldsProps) {
  const { t } = useTranslation();
  if (fields.length === 0) return null;
  return (
    <section>
      <h2 className="mb-1 font-medium text-sm">{t("ticket.fields.title")}</h2>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1">
        {fields.map((field) => (
          <div key={field.id} className="contents">
            <dt className="max-w-40 text-ink-soft text-sm [overflow-wrap:anywhere]">{field.label}</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">
              <FieldWords field={field} value={values[field.key] ?? null} />
            </dd>
          </div>
        ))}
      </dl>
      {manages && (
        <Dialog
          title={t("ticket.fields.edit")}
          size="sm"
          trigger={
            <Button size="sm" icon={<Pencil aria-hidden className="size-4" />} className="mt-2">
              {t("ticket.fields.edit")}
            </Button>
          }
        >
          {(close) => <FieldsForm ticketId={ticketId} fields={fields} values={values} close={close} />}
        </Dialog>
      )}
    </section>
  );
}

function FieldWords({ field, value }: { field: CustomField; value: unknown }) {
  const { t, i18n } = useTranslation();
  if (value === null) return <span className="text-ink-faint">–</span>;
  switch (field.kind) {
    case "yes_no":
      return t(value === true ? "contacts.yes" : "contacts.no");
    case "number":
      return <span className="tabular-nums">{new Intl.NumberFormat(i18n.language).format(Number(value))}</span>;
    case "date":
      return <Time at={`${value}T12:00:00Z`} style="date" />;
    default:
      return <bdi>{String(value)}</bdi>;
  }
}

type FieldsFormProps = Omit<TicketFieldsProps, "manages"> & { close: () => void };

/** Stays open until what was typed is kept. */
function FieldsForm({ ticketId, fields, values, close }: FieldsFormProps) {
  const { t } = useTranslation();
  const fetcher = useFetcher<TicketActionData>();
  const latest = useRef(close);
  latest.current = close;
  const code = fetcher.data?.code ?? null;
  const wrong = (fetcher.data?.data as { field?: string } | null | undefined)?.field;
  useEffect(() => {
    if (fetcher.state === "idle" && fetcher.data && fetcher.data.code === null) latest.current();
  }, [fetcher.state, fetcher.data]);
  const words = code && t([`errors.${code}`, "errors.unexpected"]);
  return (
    <fetcher.Form method="post" action={`/inbox/${ticketId}`} className="grid gap-3">
      <input type="hidden" name="intent" value="fields" />
      {fields.map((field) => (
        <FieldControl
          key={field.id}
          field={field}
          value={values[field.key]}
          error={words && wrong === `fields.${field.key}` ? words : undefined}
        />
      ))}
      {words && !wrong && (
        <p role="alert" className="text-danger-text text-sm">
          {words}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={close}>{t("ui.cancel")}</Button>
        <Button type="submit" variant="primary" busy={fetcher.state !== "idle"}>
          {t("ui.save")}
        </Button>
      </div>
    </fetcher.Form>
  );
}
