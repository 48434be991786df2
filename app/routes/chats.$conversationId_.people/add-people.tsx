import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { PeopleChoice } from "~/modules/chats/ui/people-choice";
import { Button } from "~/ui/button";

/** Puts in whom the reader knows. */
export function AddPeople({ others }: { others: readonly { id: string; name: string }[] }) {
  const { t } = useTranslation();
  return (
    <Form method="post" className="grid gap-3" key={others.length}>
      <input type="hidden" name="intent" value="add" />
      <PeopleChoice title={t("chat.addPeople")} people={others} />
      <div>
        <Button type="submit" variant="quiet">
          {t("chat.add")}
        </Button>
      </div>
    </Form>
  );
}
