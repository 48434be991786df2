import { Form, useActionData } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { CopyField } from "~/modules/accounts/ui/copy-field";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { WebhookState } from "~/modules/webhooks/ui/webhook-state";
import { Button } from "~/ui/button";
import { Banner } from "~/ui/state/banner";
import { Time } from "~/ui/time";

type Webhook = { disabledAt: string | null; disabledBy: string | null; failingSince: string | null };

/** Whether it works, a trial, on and off, another secret, and its end. */
export function Switches({ webhook, said }: { webhook: Webhook; said: string | null }) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  const on = webhook.disabledAt === null;
  const problem = ["test", "enable", "disable"].map((intent) => problemOf(intent)).find(Boolean);
  return (
    <Section id="state" title={t("admin.webhooks.works")}>
      {said === "test" && <DoneNote>{t("admin.webhooks.tried")}</DoneNote>}
      {(said === "enable" || said === "disable") && <DoneNote>{t("settings.saved")}</DoneNote>}
      <ProblemNote problem={problem} />
      <p className="flex flex-wrap items-center gap-2">
        <WebhookState webhook={webhook} />
        {webhook.failingSince && (
          <span className="text-ink-soft text-sm">
            {t("admin.webhooks.failingSince")} <Time at={webhook.failingSince} style="full" />
          </span>
        )}
      </p>
      {webhook.disabledBy === "failing" && <Banner tone="warning">{t("admin.webhooks.whyFailing")}</Banner>}
      {webhook.disabledBy === "member" && <Banner tone="warning">{t("admin.webhooks.whyMember")}</Banner>}
      {webhook.disabledBy === "loop" && <Banner tone="warning">{t("admin.webhooks.whyLoop")}</Banner>}
      <Form method="post" className="flex flex-wrap gap-2" preventScrollReset>
        {on && (
          <Button type="submit" name="intent" value="test" busy={isBusy("test")}>
            {t("admin.webhooks.try")}
          </Button>
        )}
        <Button
          type="submit"
          name="intent"
          value={on ? "disable" : "enable"}
          busy={isBusy("enable") || isBusy("disable")}
        >
          {t(on ? "admin.webhooks.disable" : "admin.webhooks.enable")}
        </Button>
      </Form>
      <Secret />
      <Disclosure label={t("admin.webhooks.delete")} danger open={problemOf("delete") !== undefined}>
        <Form method="post" className="grid gap-2" preventScrollReset>
          <ProblemNote problem={problemOf("delete")} />
          <p className="text-ink-soft text-sm">{t("admin.webhooks.deleteSure")}</p>
          <div>
            <Button type="submit" size="sm" variant="danger" name="intent" value="delete" busy={isBusy("delete")}>
              {t("admin.webhooks.deleteConfirm")}
            </Button>
          </div>
        </Form>
      </Disclosure>
    </Section>
  );
}

/** Tells it once; for a day the former one still signs. */
function Secret() {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  const renewed = useActionData<{ renewed?: { secret: string } }>()?.renewed;
  return (
    <>
      {renewed && (
        <div className="grid max-w-[40rem] gap-3">
          <DoneNote>{t("admin.webhooks.renewed")}</DoneNote>
          <CopyField label={t("admin.webhooks.secret")} text={renewed.secret} />
        </div>
      )}
      <Disclosure label={t("admin.webhooks.renew")} open={problemOf("secret") !== undefined}>
        <Form method="post" className="grid gap-2" preventScrollReset>
          <ProblemNote problem={problemOf("secret")} />
          <p className="text-ink-soft text-sm">{t("admin.webhooks.renewSure")}</p>
          <div>
            <Button type="submit" size="sm" name="intent" value="secret" busy={isBusy("secret")}>
              {t("admin.webhooks.renewConfirm")}
            </Button>
          </div>
        </Form>
      </Disclosure>
    </>
  );
}
