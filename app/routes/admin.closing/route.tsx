import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, getOrganisation, requireAdmin } from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { formOf } from "~/platform/form-of.server";
import { transact } from "~/platform/transact.server";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/forms/checkbox";
import { TextArea } from "~/ui/forms/text-area";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const { closingReasons, closingList } = await transact(actor, { orgId, accountId: actor.accountId }, (ctx) =>
    getOrganisation(ctx, orgId),
  );
  const t = await translator(request);
  const done = new URL(request.url).searchParams.get("done");
  return { title: t("admin.closing.title"), closingReasons, closingList, done };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    await act(actor, membership.orgId, form);
    return redirect(`/admin/closing?done=${form.get("intent")}`);
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

export default function Closing() {
  const { title, closingReasons, closingList, done } = useLoaderData<typeof loader>();
  const { answered, problemOf, valuesOf, isBusy } = useFormAnswer();
  const { t } = useTranslation();
  const errorOfReasons = useFieldProblem(problemOf("reasons"));
  const errorOfThanks = useFieldProblem(problemOf("thanks"));
  const thanks = valuesOf("thanks");
  return (
    <>
      <Section title={title} lead={t("admin.about.closing")}>
        {done === "reasons" && !answered && <DoneNote>{t("settings.saved")}</DoneNote>}
        <ProblemNote problem={problemOf("reasons")} fields={["closingReasons"]} />
        <Form method="post" className="grid max-w-md gap-4" preventScrollReset>
          <TextArea
            label={t("admin.closing.reasons")}
            hint={t("admin.closing.reasonsHint")}
            name="closingReasons"
            rows={6}
            optional
            defaultValue={valuesOf("reasons")?.closingReasons ?? (closingReasons ?? []).join("\n")}
            error={errorOfReasons("closingReasons")}
          />
          <div>
            <Button type="submit" name="intent" value="reasons" variant="primary" busy={isBusy("reasons")}>
              {t("ui.save")}
            </Button>
          </div>
        </Form>
      </Section>
      <Section id="thanks" title={t("admin.closing.thanks")} lead={t("admin.closing.thanksLead")}>
        {done === "thanks" && !answered && <DoneNote>{t("settings.saved")}</DoneNote>}
        <ProblemNote problem={problemOf("thanks")} fields={["closingList"]} />
        <Form method="post" className="grid max-w-md gap-4" preventScrollReset>
          <Checkbox
            name="guard"
            label={t("admin.closing.guard")}
            defaultChecked={thanks ? "guard" in thanks : closingList !== null}
          />
          <TextArea
            label={t("admin.closing.words")}
            hint={t("admin.closing.wordsHint")}
            name="closingList"
            rows={6}
            optional
            defaultValue={thanks?.closingList ?? (closingList ?? []).join("\n")}
            error={errorOfThanks("closingList")}
          />
          <div>
            <Button type="submit" name="intent" value="thanks" variant="primary" busy={isBusy("thanks")}>
              {t("ui.save")}
            </Button>
          </div>
        </Form>
      </Section>
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
