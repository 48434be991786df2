import { Braces } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import { useAutoGrow } from "~/ui/forms/auto-grow";
import { FormField } from "~/ui/forms/form-field";
import { IconButton } from "~/ui/icon-button";
import { Menu, MenuItem, MenuSection } from "~/ui/overlay/menu";
import { useDraft } from "../state/editor-context";
import { variablesOf } from "./variables";

type TemplateTextProps = {
  label: string;
  hint?: string;
  error?: string;
  optional?: boolean;
  hideLabel?: boolean;
  value: string;
  maxLength?: number;
  onChange(value: string): void;
};

/** A text that may hold variables: a menu puts one in where the cursor stands, and `{{` asks for it too. */
export function TemplateText({ value, maxLength, onChange, ...field }: TemplateTextProps) {
  const { t } = useTranslation();
  const draft = useDraft();
  const area = useRef<HTMLTextAreaElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  useAutoGrow(area, value);
  const insert = (path: string) => {
    const at = area.current?.selectionStart ?? value.length;
    const before = value.slice(0, at).replace(/\{\{$/, "");
    onChange(`${before}{{${path}}}${value.slice(area.current?.selectionEnd ?? at)}`);
  };
  const write = (text: string, at: number) => {
    onChange(text);
    if (text.length > value.length && text.slice(0, at).endsWith("{{")) trigger.current?.click();
  };
  return (
    <FormField {...field}>
      {(control) => (
        <div className="relative">
          <textarea
            ref={area}
            {...control}
            rows={2}
            value={value}
            maxLength={maxLength}
            onChange={({ target }) => write(target.value, target.selectionStart)}
            className="control field-sizing-content max-h-[50dvh] min-h-16 resize-none pr-10"
          />
          <div className="absolute top-0.5 right-0.5">
            <Menu
              label={t("bots.editor.variables")}
              trigger={
                <IconButton
                  ref={trigger}
                  label={t("bots.editor.insertVariable")}
                  icon={<Braces />}
                  className="size-8"
                />
              }
              onAction={insert}
            >
              <MenuSection title={t("bots.editor.variables")}>
                {variablesOf(draft).map((path) => (
                  <MenuItem key={path} id={path}>
                    {path}
                  </MenuItem>
                ))}
              </MenuSection>
            </Menu>
          </div>
        </div>
      )}
    </FormField>
  );
}
