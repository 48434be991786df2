import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useRouteLoaderData } from "@remix-run/react";
import { Inbox, UsersRound, Workflow } from "lucide-react";
import type { ReactNode } from "react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { findActor } from "~/modules/accounts/index.server";
import { type ButtonVariant, buttonClass } from "~/ui/button";
import { Wordmark } from "~/ui/mark";
import { PreferencesForm } from "~/ui/preferences-form";
import { keepPreferences } from "./keep-preferences.server";
import { SampleConversation } from "./sample-conversation";

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await findActor(request);
  if (actor) throw redirect(actor.memberships.length > 0 ? "/inbox" : "/chats");
  const t = await translator(request);
  return { title: t("landing.title"), description: t("landing.description") };
}

/** The forms that post here stand on every page: language and theme are kept by the browser, signed in or not. */
export const action = ({ request }: ActionFunctionArgs) => keepPreferences(request);

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.title ?? "GuazuApp" },
  { name: "description", content: data?.description ?? "" },
];

/** What GuazuApp is, and the way in. */
export default function Landing() {
  const { t } = useTranslation();
  const root = useRouteLoaderData<{ language: string; theme: string }>("root");
  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-5 sm:px-8">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 py-5">
        <Wordmark />
        <nav className="flex gap-2 max-sm:hidden">
          <Doors signIn="plain" signUp="quiet" />
        </nav>
      </header>
      <main className="flex-1">
        <section className="grid items-center gap-x-16 gap-y-10 py-10 lg:grid-cols-[1.1fr_1fr] lg:py-16">
          <div>
            <h1 className="text-balance font-semibold text-xl tracking-tight">{t("landing.heading")}</h1>
            <p className="mt-4 max-w-[34rem] text-pretty text-ink-soft text-md">{t("landing.lead")}</p>
            <div className="mt-7 flex flex-wrap gap-3">
              <Doors signIn="primary" signUp="quiet" />
            </div>
          </div>
          <SampleConversation />
        </section>
        <section className="grid gap-x-10 gap-y-8 border-line border-t py-10 sm:grid-cols-3">
          <Point icon={<Inbox />} title={t("landing.points.ticket.title")} text={t("landing.points.ticket.text")} />
          <Point icon={<Workflow />} title={t("landing.points.bot.title")} text={t("landing.points.bot.text")} />
          <Point icon={<UsersRound />} title={t("landing.points.team.title")} text={t("landing.points.team.text")} />
        </section>
      </main>
      <footer className="flex flex-wrap items-end justify-between gap-4 border-line border-t py-6">
        <p className="text-ink-soft text-sm">{t("landing.footer")}</p>
        <PreferencesForm language={root?.language ?? "es"} theme={root?.theme ?? "system"} />
      </footer>
    </div>
  );
}

function Doors({ signIn, signUp }: { signIn: ButtonVariant; signUp: ButtonVariant }) {
  const { t } = useTranslation();
  return (
    <>
      <Link to="/login" className={buttonClass(signIn)}>
        {t("landing.signIn")}
      </Link>
      <Link to="/signup" className={buttonClass(signUp)}>
        {t("landing.signUp")}
      </Link>
    </>
  );
}

function Point({ icon, title, text }: { icon: ReactNode; title: string; text: string }) {
  return (
    <div>
      <span aria-hidden className="text-accent-text [&_svg]:size-6 [&_svg]:stroke-[1.75]">
        {icon}
      </span>
      <h2 className="mt-2 font-semibold text-md">{title}</h2>
      <p className="mt-1 text-pretty text-ink-soft">{text}</p>
    </div>
  );
}
