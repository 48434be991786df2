import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { IconButton } from "~/ui/icon-button";
import { Dialog } from "~/ui/overlay/dialog";
import { completeValue, isRecord, jsonSchemaOf } from "../../../editing/complete-settings";
import type { Draft, Settings } from "../../../editing/draft";
import { flowShape } from "../../../flow";
import { formOfCommand, formOfFlow } from "../form/form-fields";
import { SettingsForm } from "../form/settings-form";
import { changeCommands, changeFlowSettings, renameFlow } from "../model/edits";
import { useDraft, useEditor, useEditorState } from "../state/editor-context";

const flowSchema = jsonSchemaOf(flowShape.shape.settings);
const commandSchema = jsonSchemaOf(flowShape.shape.commands.unwrap().element);

type FlowSettingsDialogProps = { open: boolean; onOpenChange(open: boolean): void };

/** What holds for the whole flow, and the words that work at any point of it. */
export function FlowSettingsDialog({ open, onOpenChange }: FlowSettingsDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("bots.settings.title")} shape="sheet" open={open} onOpenChange={onOpenChange}>
      <FlowSettings />
    </Dialog>
  );
}

function FlowSettings() {
  const { t } = useTranslation();
  const { store } = useEditor();
  const draft = useDraft();
  const problems = useEditorState((state) => state.problems).filter(({ node }) => node === null);
  const within = (...start: (string | number)[]) =>
    problems.flatMap((problem) =>
      start.every((key, i) => problem.path[i] === key) ? [{ ...problem, path: problem.path.slice(start.length) }] : [],
    );
  const setCommands = (commands: Draft["commands"], of: string | null = null) =>
    store.edit(changeCommands(commands), of);
  const addCommand = () => {
    const command = completeValue(commandSchema, { words: [""], action: { kind: "handoff" } }, commandSchema);
    setCommands([...draft.commands, command as Settings]);
  };
  return (
    <div className="grid gap-6">
      <TextField
        key={draft.name}
        label={t("bots.list.name")}
        defaultValue={draft.name}
        maxLength={100}
        onBlur={({ target }) => store.edit(renameFlow(target.value))}
      />
      <SettingsForm
        of="flow"
        fields={formOfFlow()}
        root={flowSchema}
        value={draft.settings}
        problems={within("settings")}
        at={null}
        onChange={(settings, field) => store.edit(changeFlowSettings(settings as Settings), `flow ${field}`)}
      />
      <section className="grid gap-4 border-line border-t pt-4">
        <div>
          <h3 className="font-semibold">{t("bots.settings.commands")}</h3>
          <p className="text-ink-soft text-sm">{t("bots.settings.commandsLead")}</p>
        </div>
        <ul className="grid divide-y divide-line">
          {draft.commands.map((command, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: commands have no other name than their place.
            <li key={at} className="flex items-start gap-1 py-3">
              <div className="min-w-0 flex-1">
                <SettingsForm
                  of="command"
                  fields={formOfCommand()}
                  root={commandSchema}
                  value={command}
                  problems={within("commands", at)}
                  at={null}
                  onChange={(to, field) =>
                    setCommands(
                      draft.commands.map((one, place) => (place === at && isRecord(to) ? (to as Settings) : one)),
                      `command ${at} ${field}`,
                    )
                  }
                />
              </div>
              <IconButton
                label={t("bots.settings.removeCommand", { number: at + 1 })}
                icon={<Trash2 aria-hidden />}
                onClick={() => setCommands(draft.commands.filter((_, place) => place !== at))}
              />
            </li>
          ))}
        </ul>
        <div>
          <Button size="sm" icon={<Plus aria-hidden className="size-4" />} onClick={addCommand}>
            {t("bots.settings.addCommand")}
          </Button>
        </div>
      </section>
    </div>
  );
}
