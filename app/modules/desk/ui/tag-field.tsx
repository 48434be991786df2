import { Plus } from "lucide-react";
import { type FormEvent, useId } from "react";
import { useTranslation } from "~/i18n/translation";
import { IconButton } from "~/ui/icon-button";

type TagFieldProps = { label: string; suggestions: readonly string[]; onAdd: (tag: string) => void };

const LONGEST_TAG = 60;

/** One tag to put on, of those that the organisation has or of one's own. */
export function TagField({ label, suggestions, onAdd }: TagFieldProps) {
  const { t } = useTranslation();
  const list = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const tag = String(new FormData(event.currentTarget).get("tag") ?? "").trim();
    if (!tag) return;
    event.currentTarget.reset();
    onAdd(tag);
  };
  return (
    <form onSubmit={submit} className="flex items-center gap-1">
      <input
        name="tag"
        list={list}
        aria-label={label}
        placeholder={label}
        maxLength={LONGEST_TAG}
        className="control"
      />
      <datalist id={list}>
        {suggestions.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <IconButton type="submit" label={t("inbox.bulk.addTag")} icon={<Plus aria-hidden />} />
    </form>
  );
}
