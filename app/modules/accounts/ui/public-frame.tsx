import { Link, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { Wordmark } from "~/ui/mark";
import { PreferencesForm } from "~/ui/preferences-form";

/** The frame of the pages before one is signed in: one column, one thing to do. */
export function PublicFrame({ title, lead, children }: { title: ReactNode; lead?: ReactNode; children: ReactNode }) {
  const root = useRouteLoaderData<{ language: string; theme: string }>("root");
  return (
    <div className="mx-auto flex min-h-dvh max-w-md flex-col px-5 sm:px-8">
      <header className="py-5">
        <Link to="/" className="touch-target inline-flex items-center rounded-sm">
          <Wordmark />
        </Link>
      </header>
      <main className="flex-1 py-6 sm:py-10">
        <h1 className="text-balance font-semibold text-lg tracking-tight">{title}</h1>
        {lead && <p className="mt-2 text-pretty text-ink-soft">{lead}</p>}
        <div className="mt-6">{children}</div>
      </main>
      <footer className="border-line border-t py-5">
        <PreferencesForm language={root?.language ?? "es"} theme={root?.theme ?? "system"} />
      </footer>
    </div>
  );
}
