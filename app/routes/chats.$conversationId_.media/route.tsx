import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireActor } from "~/modules/accounts/index.server";
import { PageHeader } from "~/ui/page-header";
import { GalleryPages } from "./gallery-pages";
import { loadPage } from "./load-page.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const id = params.conversationId ?? "";
  const { searchParams } = new URL(request.url);
  const page = await loadPage(actor, id, searchParams.get("show"), searchParams.get("cursor") ?? undefined);
  const t = await translator(request);
  return { id, title: t("media.gallery.title"), page };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** What was sent in a chat: pictures and videos, other files, and addresses. */
export default function Gallery() {
  const { id, page } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t("media.gallery.title")} back={{ to: `/chats/${id}`, when: "always" }} />
      <nav aria-label={t("media.gallery.title")} className="flex gap-1 border-line border-b px-3">
        {(["media", "files", "links"] as const).map((show) => (
          <Link
            key={show}
            to={`/chats/${id}/media?show=${show}`}
            replace
            aria-current={page.show === show ? "page" : undefined}
            className="-mb-px flex min-h-11 items-center border-transparent border-b-2 px-2.5 text-ink-soft hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
          >
            {t(`media.gallery.${show}`)}
          </Link>
        ))}
      </nav>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <GalleryPages key={`${id} ${page.show}`} id={id} first={page} />
      </div>
    </>
  );
}
