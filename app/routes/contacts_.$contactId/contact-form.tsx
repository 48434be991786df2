import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { CustomField, Tag } from "~/modules/contacts";
import { FieldControl } from "~/modules/contacts/ui/field-control";
import type { Contact } from "~/modules/tickets/index.server";
import { Button } from "~/ui/button";
import { TextArea } from "~/ui/forms/text-area";
import { TextField } from "~/ui/forms/text-field";

type ContactFormProps = { contact: Contact; fields: CustomField[]; tags: Tag[] };

/** What is known of a contact, to be changed by hand. */
export function ContactForm({ contact, fields, tags }: ContactFormProps) {
  const { t } = useTranslation();
  return (
    <Form method="post" className="grid gap-3">
      <TextField label={t("contacts.name")} name="name" maxLength={200} defaultValue={contact.name} />
      <TextField
        label={t("contacts.phone")}
        name="phone"
        type="tel"
        maxLength={60}
        optional
        defaultValue={contact.phone ?? ""}
      />
      <TextField label={t("contacts.email")} name="email" maxLength={254} optional defaultValue={contact.email ?? ""} />
      <TextField
        label={t("contacts.tags")}
        hint={tags.length > 0 ? tags.map(({ name }) => name).join(", ") : t("contacts.tagsHint")}
        name="tags"
        optional
        defaultValue={contact.tags.join(", ")}
      />
      {fields.map((field) => (
        <FieldControl key={field.id} field={field} value={contact.fields[field.key]} />
      ))}
      <TextArea
        label={t("contacts.notes")}
        name="notes"
        maxLength={10_000}
        optional
        defaultValue={contact.notes ?? ""}
      />
      <div>
        <Button type="submit" name="intent" value="save" variant="primary">
          {t("ui.save")}
        </Button>
      </div>
    </Form>
  );
}
