import { useFetcher, useLocation } from "@remix-run/react";
import { type ChangeEvent, useEffect, useState } from "react";
import { languageNames, languages } from "~/i18n/languages";
import { useTranslation } from "~/i18n/translation";
import { Button } from "./button";
import { Select } from "./forms/select";
import { PREFERENCES_ACTION, themes } from "./theme";

type PreferencesFormProps = { language: string; theme: string };

/** Chooses language and theme: at once where scripts run, by a button where they do not. */
export function PreferencesForm({ language, theme }: PreferencesFormProps) {
  const { t } = useTranslation();
  const fetcher = useFetcher();
  const { pathname, search } = useLocation();
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  const apply = (event: ChangeEvent<HTMLSelectElement>) => fetcher.submit(event.currentTarget.form);
  const names = {
    system: t("ui.preferences.system"),
    light: t("ui.preferences.light"),
    dark: t("ui.preferences.dark"),
  };
  return (
    <fetcher.Form method="post" action={PREFERENCES_ACTION} className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="redirectTo" value={pathname + search} />
      <Select label={t("ui.preferences.language")} name="language" defaultValue={language} onChange={apply}>
        {languages.map((tag) => (
          <option key={tag} value={tag} lang={tag}>
            {languageNames[tag]}
          </option>
        ))}
      </Select>
      <Select label={t("ui.preferences.theme")} name="theme" defaultValue={theme} onChange={apply}>
        {themes.map((kind) => (
          <option key={kind} value={kind}>
            {names[kind]}
          </option>
        ))}
      </Select>
      {!live && <Button type="submit">{t("ui.apply")}</Button>}
    </fetcher.Form>
  );
}
