import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import type { ChannelKind } from "~/modules/channels";
import { useChannelName } from "~/modules/tickets/ui/channel-icon";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";
import { type AccountField, AccountFields } from "./account-fields";

type ConnectFormsProps = {
  kinds: readonly { kind: ChannelKind; fields: readonly AccountField[] }[];
  areas: readonly { id: string; name: string }[];
};

/** A form for each kind of channel that has an account elsewhere. */
export function ConnectForms({ kinds, areas }: ConnectFormsProps) {
  const { t } = useTranslation();
  const nameOf = useChannelName();
  const { problemOf, valuesOf, isBusy } = useFormAnswer();
  return (
    <div className="grid gap-2">
      {kinds.map(({ kind, fields }) => (
        <Disclosure
          key={kind}
          label={t("admin.channels.connectOf", { kind: nameOf(kind) })}
          open={problemOf("connect", { kind }) !== undefined}
        >
          <ProblemNote problem={problemOf("connect", { kind })} />
          <Form method="post" className="grid max-w-md gap-4 pb-4" preventScrollReset>
            <input type="hidden" name="kind" value={kind} />
            <TextField
              label={t("admin.channels.name")}
              name="name"
              autoComplete="off"
              maxLength={80}
              defaultValue={valuesOf("connect", { kind })?.name ?? nameOf(kind)}
            />
            <Select label={t("admin.channels.area")} name="areaId" defaultValue={valuesOf("connect", { kind })?.areaId}>
              {areas.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
            <AccountFields fields={fields} values={valuesOf("connect", { kind })} />
            <div>
              <Button type="submit" name="intent" value="connect" variant="primary" busy={isBusy("connect", { kind })}>
                {t("admin.channels.connectSubmit")}
              </Button>
            </div>
          </Form>
        </Disclosure>
      ))}
    </div>
  );
}
