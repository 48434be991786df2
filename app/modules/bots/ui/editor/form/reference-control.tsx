import { useTranslation } from "~/i18n/translation";
import { Select } from "~/ui/forms/select";
import { useDraft, useEditor } from "../state/editor-context";
import { useWords } from "../words";
import type { ReferenceKind } from "./form-fields";

type ReferenceControlProps = {
  to: ReferenceKind;
  label: string;
  hint?: string;
  error?: string;
  optional?: boolean;
  hideLabel?: boolean;
  value: string;
  nullable: boolean;
  /** What it means that nothing is chosen. */
  none: string;
  onChange(value: string | null): void;
};

/** Something outside the settings, chosen by its name: an area, a member, a flow, another node. */
export function ReferenceControl({ to, value, nullable, none, onChange, ...field }: ReferenceControlProps) {
  const { t } = useTranslation();
  const { things } = useEditor();
  const draft = useDraft();
  const { nodeLabel } = useWords();
  const choices = {
    area: things.areas,
    member: things.members,
    flow: things.flows,
    node: draft.nodes.map((node) => ({ id: node.id, name: nodeLabel(node) })),
  }[to];
  // Areas may be named by their names, as starters and files do.
  const chosen = choices.find(({ id, name }) => id === value || (to === "area" && name === value));
  return (
    <Select
      {...field}
      value={chosen?.id ?? value}
      onChange={({ target }) => onChange(nullable && target.value === "" ? null : target.value)}
    >
      {(nullable || value === "") && <option value="">{nullable ? none : t("bots.editor.choose")}</option>}
      {value !== "" && !chosen && <option value={value}>{t("bots.editor.unknownThing", { name: value })}</option>}
      {choices.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}
