import { Check } from "lucide-react";
import { useTranslation } from "~/i18n/translation";

export type Choice = { id: string; label: string };

type ChoiceButtonsProps = {
  choices: readonly Choice[];
  /** The one that was picked: marked, and no other can be picked any more. */
  picked?: string | null;
  /** Sends the choice as a form, so that it works without scripts: hidden fields, and `name` gets the choice's id. */
  form?: { action?: string; fields: Record<string, string>; name: string };
  /** With scripts: called instead of sending the form. */
  onPick?: (choice: Choice) => void;
  disabled?: boolean;
};

const look =
  "inline-flex min-h-9 max-w-full items-center gap-1.5 rounded-md border px-3 py-1.5 text-start pointer-coarse:min-h-11";

/** What a bot offered, as it was shown. To be pressed when there is a form or `onPick`, else only to be seen. */
export function ChoiceButtons({ choices, picked, form, onPick, disabled }: ChoiceButtonsProps) {
  const { t } = useTranslation();
  const open = !picked && Boolean(form || onPick);
  const list = (
    <ul aria-label={t("conversation.choices")} className="flex flex-wrap gap-1.5">
      {choices.map((choice) => (
        <li key={choice.id} className="max-w-full">
          {open ? (
            <OpenChoice choice={choice} name={form?.name} onPick={onPick} disabled={disabled} />
          ) : (
            <ShownChoice choice={choice} picked={choice.id === picked} />
          )}
        </li>
      ))}
    </ul>
  );
  if (!open || !form) return list;
  return (
    <form method="post" action={form.action}>
      {Object.entries(form.fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {list}
    </form>
  );
}

type OpenChoiceProps = { choice: Choice; name?: string; onPick?: (choice: Choice) => void; disabled?: boolean };

/** With a name it is a form's button; scripts, where they run, take it over. */
function OpenChoice({ choice, name, onPick, disabled }: OpenChoiceProps) {
  return (
    <button
      type={name ? "submit" : "button"}
      name={name}
      value={choice.id}
      disabled={disabled}
      className={`${look} border-river bg-surface font-medium text-river-text transition-colors hover:bg-river-soft disabled:opacity-55`}
      onClick={(event) => {
        if (!onPick) return;
        event.preventDefault();
        onPick(choice);
      }}
    >
      <bdi className="min-w-0">{choice.label}</bdi>
    </button>
  );
}

function ShownChoice({ choice, picked }: { choice: Choice; picked: boolean }) {
  const { t } = useTranslation();
  const state = picked ? "border-river bg-river-soft font-medium text-river-text" : "border-line text-ink-soft";
  return (
    <span className={`${look} ${state}`}>
      {picked && <Check aria-hidden className="size-4 shrink-0" />}
      <bdi className="min-w-0">{choice.label}</bdi>
      {picked && <span className="sr-only">({t("conversation.picked")})</span>}
    </span>
  );
}
