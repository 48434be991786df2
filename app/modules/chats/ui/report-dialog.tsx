import { useFetcher } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { FormProblem } from "~/modules/accounts";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/forms/checkbox";
import { Select } from "~/ui/forms/select";
import { TextArea } from "~/ui/forms/text-area";
import { Dialog } from "~/ui/overlay/dialog";
import { NOTE_LIMIT, REPORT_REASONS } from "../reports/reasons";

type ReportDialogProps = {
  conversationId: string;
  /** What is wrong is this message; without one, the chat. */
  messageId?: string;
  /** Whether there is one person whom the report is about, who can be blocked too: a direct chat, or a message's author. */
  mayBlock: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Tells whoever runs the installation what is wrong with a chat or a message. */
export function ReportDialog({ conversationId, messageId, mayBlock, open, onOpenChange }: ReportDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t(messageId ? "groups.report.titleMessage" : "groups.report.title")}
      open={open}
      onOpenChange={onOpenChange}
    >
      {(close) => <ReportForm {...{ conversationId, messageId, mayBlock, close }} />}
    </Dialog>
  );
}

type ReportFormProps = Omit<ReportDialogProps, "open" | "onOpenChange"> & { close: () => void };

export function ReportForm({ conversationId, messageId, mayBlock, close }: ReportFormProps) {
  const { t } = useTranslation();
  const fetcher = useFetcher<{ problem: FormProblem | null }>();
  if (fetcher.data && !fetcher.data.problem) {
    return (
      <div className="grid justify-items-start gap-4">
        <p role="status">{t("groups.report.done")}</p>
        <Button variant="primary" onClick={close}>
          {t("ui.close")}
        </Button>
      </div>
    );
  }
  return (
    <fetcher.Form method="post" action={`/conversations/${conversationId}/report`} className="grid gap-4">
      <p className="text-pretty text-ink-soft">{t("groups.report.lead")}</p>
      <ProblemNote problem={fetcher.data?.problem ?? undefined} />
      {messageId && <input type="hidden" name="message" value={messageId} />}
      <Select name="reason" label={t("groups.report.reason")}>
        {REPORT_REASONS.map((reason) => (
          <option key={reason} value={reason}>
            {t(`groups.report.reasons.${reason}`)}
          </option>
        ))}
      </Select>
      <TextArea name="note" label={t("groups.report.note")} maxLength={NOTE_LIMIT} optional />
      {mayBlock && <Checkbox name="block" value="1" label={t("groups.report.block")} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="plain" onClick={close}>
          {t("ui.cancel")}
        </Button>
        <Button type="submit" variant="danger" busy={fetcher.state !== "idle"}>
          {t("groups.report.send")}
        </Button>
      </div>
    </fetcher.Form>
  );
}
