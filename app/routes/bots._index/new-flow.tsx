import { Form, useNavigation } from "@remix-run/react";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { STARTER_IDS } from "~/modules/bots";
import { Button } from "~/ui/button";
import { FormField } from "~/ui/forms/form-field";
import { TextField } from "~/ui/forms/text-field";
import { Dialog } from "~/ui/overlay/dialog";

/** What most begin with. */
const FIRST = STARTER_IDS[0] ?? "";

/** A new bot: from a starter, empty, or out of a file. */
export function NewFlow() {
  const { t } = useTranslation();
  const { problemOf } = useFormAnswer();
  const [open, setOpen] = useState(Boolean(problemOf("create") ?? problemOf("import")));
  const trigger = (
    <Button variant="primary" icon={<Plus aria-hidden className="size-4" />}>
      {t("bots.list.new")}
    </Button>
  );
  return (
    <Dialog title={t("bots.list.new")} trigger={trigger} open={open} onOpenChange={setOpen}>
      {(close) => (
        <div className="grid gap-6">
          <CreateForm />
          <ImportForm onSent={close} />
        </div>
      )}
    </Dialog>
  );
}

function CreateForm() {
  const { t } = useTranslation();
  const { problemOf, valuesOf, isBusy } = useFormAnswer();
  const problem = problemOf("create");
  const errorOf = useFieldProblem(problem);
  const values = valuesOf("create");
  const nameOf = (starter: string) => (starter === "" ? "" : t(`bots.starters.${starter}.name`));
  const [name, setName] = useState(values?.name ?? nameOf(FIRST));
  const [touched, setTouched] = useState(values !== undefined);
  const choose = (starter: string) => {
    if (!touched) setName(nameOf(starter));
  };
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <ProblemNote problem={problem} fields={["name"]} />
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="mb-2 font-medium text-sm">{t("bots.list.beginWith")}</legend>
        {[...STARTER_IDS, ""].map((starter) => (
          <label
            key={starter}
            className="flex min-h-14 items-start gap-2.5 rounded-md border border-line p-3 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="starter"
              value={starter}
              defaultChecked={(values?.starter ?? FIRST) === starter}
              onChange={() => choose(starter)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span>
              <span className="block font-medium">{t(`bots.starters.${starter || "empty"}.name`)}</span>
              <span className="block text-ink-soft text-sm">{t(`bots.starters.${starter || "empty"}.about`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <TextField
        label={t("bots.list.name")}
        name="name"
        autoComplete="off"
        maxLength={100}
        value={name}
        onChange={({ target }) => {
          setName(target.value);
          setTouched(target.value !== "");
        }}
        error={errorOf("name")}
      />
      <div>
        <Button type="submit" variant="primary" name="intent" value="create" busy={isBusy("create")}>
          {t("bots.list.create")}
        </Button>
      </div>
    </Form>
  );
}

function ImportForm({ onSent }: { onSent(): void }) {
  const { t } = useTranslation();
  const { problemOf } = useFormAnswer();
  const busy = useNavigation().formData?.get("intent") === "import";
  const [chosen, setChosen] = useState(false);
  return (
    <Form
      method="post"
      encType="multipart/form-data"
      className="grid gap-3 border-line border-t pt-5"
      onSubmit={onSent}
    >
      <FormField label={t("bots.list.file")} hint={t("bots.list.fileHint")}>
        {(control) => (
          <input
            {...control}
            type="file"
            name="file"
            accept="application/json,.json"
            className="control"
            onChange={({ target }) => setChosen((target.files?.length ?? 0) > 0)}
          />
        )}
      </FormField>
      <ProblemNote problem={problemOf("import")} />
      <div>
        <Button type="submit" name="intent" value="import" disabled={!chosen} busy={busy}>
          {t("bots.list.import")}
        </Button>
      </div>
    </Form>
  );
}
