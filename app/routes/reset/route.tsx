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
import {
  asFormProblem,
  canMail,
  clientOf,
  completeReset,
  isResetLinkAlive,
  requestReset,
} from "~/modules/accounts/index.server";
import { formOf } from "~/platform/form-of.server";
import { RouteError } from "~/ui/state/route-error";
import { AskForLink, ChoosePassword, DeadLink, LinkSent } from "./steps";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const t = await translator(request);
  const page = { title: t("accounts.reset.title"), canMail: canMail() };
  const token = new URL(request.url).searchParams.get("token");
  if (!token) return { ...page, token: null, alive: false };
  const alive = await isResetLinkAlive(token, clientOf(request, context));
  return data({ ...page, token, alive }, { status: alive ? 200 : 410 });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await formOf(request);
  const text = (name: string) => String(form.get(name) ?? "");
  const client = clientOf(request, context);
  try {
    if (form.get("intent") === "request") {
      await requestReset({ email: text("email"), client });
      return { sent: true, problem: undefined };
    }
    await completeReset({ token: text("token"), newPassword: text("password"), client });
    return redirect("/login?done=password");
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

export default function Reset() {
  const { token, alive, canMail: mails } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const problem = answer?.problem;
  if (answer && "sent" in answer) return <LinkSent />;
  if (!token) return <AskForLink mails={mails} problem={problem} />;
  if (!alive || problem?.code === "reset_link_dead") return <DeadLink />;
  return <ChoosePassword token={token} problem={problem} />;
}

export function ErrorBoundary() {
  return <RouteError page />;
}
