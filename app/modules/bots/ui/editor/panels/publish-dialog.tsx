import { Link } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { askServer, codeOfRefusal, Refusal } from "~/platform/ask-server";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { Dialog } from "~/ui/overlay/dialog";
import { useToasts } from "~/ui/overlay/toasts";
import { Spinner } from "~/ui/state/spinner";
import { readDraft } from "../../../editing/draft";
import type { FlowVersion } from "../../../editing/list-versions.server";
import type { Flow } from "../../../flow";
import type { ScenarioResult } from "../../../scenarios/scenario";
import { FailedScenarios } from "../../scenarios/failed-scenarios";
import type { DraftKeeper } from "../state/draft-keeper";
import { useDraft, useEditor, useEditorState } from "../state/editor-context";
import { DifferenceList } from "./difference-list";
import { ProblemList } from "./problems-panel";

type PublishDialogProps = {
  open: boolean;
  onOpenChange(open: boolean): void;
  keeper: DraftKeeper;
  onPublished(): void;
};

/** A draft becomes a version: what is different, what is wrong, what it is called. */
export function PublishDialog({ open, onOpenChange, ...rest }: PublishDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("bots.publish.title")} size="lg" open={open} onOpenChange={onOpenChange}>
      {(close) => <Publish close={close} {...rest} />}
    </Dialog>
  );
}

type PublishProps = Pick<PublishDialogProps, "keeper" | "onPublished"> & { close(): void };

function Publish({ close, keeper, onPublished }: PublishProps) {
  const { t } = useTranslation();
  const { flowId, things } = useEditor();
  const toasts = useToasts();
  const draft = useDraft();
  const problems = useEditorState((state) => state.problems);
  const published = usePublished(flowId);
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ code: string; scenarios: ScenarioResult[] } | null>(null);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const read = readDraft(draft);
  const publish = async () => {
    setBusy(true);
    setRefused(null);
    try {
      await keeper.flush();
      if (keeper.isUnsaved) throw new Refusal(keeper.state === "conflict" ? "flow_changed" : "offline", 0);
      const body = { intent: "publish", revision: keeper.revision, name };
      const { number } = await askServer<{ number: number }>(`/bots/${flowId}/versions`, body);
      toasts.show({ tone: "done", text: t("bots.publish.done", { number }) });
      onPublished();
      close();
    } catch (error) {
      const { scenarios = [] } =
        (error instanceof Refusal && (error.data as { scenarios?: ScenarioResult[] } | undefined)) || {};
      setRefused({ code: codeOfRefusal(error), scenarios });
    }
    setBusy(false);
  };
  return (
    <div className="grid gap-4">
      <p className="text-ink-soft">{t("bots.publish.lead")}</p>
      {problems.length > 0 && (
        <section aria-label={t("bots.editor.problems")}>
          <h3 className="font-medium">{t("bots.editor.problems")}</h3>
          <div className="-mx-2 max-h-60 overflow-y-auto">
            <ProblemList onJump={close} />
          </div>
        </section>
      )}
      {published === undefined && <Spinner className="size-4" />}
      {published && read.ok && (
        <section>
          <h3 className="mb-2 font-medium">{t("bots.publish.difference", { number: published.number })}</h3>
          <DifferenceList before={published.flow} after={read.flow} />
        </section>
      )}
      {published === null && <p>{t("bots.publish.first")}</p>}
      {things.lint.channels?.length === 0 && (
        <p>
          {t("bots.publish.noChannel")}{" "}
          <Link to="/admin/channels" className="text-accent-text underline underline-offset-2">
            {t("bots.publish.toChannels")}
          </Link>
        </p>
      )}
      <TextField
        label={t("bots.publish.name")}
        hint={t("bots.publish.nameHint")}
        optional
        maxLength={100}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      {refused && (
        <div role="alert" className="grid gap-3">
          <p className="rounded-sm bg-danger-soft px-3 py-2 text-danger-text">{t(`errors.${refused.code}`)}</p>
          <FailedScenarios results={refused.scenarios} />
        </div>
      )}
      <div className="flex flex-wrap items-center justify-end gap-3">
        {errors > 0 && <p className="text-danger-text text-sm">{t("bots.publish.blocked", { count: errors })}</p>}
        <Button variant="primary" busy={busy} disabled={errors > 0} onClick={() => void publish()}>
          {t("bots.publish.submit")}
        </Button>
      </div>
    </div>
  );
}

/** The published version; null for none, undefined until that is known. */
function usePublished(flowId: string): { number: number; flow: Flow } | null | undefined {
  const [published, setPublished] = useState<{ number: number; flow: Flow } | null>();
  useEffect(() => {
    let here = true;
    const ask = async () => {
      const { versions } = await askServer<{ versions: FlowVersion[] }>(`/bots/${flowId}/versions`);
      const now = versions.find(({ isPublished }) => isPublished);
      const found =
        now && (await askServer<{ number: number; flow: Flow }>(`/bots/${flowId}/versions?version=${now.id}`));
      if (here) setPublished(found ?? null);
    };
    // Without it one publishes as well; the difference is a help.
    ask().catch(() => here && setPublished(null));
    return () => {
      here = false;
    };
  }, [flowId]);
  return published;
}
