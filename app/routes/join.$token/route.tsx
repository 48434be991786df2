import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { asFormProblem, clientOf, requireActor } from "~/modules/accounts/index.server";
import { joinByInvite, viewGroupInvite } from "~/modules/chats/index.server";
import { AppError } from "~/platform/errors";
import { RouteError } from "~/ui/state/route-error";
import { DeadLink, JoinGroup } from "./join-group";

const isGone = (error: unknown) => error instanceof AppError && error.code === "not_found";

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const t = await translator(request);
  const secret = params.token ?? "";
  try {
    const invite = await viewGroupInvite(actor, secret, clientOf(request, context).address);
    if (invite.standing === "inside") return redirect(`/chats/${invite.conversationId}`);
    const picture = invite.pictureId && `/join/${secret}/picture?size=thumb`;
    return { title: t("groups.join.title", { title: invite.title }), invite, picture };
  } catch (error) {
    if (!isGone(error)) throw error;
    return data({ title: t("groups.join.deadTitle"), invite: null, picture: null }, { status: 404 });
  }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  try {
    const joined = await joinByInvite(actor, params.token ?? "", clientOf(request, context).address);
    if (joined.state === "joined") return redirect(`/chats/${joined.conversationId}`);
    return { problem: undefined };
  } catch (error) {
    return asFormProblem(error);
  }
}

/** The address holds the link's secret: it must not travel to another site. */
export const headers: HeadersFunction = () => ({ "Referrer-Policy": "same-origin", "Cache-Control": "no-store" });

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.title ?? ""} · GuazuApp` },
  { name: "robots", content: "noindex" },
];

/** What a link into a group leads to. */
export default function Join() {
  const { invite, picture } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  if (!invite || problem?.code === "not_found") return <DeadLink />;
  return <JoinGroup invite={invite} picture={picture} problem={problem} />;
}

export function ErrorBoundary() {
  return <RouteError page />;
}
