import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData, useRouteLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import {
  asFormProblem,
  getReachability,
  listSessions,
  requireActor,
  requirePage,
} from "~/modules/accounts/index.server";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { getPresenceShown } from "~/modules/chats/index.server";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { formOf } from "~/platform/form-of.server";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { PageHeader } from "~/ui/page-header";
import { RouteError } from "~/ui/state/route-error";
import { PREFERENCES_ACTION } from "~/ui/theme";
import { act } from "./act.server";
import { Devices } from "./devices";
import { NoticesSection } from "./notices-section";
import { Organisations } from "./organisations";
import { PasswordSection } from "./password-section";
import { PresenceSection } from "./presence-section";
import { ProfileSection } from "./profile-section";
import { ReachSection } from "./reach-section";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, frame } = await requirePage(request);
  const [t, sessions, reach, shows] = await Promise.all([
    translator(request),
    listSessions(actor),
    getReachability(actor),
    getPresenceShown(actor),
  ]);
  const done = new URL(request.url).searchParams.get("done");
  return { title: t("settings.title"), frame, sessions, reach, shows, done };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  const form = await formOf(request);
  try {
    return await act(actor, form, request, context);
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

export default function Settings() {
  const { frame, title, sessions, reach, shows, done } = useLoaderData<typeof loader>();
  const { answered, problemOf } = useFormAnswer();
  const here = frame.profile.organisations.find(({ orgId }) => orgId === frame.orgId);
  const isDone = (what: string) => done === what && !answered;
  const { t } = useTranslation();
  return (
    <SignedInFrame {...frame}>
      <PageHeader
        title={title}
        actions={
          <Form method="post" action="/logout" reloadDocument>
            <Button type="submit" variant="plain">
              {t("settings.signOut")}
            </Button>
          </Form>
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto px-5 sm:px-8">
        <div className="max-w-3xl">
          <ProfileSection own={frame.profile} problem={problemOf("profile")} done={isDone("profile")} />
          <ReachSection own={reach} problem={problemOf("reach")} done={isDone("reach")} />
          <PresenceSection shows={shows} done={isDone("presence")} />
          {here && <NoticesSection here={here} done={isDone("notices")} />}
          <ThemeSection />
          <PasswordSection
            email={frame.profile.email}
            demo={frame.profile.demoPassword}
            problem={problemOf("password")}
            done={isDone("password")}
          />
          <Devices
            sessions={sessions}
            problem={problemOf("revoke") ?? problemOf("revoke-others")}
            done={isDone("devices")}
          />
          <Organisations frame={frame} problem={problemOf("leave")} done={isDone("left")} />
        </div>
      </div>
    </SignedInFrame>
  );
}

function ThemeSection() {
  const { t } = useTranslation();
  const root = useRouteLoaderData<{ theme: string }>("root");
  return (
    <Section title={t("settings.theme")}>
      <Form method="post" action={PREFERENCES_ACTION} className="flex max-w-md items-end gap-3">
        <input type="hidden" name="redirectTo" value="/settings" />
        <Select className="flex-1" hideLabel label={t("settings.theme")} name="theme" defaultValue={root?.theme}>
          <option value="system">{t("ui.preferences.system")}</option>
          <option value="light">{t("ui.preferences.light")}</option>
          <option value="dark">{t("ui.preferences.dark")}</option>
        </Select>
        <Button type="submit">{t("ui.apply")}</Button>
      </Form>
    </Section>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
