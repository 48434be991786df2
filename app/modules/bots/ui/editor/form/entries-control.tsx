import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { IconButton } from "~/ui/icon-button";
import { isRecord } from "../../../editing/complete-settings";

type EntriesControlProps = {
  label: string;
  value: unknown;
  hideLabel?: boolean;
  onChange(value: { [name: string]: unknown }): void;
};

/** Values by names of one's own choice, such as what is given to another flow. */
export function EntriesControl({ label, value, hideLabel, onChange }: EntriesControlProps) {
  const { t } = useTranslation();
  const entries = isRecord(value) ? Object.entries(value) : [];
  const set = (next: [string, unknown][]) => onChange(Object.fromEntries(next));
  const put = (at: number, entry: [string, unknown]) => set(entries.map((one, place) => (place === at ? entry : one)));
  return (
    <fieldset className="grid gap-2">
      <legend className={hideLabel ? "sr-only" : "mb-2 font-medium text-sm"}>{label}</legend>
      {entries.map(([name, content], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: its name is what is being written.
        <div key={at} className="flex gap-2">
          <input
            aria-label={t("bots.editor.entryName")}
            className="control min-w-0 flex-1"
            value={name}
            onChange={({ target }) => put(at, [target.value, content])}
          />
          <input
            aria-label={t("bots.editor.value")}
            className="control min-w-0 flex-1"
            value={typeof content === "string" ? content : JSON.stringify(content)}
            onChange={({ target }) => put(at, [name, target.value])}
          />
          <IconButton
            label={t("bots.editor.removeEntry", { name })}
            icon={<Trash2 aria-hidden />}
            onClick={() => set(entries.filter((_, place) => place !== at))}
          />
        </div>
      ))}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden className="size-4" />}
          disabled={entries.some(([name]) => name === "")}
          onClick={() => set([...entries, ["", ""]])}
        >
          {t("bots.editor.addEntry")}
          <span className="sr-only">: {label}</span>
        </Button>
      </div>
    </fieldset>
  );
}
