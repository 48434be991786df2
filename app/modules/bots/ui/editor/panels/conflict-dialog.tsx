import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { Dialog } from "~/ui/overlay/dialog";
import { Time } from "~/ui/time";
import { readDraft } from "../../../editing/draft";
import type { Theirs } from "../state/draft-keeper";
import { useDraft } from "../state/editor-context";
import { DifferenceList } from "./difference-list";

type ConflictDialogProps = {
  theirs: Theirs | null;
  onTakeTheirs(): void;
  onKeepCopy(): Promise<string | null>;
  onOverwrite(): void;
};

/** Somebody else saved in between: nothing is lost before one has chosen. */
export function ConflictDialog({ theirs, onTakeTheirs, onKeepCopy, onOverwrite }: ConflictDialogProps) {
  const { t } = useTranslation();
  const draft = useDraft();
  const [problem, setProblem] = useState<string | null>(null);
  const [mine, other] = [readDraft(draft), theirs && readDraft(theirs.draft)];
  const keepCopy = async () => setProblem(await onKeepCopy());
  return (
    <Dialog title={t("bots.conflict.title")} role="alertdialog" open={theirs !== null} size="lg">
      <div className="grid gap-4">
        {theirs && <Who theirs={theirs} />}
        <p>{t("bots.conflict.lead")}</p>
        {mine.ok && other?.ok && (
          <details>
            <summary className="touch-target rounded-sm py-1 font-medium">{t("bots.conflict.see")}</summary>
            <DifferenceList before={mine.flow} after={other.flow} />
          </details>
        )}
        {problem && (
          <p role="alert" className="text-danger-text">
            {problem}
          </p>
        )}
        <div className="grid gap-2">
          <Button variant="primary" onClick={() => void keepCopy()}>
            {t("bots.conflict.copy")}
          </Button>
          <Button onClick={onTakeTheirs}>{t("bots.conflict.theirs")}</Button>
          <Button variant="plain" onClick={onOverwrite}>
            {t("bots.conflict.mine")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Who saved, and when. */
function Who({ theirs: { by, own, at } }: { theirs: Theirs }) {
  const { t } = useTranslation();
  if (!by) return null;
  return (
    <p className="font-medium">
      <bdi>{own ? t("bots.conflict.own") : by}</bdi>
      {at && (
        <>
          {" · "}
          <Time at={at} style="full" />
        </>
      )}
    </p>
  );
}
