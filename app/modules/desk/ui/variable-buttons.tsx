import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { VARIABLES } from "../replies/fill-variables";

/** What a text may name, to be put where one writes. */
export function VariableButtons({ onPick }: { onPick: (name: string) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="pb-1 text-ink-soft text-sm">{t("replies.insert")}</legend>
      {VARIABLES.map((name) => (
        <Button key={name} size="sm" onClick={() => onPick(name)}>
          {t(`replies.variables.${name.replace(".", "_")}`)}
        </Button>
      ))}
    </fieldset>
  );
}
