import { Form, useNavigation } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { FormProblem } from "~/modules/accounts";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/forms/checkbox";
import { TextField } from "~/ui/forms/text-field";

type ReachProps = { own: { handle: string | null; findable: boolean }; problem?: FormProblem; done: boolean };

/** How other people find this account to write to it. */
export function ReachSection({ own, problem, done }: ReachProps) {
  const { t } = useTranslation();
  const busy = useNavigation().formData?.get("intent") === "reach";
  const problemOf = useFieldProblem(problem);
  return (
    <Section id="reach" title={t("settings.reach.title")} lead={t("settings.reach.lead")}>
      {done && <DoneNote>{t("settings.saved")}</DoneNote>}
      <Form method="post" noValidate className="grid max-w-md gap-4">
        <TextField
          label={t("settings.reach.handle")}
          name="handle"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          maxLength={31}
          defaultValue={own.handle ?? ""}
          hint={t("settings.reach.handleHint")}
          error={problemOf("handle")}
        />
        <Checkbox
          name="findable"
          defaultChecked={own.findable}
          label={t("settings.reach.findable")}
          hint={t("settings.reach.findableHint")}
        />
        <div>
          <Button type="submit" name="intent" value="reach" busy={busy}>
            {t("ui.save")}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
