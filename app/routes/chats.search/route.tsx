import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { SearchX } from "lucide-react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireActor } from "~/modules/accounts/index.server";
import { FoundMessages } from "~/modules/messaging/ui/found-messages";
import { searchChats } from "~/modules/search/index.server";
import { placeMessages } from "~/modules/tickets/index.server";
import { AppError } from "~/platform/errors";
import { Button, buttonClass } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { PageHeader } from "~/ui/page-header";
import { EmptyState } from "~/ui/state/empty-state";

const PAGE = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const asked = new URL(request.url).searchParams;
  const q = (asked.get("q") ?? "").slice(0, 200);
  const title = (await translator(request))("marks.search.title");
  const none = { title, q, found: [], marks: "", total: 0, next: null };
  try {
    const page = { q, cursor: asked.get("cursor"), limit: PAGE };
    const { messages, marks, total, nextCursor } = await searchChats(actor, page);
    return { ...none, found: await placeMessages(actor, messages), marks, total, next: nextCursor, problem: null };
  } catch (error) {
    // The field stays, so that the question can be made narrower.
    if (error instanceof AppError && error.retryable) return { ...none, problem: error.code };
    throw error;
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** Messages that hold some words, of all of the account's chats. */
export default function SearchChats() {
  const { title, q, found, marks, total, next, problem } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const older = new URLSearchParams({ q, cursor: next ?? "" });
  return (
    <>
      <PageHeader title={title} back={{ to: "/chats", when: "phone" }} />
      <Form role="search" className="border-line border-b px-4 py-3">
        <TextField
          key={q}
          type="search"
          name="q"
          label={t("marks.search.label")}
          defaultValue={q}
          maxLength={200}
          autoComplete="off"
          error={problem ? t([`errors.${problem}`, "errors.unexpected"]) : undefined}
          end={<Button type="submit">{t("marks.search.go")}</Button>}
        />
      </Form>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {q.trim() !== "" && !problem && (
          <p role="status" className="px-4 pt-3 text-ink-soft text-sm">
            {t("marks.search.count", { count: total })}
          </p>
        )}
        {found.length > 0 ? (
          <FoundMessages found={found} asked={marks} />
        ) : (
          q.trim() !== "" && !problem && <EmptyState icon={<SearchX />} title={t("marks.search.none")} />
        )}
        {next && (
          <p className="p-4 text-center">
            <Link to={`?${older}`} className={buttonClass("quiet")}>
              {t("marks.search.more")}
            </Link>
          </p>
        )}
      </div>
    </>
  );
}
