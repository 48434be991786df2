import { useTranslation } from "~/i18n/translation";
import { Badge } from "~/ui/badge";

type WebhookStateProps = { webhook: { disabledBy: string | null; failingSince: string | null } };

/** Whether it works, in a word. */
export function WebhookState({ webhook }: WebhookStateProps) {
  const { t } = useTranslation();
  if (webhook.disabledBy === "hand") return <Badge>{t("admin.webhooks.state.off")}</Badge>;
  if (webhook.disabledBy) return <Badge tone="danger">{t("admin.webhooks.state.stopped")}</Badge>;
  if (webhook.failingSince) return <Badge tone="amber">{t("admin.webhooks.state.failing")}</Badge>;
  return <Badge tone="jungle">{t("admin.webhooks.state.on")}</Badge>;
}
