import { Trash2, Waypoints, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { IconButton } from "~/ui/icon-button";
import { settingsSchemaOf } from "../../../editing/complete-settings";
import type { DraftNode, Settings } from "../../../editing/draft";
import { formOfKind } from "../form/form-fields";
import { SettingsForm } from "../form/settings-form";
import type { Path } from "../form/value-at";
import { TryHttp } from "../http/try-http";
import { KindIcon } from "../kind-look";
import { draftExits } from "../model/draft-exits";
import { changeSettings, remove, renameNode } from "../model/edits";
import { useDraft, useEditor, useEditorState } from "../state/editor-context";
import type { EditorProblem } from "../state/problems";
import { useWords } from "../words";
import { ProblemLine } from "./problem-line";

type SettingsPanelProps = { id: string; path: Path | null; onClose(): void };

/** A node's settings beside the canvas. */
export function SettingsPanel({ id, path, onClose }: SettingsPanelProps) {
  const { t } = useTranslation();
  const node = useDraft().nodes.find((one) => one.id === id);
  const { kindName, kindAbout } = useWords();
  if (!node) return null;
  return (
    <>
      <div className="flex items-center gap-2.5 border-line border-b py-2 pr-2 pl-4">
        <KindIcon kind={node.kind} small />
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold">{kindName(node.kind)}</h2>
        </div>
        <IconButton label={t("ui.close")} icon={<X aria-hidden />} onClick={onClose} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
        <p className="mb-4 text-ink-soft text-sm">{kindAbout(node.kind)}</p>
        <NodeForm id={id} path={path} />
      </div>
    </>
  );
}

/** The form of a node: its name, what is wrong with it as a whole, and its settings. */
export function NodeForm({ id, path }: { id: string; path: Path | null }) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const draft = useDraft();
  const problems = useEditorState((state) => state.problems).filter((problem) => problem.node === id);
  const box = useRef<HTMLDivElement>(null);
  const words = useWords();
  // Who jumped to a problem must land where it is.
  useEffect(() => {
    if (!path) return;
    const wrong = box.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-mends]");
    const first = box.current?.querySelector<HTMLElement>("fieldset textarea, fieldset input, textarea, input");
    (wrong ?? first)?.focus();
  }, [path]);
  const node = draft.nodes.find((one) => one.id === id);
  if (!node) return null;
  const ofWhole = problems.filter((problem) => problem.path.length === 0);
  return (
    <div ref={box} className="grid gap-4">
      {ofWhole.length > 0 && (
        <ul className="grid gap-1.5">
          {ofWhole.map((problem, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a problem has no other name.
            <li key={at} className="grid justify-items-start gap-1.5">
              <ProblemLine severity={problem.severity}>{words.problemText(problem, draft)}</ProblemLine>
              <MendExit node={node} problem={problem} />
            </li>
          ))}
        </ul>
      )}
      <SettingsForm
        key={id}
        of={node.kind}
        node={id}
        fields={formOfKind(node.kind)}
        root={settingsSchemaOf(node.kind)}
        value={node.settings}
        problems={problems}
        at={path}
        onChange={(settings, field) => store.edit(changeSettings(id, settings as Settings), `${id} ${field}`)}
      />
      {node.kind === "http" && <TryHttp key={`try ${id}`} node={node} />}
      <TextField
        label={t("bots.editor.nodeTitle")}
        hint={t("bots.editor.nodeTitleHint")}
        optional
        value={node.title}
        maxLength={100}
        onChange={({ target }) => store.edit(renameNode(id, target.value), `title ${id}`)}
      />
      {id !== draft.start && (
        <div className="border-line border-t pt-3">
          <Button
            size="sm"
            variant="plain"
            icon={<Trash2 aria-hidden className="size-4" />}
            onClick={() => store.edit(remove(new Set([id])))}
          >
            {t("bots.editor.deleteNode")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The way to mend an exit that leads nowhere. */
function MendExit({ node, problem }: { node: DraftNode; problem: EditorProblem }) {
  const { t } = useTranslation();
  const { connect } = useEditor();
  const words = useWords();
  const exit = draftExits(node)?.find(({ id }) => id === problem.message.params.exit);
  if (!exit) return null;
  return (
    <Button
      size="sm"
      data-mends=""
      icon={<Waypoints aria-hidden className="size-4" />}
      onClick={() => connect({ from: node.id, exit: exit.id })}
    >
      {t("bots.editor.connectExit", { exit: words.exitName(node, exit.id) })}
    </Button>
  );
}
