import { useTranslation } from "~/i18n/translation";
import { TextField } from "~/ui/forms/text-field";

export type AccountField = { name: string; required: boolean; secret: boolean };

type AccountFieldsProps = { fields: readonly AccountField[]; again?: boolean; values?: Record<string, string> };

/** What the provider must be told of the account; `again`: it was told before, and what stays empty stays as it was. */
export function AccountFields({ fields, again = false, values }: AccountFieldsProps) {
  const { t } = useTranslation();
  return fields
    .filter(({ secret }) => secret || !again)
    .map(({ name, required, secret }) => (
      <TextField
        key={name}
        label={t(`admin.channels.settings.${name}`)}
        hint={secret ? t(again ? "admin.channels.secretAgain" : "admin.channels.secretHint") : undefined}
        name={`setting.${name}`}
        type={secret ? "password" : "text"}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={2000}
        optional={again || !required}
        defaultValue={values?.[`setting.${name}`]}
      />
    ));
}
