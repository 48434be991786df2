import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData, useNavigate } from "@remix-run/react";
import { useEffect, useState } from "react";
import { cookieValue } from "~/i18n/cookie-value";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requirePage } from "~/modules/accounts/index.server";
import { handFiles } from "~/modules/files/ui/handed-files";
import { draftPlace, readLocalDraft, writeLocalDraft } from "~/modules/realtime/ui/later/local-draft";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { type ForwardTarget, listForwardTargets } from "~/modules/tickets/index.server";
import { AppError } from "~/platform/errors";
import { formOf } from "~/platform/form-of.server";
import { dropParcel, type Parcel, readParcel, wordsOfParcel } from "~/platform/kept/shared-parcel";
import { PageHeader } from "~/ui/page-header";
import { RouteError } from "~/ui/state/route-error";
import { dropShared, readShared, SHARED, sharedCookie } from "./shared-cookie";
import { SharedThings } from "./shared-things";
import { TargetList } from "./target-list";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, frame } = await requirePage(request);
  const [targets, t] = await Promise.all([listForwardTargets(actor), translator(request)]);
  return { title: t("share.title"), frame, targets, words: readShared(cookieValue(request, SHARED)) };
}

/**
 * What another app shares where no service worker takes it. Nobody is asked who they are, and nothing is sent: the words
 * wait in the browser for the page where their chat is chosen, over signing in.
 */
export async function action({ request }: ActionFunctionArgs) {
  if (request.method !== "POST") throw new AppError("method_not_allowed", 405);
  const form = await formOf(request);
  const lostFiles = form.getAll("files").some((one) => typeof one !== "string" && one.size > 0);
  return redirect("/login?next=%2Fshare", { headers: { "Set-Cookie": sharedCookie(wordsOfParcel(form), lostFiles) } });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** Where one chooses the chat for what another app shared. It goes into the composer there, and is sent by hand. */
export default function Share() {
  const { frame } = useLoaderData<typeof loader>();
  return (
    <SignedInFrame {...frame} current="chats" focused>
      <Choosing />
    </SignedInFrame>
  );
}

function Choosing() {
  const { t } = useTranslation();
  const { frame, targets, words } = useLoaderData<typeof loader>();
  const parcel = useParcel();
  const navigate = useNavigate();
  const text = parcel?.text || words?.text || "";
  const files = parcel?.files ?? [];
  const choose = ({ id, ticketId }: ForwardTarget) => {
    const place = draftPlace(frame.profile.accountId, id);
    const begun = readLocalDraft(place);
    const joined = [begun.text, text].filter(Boolean).join("\n");
    if (text) writeLocalDraft(place, { text: joined, at: Math.max(Date.now(), begun.at + 1) });
    handFiles(id, files);
    dropShared();
    void dropParcel();
    navigate(ticketId ? `/inbox/${ticketId}` : `/chats/${id}`);
  };
  return (
    <div className="mx-auto flex min-h-0 w-full max-w-xl flex-1 flex-col">
      <PageHeader title={t("share.title")} />
      <SharedThings text={text} files={files} words={words} loading={parcel === undefined} />
      <TargetList targets={targets} onChoose={choose} />
    </div>
  );
}

/** What the worker kept; undefined until it was looked for. */
function useParcel(): Parcel | null | undefined {
  const [parcel, setParcel] = useState<Parcel | null>();
  useEffect(() => void readParcel().then(setParcel), []);
  return parcel;
}

export function ErrorBoundary() {
  return <RouteError page />;
}
