import { BookmarkPlus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { LONGEST_VIEW_NAME } from "~/modules/desk";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/forms/checkbox";
import { TextField } from "~/ui/forms/text-field";
import { Dialog } from "~/ui/overlay/dialog";

type SaveFilterProps = { orgId: string; filter: string; admin: boolean; onSaved: () => void };

/** Keeps what the list shows under a name: for oneself, or, by an admin, for everybody. */
export function SaveFilter(props: SaveFilterProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t("inbox.saved.save")}
      size="sm"
      trigger={
        <Button size="sm" variant="plain" icon={<BookmarkPlus aria-hidden className="size-4" />}>
          {t("inbox.saved.save")}
        </Button>
      }
    >
      {(close) => <SaveForm {...props} close={close} />}
    </Dialog>
  );
}

function SaveForm({ orgId, filter, admin, onSaved, close }: SaveFilterProps & { close: () => void }) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const view = { intent: "create", org: orgId, name: String(form.get("name")), filter, shared: form.has("shared") };
    try {
      await askServer("/inbox/views", view);
    } catch (error) {
      return setProblem(t([`errors.${codeOfRefusal(error)}`, "errors.unexpected"]));
    }
    onSaved();
    close();
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <TextField
        name="name"
        label={t("inbox.saved.name")}
        required
        maxLength={LONGEST_VIEW_NAME}
        error={problem}
        autoFocus
      />
      {admin && <Checkbox name="shared" label={t("inbox.saved.shared")} />}
      <div className="flex justify-end gap-2">
        <Button onClick={close}>{t("ui.cancel")}</Button>
        <Button type="submit" variant="primary">
          {t("ui.save")}
        </Button>
      </div>
    </form>
  );
}
