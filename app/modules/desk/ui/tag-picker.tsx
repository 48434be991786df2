import { X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { useTranslation } from "~/i18n/translation";
import { TextField } from "~/ui/forms/text-field";

type TagPickerProps = {
  label: string;
  hint?: string;
  /** Of a form: under it the tags are sent, with commas between. */
  name?: string;
  value: readonly string[];
  /** Those that there are. */
  suggestions: readonly string[];
  onChange?: (tags: readonly string[]) => void;
};

const LONGEST_TAG = 60;

/** Several tags as chips: Enter or a comma puts one on, Backspace in an empty field takes the last one off. */
export function TagPicker({ label, hint, name, value, suggestions, onChange }: TagPickerProps) {
  const { t } = useTranslation();
  const hydrated = useHydrated();
  const id = useId();
  const [own, setOwn] = useState(value);
  const [word, setWord] = useState("");
  const tags = onChange ? value : own;
  const keep = onChange ?? setOwn;
  const add = (written: string) => {
    const fresh = written
      .split(",")
      .map((tag) => tag.trim())
      .filter(Boolean);
    keep([...new Set([...tags, ...fresh])]);
    setWord("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Backspace" && word === "") return keep(tags.slice(0, -1));
    if (event.key !== "Enter" || word.trim() === "") return;
    event.preventDefault();
    add(word);
  };
  // Without scripts, words with commas between.
  if (!hydrated && name)
    return <TextField label={label} hint={hint} name={name} optional defaultValue={value.join(", ")} />;
  const write = (written: string) => {
    // What is picked from the list comes whole.
    if (written.includes(",") || (suggestions.includes(written) && !word.startsWith(written))) add(written);
    else setWord(written);
  };
  return (
    <div className="grid gap-1.5">
      <label htmlFor={`${id}-input`} className="font-medium text-sm">
        {label}
      </label>
      {/* What is still in the field is meant too. */}
      {name && <input type="hidden" name={name} value={[...tags, word].filter(Boolean).join(",")} />}
      <div className="flex min-h-9 flex-wrap items-center gap-1 rounded-sm border border-line-strong bg-surface px-1.5 py-1 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent pointer-coarse:min-h-11">
        {tags.map((tag) => (
          <button
            key={tag}
            type="button"
            aria-label={t("inbox.bulk.removeTag", { tag })}
            onClick={() => keep(tags.filter((one) => one !== tag))}
            className="touch-target inline-flex min-h-7 min-w-0 items-center gap-1 rounded-sm bg-hover px-1.5 text-ink-soft text-sm hover:text-ink pointer-coarse:min-h-9"
          >
            <bdi className="truncate">{tag}</bdi>
            <X aria-hidden className="size-3 shrink-0" />
          </button>
        ))}
        <input
          id={`${id}-input`}
          list={`${id}-list`}
          value={word}
          maxLength={LONGEST_TAG}
          autoComplete="off"
          aria-describedby={hint ? `${id}-hint` : undefined}
          placeholder={tags.length === 0 ? t("inbox.bulk.newTag") : undefined}
          onChange={(event) => write(event.currentTarget.value)}
          onBlur={() => word.trim() && add(word)}
          onKeyDown={onKeyDown}
          className="min-h-7 min-w-24 flex-1 bg-transparent outline-none pointer-coarse:min-h-9"
        />
        <datalist id={`${id}-list`}>
          {suggestions
            .filter((tag) => !tags.includes(tag))
            .map((tag) => (
              <option key={tag} value={tag} />
            ))}
        </datalist>
      </div>
      {hint && (
        <p id={`${id}-hint`} className="text-ink-soft text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}
