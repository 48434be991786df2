import type { TFunction } from "i18next";
import type { NewNotice } from "~/modules/tickets";

/** Where it leads. */
export const noticeLink = ({ ticket_id, webhook_id }: Pick<NewNotice, "ticket_id" | "webhook_id">): string =>
  webhook_id ? `/admin/webhooks/${webhook_id}` : `/inbox/${ticket_id}`;

/** Who did what, in words; without a name where the clock did it. */
export const noticeText = (t: TFunction, { kind, by }: Pick<NewNotice, "kind" | "by">): string =>
  kind === "webhook_off"
    ? t("notices.webhookOff", { name: by })
    : by
      ? t(`notices.by.${kind}`, { name: by })
      : t(`notices.alone.${kind}`);
