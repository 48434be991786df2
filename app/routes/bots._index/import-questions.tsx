import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { Imported } from "~/modules/bots/index.server";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";

type Asks = Extract<Imported, { missing: unknown }> & { text: string };
type Named = { id: string; name: string };

type ImportQuestionsProps = { asks: Asks; things: { [kind: string]: Named[] } };

/** What a file names and is not here, with what shall stand for it. */
export function ImportQuestions({ asks, things }: ImportQuestionsProps) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="import-questions" className="rounded-md border border-amber p-4">
      <h2 id="import-questions" className="font-semibold">
        {t("bots.import.title", { name: asks.name })}
      </h2>
      <p className="mt-1 mb-4 text-ink-soft">{t("bots.import.lead")}</p>
      <Form method="post" className="grid max-w-md gap-4">
        <input type="hidden" name="text" value={asks.text} />
        {asks.missing.map(({ kind, value, nodes }) => (
          <Select
            key={`${kind} ${value}`}
            name={`instead ${kind} ${value}`}
            label={`${t(`bots.import.${kind}`)}: ${value}`}
            hint={nodes.length > 0 ? t("bots.import.usedBy", { nodes: nodes.join(", ") }) : undefined}
          >
            <option value="">{t("bots.import.leave")}</option>
            {(things[kind] ?? []).map((thing) => (
              <option key={thing.id} value={thing.id}>
                {thing.name}
              </option>
            ))}
          </Select>
        ))}
        <div>
          <Button type="submit" variant="primary" name="intent" value="import">
            {t("bots.list.import")}
          </Button>
        </div>
      </Form>
    </section>
  );
}
