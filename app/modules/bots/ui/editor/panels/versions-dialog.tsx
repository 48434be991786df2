import { History, RotateCcw } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Dialog } from "~/ui/overlay/dialog";
import { useToasts } from "~/ui/overlay/toasts";
import { EmptyState } from "~/ui/state/empty-state";
import { Spinner } from "~/ui/state/spinner";
import { Time } from "~/ui/time";
import { readDraft } from "../../../editing/draft";
import type { FlowVersion } from "../../../editing/list-versions.server";
import type { Flow } from "../../../flow";
import { useDraft, useEditor } from "../state/editor-context";
import { DifferenceList } from "./difference-list";

type VersionsDialogProps = {
  open: boolean;
  onOpenChange(open: boolean): void;
  /** After going back the draft is another. */
  onRolledBack(): void;
};

/** All versions with who made them, what differs from the draft, and the way back to each. */
export function VersionsDialog({ open, onOpenChange, onRolledBack }: VersionsDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("bots.versions.title")} shape="sheet" open={open} onOpenChange={onOpenChange}>
      {(close) => (
        <Versions
          onRolledBack={() => {
            close();
            onRolledBack();
          }}
        />
      )}
    </Dialog>
  );
}

function Versions({ onRolledBack }: { onRolledBack(): void }) {
  const { t } = useTranslation();
  const { flowId } = useEditor();
  const [versions, setVersions] = useState<FlowVersion[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const load = useCallback(() => {
    askServer<{ versions: FlowVersion[] }>(`/bots/${flowId}/versions`)
      .then(({ versions: all }) => setVersions(all))
      .catch((error) => setProblem(codeOfRefusal(error)));
  }, [flowId]);
  useEffect(load, [load]);
  if (problem) return <p role="alert">{t(`errors.${problem}`)}</p>;
  if (!versions) return <Spinner className="size-5" />;
  if (versions.length === 0)
    return <EmptyState icon={<History />} title={t("bots.versions.none")} text={t("bots.versions.noneText")} />;
  return (
    <ol className="grid divide-y divide-line">
      {versions.map((version) => (
        <VersionRow key={version.id} version={version} onRolledBack={onRolledBack} />
      ))}
    </ol>
  );
}

function VersionRow({ version, onRolledBack }: { version: FlowVersion; onRolledBack(): void }) {
  const { t } = useTranslation();
  const { flowId } = useEditor();
  const draft = useDraft();
  const toasts = useToasts();
  const [flow, setFlow] = useState<Flow | null>(null);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const tell = (error: unknown) => setProblem(codeOfRefusal(error));
  const show = () =>
    askServer<{ flow: Flow }>(`/bots/${flowId}/versions?version=${version.id}`)
      .then((found) => setFlow(found.flow))
      .catch(tell);
  const goBack = async () => {
    setBusy(true);
    try {
      await askServer(`/bots/${flowId}/versions`, { intent: "rollback", version: version.id });
      toasts.show({ tone: "done", text: t("bots.versions.rolledBack", { number: version.number }) });
      onRolledBack();
    } catch (error) {
      tell(error);
      setBusy(false);
    }
  };
  const read = readDraft(draft);
  return (
    <li className="grid gap-2 py-3">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{version.name || t("bots.versions.number", { number: version.number })}</span>
        {version.name && <span className="text-ink-soft">{t("bots.versions.number", { number: version.number })}</span>}
        {version.isPublished && <Badge tone="jungle">{t("bots.versions.published")}</Badge>}
      </p>
      <p className="text-ink-soft text-sm">
        {version.author ?? t("bots.versions.system")} · <Time at={version.at} style="full" /> ·{" "}
        {t("bots.list.runs30", { count: version.runs })}
      </p>
      <div className="flex flex-wrap gap-2">
        {!flow && (
          <Button size="sm" onClick={() => void show()}>
            {t("bots.versions.compare")}
          </Button>
        )}
        {!version.isPublished && !asked && (
          <Button size="sm" icon={<RotateCcw aria-hidden className="size-4" />} onClick={() => setAsked(true)}>
            {t("bots.versions.rollBack")}
          </Button>
        )}
      </div>
      {flow && read.ok && <DifferenceList before={flow} after={read.flow} />}
      {flow && !read.ok && <p className="text-ink-soft text-sm">{t("bots.versions.incomplete")}</p>}
      {asked && (
        <div className="grid gap-2 rounded-sm bg-amber-soft p-3 text-amber-text">
          <p>{t("bots.versions.sure", { number: version.number })}</p>
          <div className="flex gap-2">
            <Button size="sm" variant="primary" busy={busy} onClick={() => void goBack()}>
              {t("bots.versions.rollBackYes")}
            </Button>
            <Button size="sm" variant="plain" onClick={() => setAsked(false)}>
              {t("ui.cancel")}
            </Button>
          </div>
        </div>
      )}
      {problem && (
        <p role="alert" className="text-danger-text text-sm">
          {t(`errors.${problem}`)}
        </p>
      )}
    </li>
  );
}
