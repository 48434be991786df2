import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { languageOf, translator } from "~/i18n/i18n.server";
import {
  acceptInvitation,
  asFormProblem,
  clientOf,
  fields,
  findActor,
  getInvitation,
  joinByInvitation,
  organisationCookie,
  readForm,
} from "~/modules/accounts/index.server";
import { AppError } from "~/platform/errors";
import { formOf } from "~/platform/form-of.server";
import { RouteError } from "~/ui/state/route-error";
import { AcceptAs, CreateAndJoin, DeadInvitation, ForAnother } from "./steps";

const isGone = (error: unknown) => error instanceof AppError && error.code === "not_found";

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const t = await translator(request);
  try {
    const invitation = await getInvitation(params.token ?? "", clientOf(request, context));
    const actor = await findActor(request);
    const signedIn = actor && { name: actor.name, email: actor.email };
    const title = t("accounts.invite.title", { organisation: invitation.organisation });
    return { title, invitation, signedIn, path: new URL(request.url).pathname };
  } catch (error) {
    if (!isGone(error)) throw error;
    const title = t("accounts.invite.deadTitle");
    return data({ title, invitation: null, signedIn: null, path: "/" }, { status: 404 });
  }
}

const newcomer = z.object({ name: fields.personName, email: fields.email, password: fields.password });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await formOf(request);
  const secret = params.token ?? "";
  const client = clientOf(request, context);
  try {
    const headers = new Headers();
    const enter = (orgId: string) => {
      headers.append("Set-Cookie", organisationCookie(orgId));
      return redirect("/", { headers });
    };
    if (form.get("intent") === "accept") {
      const actor = await findActor(request);
      if (!actor) return redirect(`/login?next=${encodeURIComponent(new URL(request.url).pathname)}`);
      return enter((await acceptInvitation({ secret, accountId: actor.accountId, client })).orgId);
    }
    const person = readForm(newcomer, form);
    const joined = await joinByInvitation({ ...person, secret, locale: await languageOf(request), client });
    headers.append("Set-Cookie", joined.setCookie);
    return enter(joined.orgId);
  } catch (error) {
    return asFormProblem(error, form);
  }
}

/** The address holds the link's secret: it must not travel to another site. */
export const headers: HeadersFunction = () => ({ "Referrer-Policy": "same-origin", "Cache-Control": "no-store" });

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.title ?? ""} · GuazuApp` },
  { name: "robots", content: "noindex" },
];

export default function Invite() {
  const { invitation, signedIn, path } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const problem = refused?.problem;
  if (!invitation || problem?.code === "not_found") return <DeadInvitation />;
  if (!signedIn)
    return <CreateAndJoin invitation={invitation} path={path} problem={problem} values={refused?.values} />;
  const isForAnother = invitation.email !== null && invitation.email.toLowerCase() !== signedIn.email.toLowerCase();
  if (isForAnother) return <ForAnother invited={invitation.email ?? ""} email={signedIn.email} />;
  return <AcceptAs invitation={invitation} name={signedIn.name} problem={problem} />;
}

export function ErrorBoundary() {
  return <RouteError page />;
}
