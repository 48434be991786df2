import type { i18n, TFunction } from "i18next";
import { createContext, type ReactNode, useContext, useMemo } from "react";

export type Translation = { t: TFunction; i18n: i18n };

const Context = createContext<Translation | null>(null);

/** In whose words everything inside speaks: a translator that never changes (`i18nFor`); another language is another one. */
export function TranslationProvider({ i18n, children }: { i18n: i18n; children: ReactNode }) {
  const translation = useMemo(() => ({ t: i18n.t, i18n }), [i18n]);
  return <Context.Provider value={translation}>{children}</Context.Provider>;
}

/**
 * The words of the page. Nothing but a look into a context: a line of a conversation asks ten times, and a translator that
 * never changes needs nobody to listen to it. @throws Error outside of TranslationProvider
 */
export function useTranslation(): Translation {
  const translation = useContext(Context);
  if (!translation) throw new Error("useTranslation needs a TranslationProvider around it");
  return translation;
}
