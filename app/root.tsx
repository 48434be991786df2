import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  Link,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunction,
  useLocation,
  useMatches,
  useRouteLoaderData,
} from "@remix-run/react";
import type { ReactNode } from "react";
import { cookieValue } from "~/i18n/cookie-value";
import { fallbackTexts } from "~/i18n/fallback-texts";
import { languageOf, textsFor } from "~/i18n/i18n.server";
import { i18nFor } from "~/i18n/instance";
import { defaultLanguage, localeTags } from "~/i18n/languages";
import { ALL_TEXTS, textSetOf } from "~/i18n/sections";
import { TranslationProvider } from "~/i18n/translation";
import { useNonce } from "~/ui/nonce";
import { RouteError } from "~/ui/state/route-error";
import { PREFERENCES_ACTION, type Theme, toTheme } from "~/ui/theme";
import { TimeZone } from "~/ui/time";
import "./styles.css";

/** Language, theme and texts of the page, and the moment it was made. Touches no database: every page waits for it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const language = await languageOf(request);
  const texts = textsFor(language, textSetOf(new URL(request.url).pathname));
  return { language, theme: toTheme(cookieValue(request, "theme")), texts, now: Date.now() };
}

/**
 * The root's data are asked for anew only when the language may have changed, by the preferences or with who signs in, or
 * where the next page needs other texts.
 */
export const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl, formAction }) =>
  formAction === PREFERENCES_ACTION ||
  formAction?.startsWith("/login") ||
  // The offline page has all texts, and leads to where nothing can be asked for.
  (textSetOf(currentUrl.pathname) !== ALL_TEXTS && textSetOf(currentUrl.pathname) !== textSetOf(nextUrl.pathname));

export const links: LinksFunction = () => [
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { rel: "icon", href: "/icons/icon-32.png", type: "image/png", sizes: "32x32" },
  { rel: "apple-touch-icon", href: "/icons/apple-touch-icon.png" },
  { rel: "manifest", href: "/manifest.webmanifest" },
];

export const meta: MetaFunction = () => [{ title: "GuazuApp" }];

const grounds = { light: "#f8f6f4", dark: "#171310" };

/** The browser's own frame takes the page's ground: one colour where the theme was chosen, both where the system decides. */
function ThemeColour({ theme }: { theme: Theme }) {
  if (theme !== "system") return <meta name="theme-color" content={grounds[theme]} />;
  return (
    <>
      <meta name="theme-color" media="(prefers-color-scheme: light)" content={grounds.light} />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content={grounds.dark} />
    </>
  );
}

/** A route may ask for the system's own font with `handle = { font: "system" }`, where the first load counts. */
function useFont(): string | undefined {
  const wishes = useMatches().map(({ handle }) => (handle as { font?: string } | undefined)?.font);
  return wishes.find(Boolean);
}

export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>("root");
  const { language, theme } = data ?? { language: defaultLanguage, theme: "system" as const };
  const nonce = useNonce();
  const font = useFont();
  return (
    <html lang={localeTags[language]} data-theme={theme === "system" ? undefined : theme} data-font={font}>
      <head>
        <meta charSet="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <ThemeColour theme={theme} />
        <Meta />
        <Links />
      </head>
      <body>
        <TranslationProvider i18n={i18nFor(language, data?.texts ?? fallbackTexts)}>
          <TimeZone servedAt={data?.now}>{children}</TimeZone>
        </TranslationProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

/**
 * Routes are looked up lazily, the address already shown not excepted: what is first sent from it without a network
 * would fail for that. A link that nobody sees has it looked up while the page loads.
 */
function ShownAddress() {
  const { pathname } = useLocation();
  return <Link to={pathname} hidden aria-hidden tabIndex={-1} />;
}

export default function Root() {
  return (
    <>
      <Outlet />
      <ShownAddress />
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
