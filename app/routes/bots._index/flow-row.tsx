import { Form, Link } from "@remix-run/react";
import { Archive, Copy, Download, EllipsisVertical, Pencil } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import type { FlowListed } from "~/modules/bots/index.server";
import { ChannelIcon } from "~/modules/tickets/ui/channel-icon";
import { Badge, type Tone } from "~/ui/badge";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { IconButton } from "~/ui/icon-button";
import { Dialog } from "~/ui/overlay/dialog";
import { Menu, MenuItem } from "~/ui/overlay/menu";

const TONES: Record<FlowListed["state"], Tone> = { draft: "neutral", published: "jungle", changed: "amber" };

type Asked = "rename" | "copy" | "archive";

/** One bot of the list. */
export function FlowRow({ flow }: { flow: FlowListed }) {
  const { t } = useTranslation();
  const { problemOf, valuesOf } = useFormAnswer();
  const refused = (["rename", "copy", "archive"] as const).find((intent) => problemOf(intent, { flowId: flow.id }));
  const [asked, setAsked] = useState<Asked | null>(refused ?? null);
  const { id, name, state, version, channels, runs, archived } = flow;
  return (
    <li className="flex items-center gap-3 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {archived ? (
            <span className="min-w-0 truncate font-medium">{name}</span>
          ) : (
            <Link
              to={`/bots/${id}`}
              className="touch-target inline-flex min-w-0 items-center font-medium text-accent-text underline underline-offset-2"
            >
              <span className="truncate">{name}</span>
            </Link>
          )}
          <Badge tone={TONES[state]}>{t(`bots.states.${state}`)}</Badge>
        </p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft text-sm">
          {version !== null && <span>{t("bots.versions.number", { number: version })}</span>}
          <span>{t("bots.list.runs30", { count: runs })}</span>
          {channels.length === 0 ? (
            <span>{t("bots.list.noChannel")}</span>
          ) : (
            channels.map((channel) => (
              <span key={channel.id} className="inline-flex max-w-48 items-center gap-1">
                <ChannelIcon kind={channel.kind} />
                <span className="truncate">{channel.name}</span>
              </span>
            ))
          )}
        </p>
      </div>
      {archived ? (
        <Form method="post">
          <input type="hidden" name="flowId" value={id} />
          <Button type="submit" size="sm" name="intent" value="restore">
            {t("bots.list.restore")}
          </Button>
        </Form>
      ) : (
        <Menu trigger={<IconButton label={t("bots.list.actions", { name })} icon={<EllipsisVertical />} />}>
          <MenuItem icon={<Pencil />} onAction={() => setAsked("rename")}>
            {t("bots.list.rename")}
          </MenuItem>
          <MenuItem icon={<Copy />} onAction={() => setAsked("copy")}>
            {t("bots.list.copy")}
          </MenuItem>
          <MenuItem icon={<Download />} onAction={() => window.location.assign(`/bots/${id}/export`)}>
            {t("bots.list.export")}
          </MenuItem>
          <MenuItem icon={<Archive />} onAction={() => setAsked("archive")}>
            {t("bots.list.archive")}
          </MenuItem>
        </Menu>
      )}
      {asked && (
        <Dialog title={t(`bots.list.${asked}`)} open onOpenChange={(open) => open || setAsked(null)} size="sm">
          <RowForm intent={asked} flow={flow} sent={valuesOf(asked, { flowId: id })?.name} />
        </Dialog>
      )}
    </li>
  );
}

function RowForm({ intent, flow, sent }: { intent: Asked; flow: FlowListed; sent?: string }) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  const mark = { flowId: flow.id };
  const problem = problemOf(intent, mark);
  const errorOf = useFieldProblem(problem);
  const proposed = intent === "copy" ? t("bots.list.copyName", { name: flow.name }).slice(0, 100) : flow.name;
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <input type="hidden" name="flowId" value={flow.id} />
      <ProblemNote problem={problem} fields={["name"]} />
      {intent === "archive" ? (
        <p>{t(flow.channels.length > 0 ? "bots.list.archiveUsed" : "bots.list.archiveSure", { name: flow.name })}</p>
      ) : (
        <TextField
          label={t("bots.list.name")}
          name="name"
          autoComplete="off"
          maxLength={100}
          defaultValue={sent ?? proposed}
          error={errorOf("name")}
        />
      )}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" name="intent" value={intent} busy={isBusy(intent, mark)}>
          {t(`bots.list.${intent}`)}
        </Button>
      </div>
    </Form>
  );
}
