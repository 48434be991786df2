import { useHref, useNavigate } from "@remix-run/react";
import type { ReactNode } from "react";
import { I18nProvider, RouterProvider } from "react-aria-components";
import { useDateReader } from "../time";

/** Gives menus and dialogs the page's language, and lets their links go by the router. */
export function AriaProviders({ children }: { children: ReactNode }) {
  const { locale } = useDateReader();
  const navigate = useNavigate();
  return (
    <I18nProvider locale={locale}>
      <RouterProvider navigate={(to) => navigate(to)} useHref={useHref}>
        {children}
      </RouterProvider>
    </I18nProvider>
  );
}
