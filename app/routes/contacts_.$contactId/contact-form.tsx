import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { FormProblem } from "~/modules/accounts";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import type { CustomField, Tag } from "~/modules/contacts";
import { FieldControl } from "~/modules/contacts/ui/field-control";
import { TagPicker } from "~/modules/desk/ui/tag-picker";
import type { Contact } from "~/modules/tickets/index.server";
import { Button } from "~/ui/button";
import { TextArea } from "~/ui/forms/text-area";
import { TextField } from "~/ui/forms/text-field";

type ContactFormProps = {
  contact: Contact;
  fields: CustomField[];
  tags: Tag[];
  problem?: FormProblem;
  saved: boolean;
};

/** What is known of a contact, to be changed by hand. */
export function ContactForm({ contact, fields, tags, problem, saved }: ContactFormProps) {
  const { t } = useTranslation();
  return (
    <Form method="post" className="grid gap-3">
      <Details {...{ contact, fields, tags }} />
      <ProblemNote problem={problem} />
      {saved && <DoneNote>{t("contacts.done.saved")}</DoneNote>}
      <div>
        <Button type="submit" name="intent" value="save" variant="primary">
          {t("ui.save")}
        </Button>
      </div>
    </Form>
  );
}

/** Each is written anew when what is known changes, and only then: what is being typed stays. */
function Details({ contact, fields, tags }: Pick<ContactFormProps, "contact" | "fields" | "tags">) {
  const { t } = useTranslation();
  return (
    <>
      <TextField
        key={`name ${contact.name}`}
        label={t("contacts.name")}
        name="name"
        maxLength={200}
        defaultValue={contact.name}
      />
      <TextField
        key={`phone ${contact.phone}`}
        label={t("contacts.phone")}
        name="phone"
        type="tel"
        maxLength={60}
        optional
        defaultValue={contact.phone ?? ""}
      />
      <TextField
        key={`email ${contact.email}`}
        label={t("contacts.email")}
        name="email"
        maxLength={254}
        optional
        defaultValue={contact.email ?? ""}
      />
      <TagPicker
        key={`tags ${contact.tags}`}
        label={t("contacts.tags")}
        hint={t("contacts.tagsHint")}
        name="tags"
        value={contact.tags}
        suggestions={tags.map(({ name }) => name)}
      />
      {fields.map((field) => (
        <FieldControl
          key={`${field.id} ${contact.fields[field.key]}`}
          field={field}
          value={contact.fields[field.key]}
        />
      ))}
      <TextArea
        key={`notes ${contact.notes}`}
        label={t("contacts.notes")}
        name="notes"
        maxLength={10_000}
        optional
        defaultValue={contact.notes ?? ""}
      />
    </>
  );
}
