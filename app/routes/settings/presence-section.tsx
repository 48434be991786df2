import { Form, useNavigation } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { Section } from "~/modules/accounts/ui/section";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/forms/checkbox";

/** Whether others see when this account is there; who hides it sees nobody either. */
export function PresenceSection({ shows, done }: { shows: boolean; done: boolean }) {
  const { t } = useTranslation();
  const busy = useNavigation().formData?.get("intent") === "presence";
  return (
    <Section id="presence" title={t("later.presence.title")} lead={t("later.presence.lead")}>
      {done && <DoneNote>{t("settings.saved")}</DoneNote>}
      <Form method="post" className="grid max-w-md gap-4">
        <Checkbox
          name="shows"
          defaultChecked={shows}
          label={t("later.presence.show")}
          hint={t("later.presence.hint")}
        />
        <div>
          <Button type="submit" name="intent" value="presence" busy={busy}>
            {t("ui.save")}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
