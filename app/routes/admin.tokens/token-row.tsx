import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { Button } from "~/ui/button";
import { Time } from "~/ui/time";

type Token = {
  id: string;
  name: string;
  scopes: string[];
  memberName: string;
  lastUsedAt: string | Date | null;
  createdAt: string | Date;
};

export function TokenRow({ token }: { token: Token }) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  const { id, name, scopes, memberName, lastUsedAt, createdAt } = token;
  const problem = problemOf("revoke", { tokenId: id });
  return (
    <li className="grid grid-cols-1 gap-1 border-line border-b py-3 last:border-b-0">
      <p className="truncate font-medium">{name}</p>
      <p className="text-ink-soft text-sm">
        {t("admin.tokens.actsAs", { name: memberName })} · {t("admin.tokens.since")}{" "}
        <Time at={createdAt} style="date" />
        {" · "}
        {lastUsedAt ? (
          <>
            {t("admin.tokens.lastUsed")} <Time at={lastUsedAt} style="full" />
          </>
        ) : (
          t("admin.tokens.neverUsed")
        )}
      </p>
      <p className="wrap-anywhere text-ink-faint text-sm">
        <code>{scopes.join(" · ")}</code>
      </p>
      <Disclosure
        label={t("admin.tokens.revoke")}
        ariaLabel={t("admin.tokens.revokeOf", { name })}
        danger
        open={problem !== undefined}
      >
        <ProblemNote problem={problem} />
        <Form method="post" className="grid gap-2" preventScrollReset>
          <p className="text-ink-soft text-sm">{t("admin.tokens.revokeSure")}</p>
          <input type="hidden" name="tokenId" value={id} />
          <div>
            <Button
              type="submit"
              size="sm"
              variant="danger"
              name="intent"
              value="revoke"
              busy={isBusy("revoke", { tokenId: id })}
            >
              {t("admin.tokens.revokeConfirm")}
            </Button>
          </div>
        </Form>
      </Disclosure>
    </li>
  );
}
