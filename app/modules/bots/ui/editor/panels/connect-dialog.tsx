import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { Dialog } from "~/ui/overlay/dialog";
import type { NodeKind } from "../../../nodes/kinds";
import { draftExits } from "../model/draft-exits";
import { connect, disconnect } from "../model/edits";
import { ADDABLE, addKind } from "../state/actions";
import { useDraft, useEditor } from "../state/editor-context";
import { useWords } from "../words";

/** An exit whose way is chosen; without `exit` the first that leads nowhere. */
export type Connecting = { from: string; exit?: string };

type ConnectDialogProps = { connecting: Connecting | null; onClose(): void };

/** Where an exit leads, chosen from a list: for keyboards, phones and screen readers. */
export function ConnectDialog({ connecting, onClose }: ConnectDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("bots.editor.connect")} open={connecting !== null} onOpenChange={(open) => open || onClose()}>
      {(close) => connecting && <Connect connecting={connecting} close={close} />}
    </Dialog>
  );
}

const NEW = "new:";

function Connect({ connecting, close }: { connecting: Connecting; close(): void }) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const draft = useDraft();
  const words = useWords();
  const node = draft.nodes.find(({ id }) => id === connecting.from);
  const exits = (node && draftExits(node)) ?? [];
  const targetOf = (exit: string) => draft.edges.find((edge) => edge.from === node?.id && edge.exit === exit)?.to ?? "";
  const [exit, setExit] = useState(
    connecting.exit ?? (exits.find(({ id }) => targetOf(id) === "") ?? exits[0])?.id ?? "",
  );
  const [target, setTarget] = useState(() => targetOf(exit));
  if (!node || exits.length === 0) return <p>{t("bots.editor.noExits")}</p>;
  const done = () => {
    close();
    if (target.startsWith(NEW))
      addKind(store, target.slice(NEW.length) as NodeKind, { after: { from: node.id, exit } });
    else if (target === "") store.edit(disconnect([{ from: node.id, exit }]));
    else store.edit(connect({ from: node.id, exit, to: target }));
  };
  return (
    <div className="grid gap-4">
      <Select
        label={t("bots.editor.exit")}
        value={exit}
        onChange={({ target: { value } }) => {
          setExit(value);
          setTarget(targetOf(value));
        }}
      >
        {exits.map(({ id }) => (
          <option key={id} value={id}>
            {words.exitName(node, id)}
          </option>
        ))}
      </Select>
      <Select label={t("bots.editor.leadsTo")} value={target} onChange={(event) => setTarget(event.target.value)}>
        <option value="">{t("bots.editor.nowhere")}</option>
        <optgroup label={t("bots.editor.existing")}>
          {draft.nodes
            .filter(({ id }) => id !== draft.start)
            .map((one) => (
              <option key={one.id} value={one.id}>
                {words.nodeLabel(one)}
              </option>
            ))}
        </optgroup>
        <optgroup label={t("bots.editor.newNode")}>
          {ADDABLE.map((kind) => (
            <option key={kind} value={`${NEW}${kind}`}>
              {words.kindName(kind)}
            </option>
          ))}
        </optgroup>
      </Select>
      <div className="flex justify-end">
        <Button variant="primary" onClick={done}>
          {t("bots.editor.connectDone")}
        </Button>
      </div>
    </div>
  );
}
