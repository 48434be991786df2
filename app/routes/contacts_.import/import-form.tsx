import { useRevalidator } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { type CustomField, createCsvParser, DETAIL_COLUMNS, guessColumns, guessSeparator } from "~/modules/contacts";
import type { ImportReport } from "~/modules/tickets/index.server";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";

type Chosen = { file: File; headings: string[]; columns: string[] };
type Told = { lines?: number; id?: string; report?: ImportReport; error?: string };

/** The headings of a file: its first record. */
async function headingsOf(file: File): Promise<string[]> {
  const bytes = await file.slice(0, 64 * 1024).arrayBuffer();
  const utf8 = new TextDecoder().decode(bytes);
  const text = utf8.includes("\ufffd") ? new TextDecoder("windows-1252").decode(bytes) : utf8;
  const parser = createCsvParser(guessSeparator(text));
  return [...parser.push(text), ...parser.end().records][0]?.cells ?? [];
}

async function send({ file, columns }: Chosen, run: "dry" | "real", existing: string, hear: (told: Told) => void) {
  const asked = new URLSearchParams({ name: file.name, columns: columns.join(","), existing, run });
  const address = `/contacts/import/lines?${asked}`;
  const answer = await fetch(address, { method: "POST", body: file, headers: { "Content-Type": "text/csv" } });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!answer.ok || !reader) return hear({ error: answer.status === 413 ? "too_large" : "unexpected" });
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) hear(JSON.parse(line) as Told);
  }
}

/** A file, what its columns are, a try that changes nothing, and then the real run. */
export function ImportForm({ fields }: { fields: CustomField[] }) {
  const { t, i18n } = useTranslation();
  const { revalidate } = useRevalidator();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [existing, setExisting] = useState("update");
  const [told, setTold] = useState<(Told & { run: "dry" | "real" }) | null>(null);
  const [busy, setBusy] = useState(false);
  const start = async (run: "dry" | "real") => {
    if (!chosen) return;
    setBusy(true);
    await send(chosen, run, existing, (news) => setTold({ ...news, run })).catch(() =>
      setTold({ run, error: "offline" }),
    );
    setBusy(false);
    if (run === "real") revalidate();
  };
  const take = async (file: File | undefined) => {
    setTold(null);
    const headings = file ? await headingsOf(file) : [];
    setChosen(file ? { file, headings, columns: guessColumns(headings, fields) } : null);
  };
  // What was tried before says nothing of what would be done now.
  const setColumn = (at: number, column: string) => {
    setTold(null);
    if (chosen) setChosen({ ...chosen, columns: chosen.columns.map((one, n) => (n === at ? column : one)) });
  };
  return (
    <div className="grid gap-4">
      <TextField
        label={t("contacts.import.file")}
        hint={t("contacts.import.fileHint")}
        type="file"
        accept=".csv,text/csv"
        onChange={(event) => void take(event.target.files?.[0])}
      />
      {chosen && (
        <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
          {chosen.headings.map((heading, at) => (
            <Select
              // biome-ignore lint/suspicious/noArrayIndexKey: columns of a file have no name but their place.
              key={at}
              label={heading || String(at + 1)}
              value={chosen.columns[at]}
              onChange={(event) => setColumn(at, event.target.value)}
            >
              <option value="">{t("contacts.import.ignore")}</option>
              {DETAIL_COLUMNS.map((one) => (
                <option key={one} value={one}>
                  {t(`contacts.${one}`)}
                </option>
              ))}
              {fields.map(({ key, label }) => (
                <option key={key} value={`field:${key}`}>
                  {label}
                </option>
              ))}
            </Select>
          ))}
        </div>
      )}
      {chosen && (
        <>
          <Select
            label={t("contacts.import.existing")}
            value={existing}
            onChange={(event) => {
              setTold(null);
              setExisting(event.target.value);
            }}
          >
            <option value="update">{t("contacts.import.update")}</option>
            <option value="skip">{t("contacts.import.skip")}</option>
          </Select>
          <div className="flex gap-2">
            <Button busy={busy} onClick={() => void start("dry")}>
              {t("contacts.import.try")}
            </Button>
            <Button
              variant="primary"
              busy={busy}
              onClick={() => void start("real")}
              disabled={!(told?.run === "dry" && told.report)}
            >
              {t("contacts.import.run")}
            </Button>
          </div>
        </>
      )}
      {told && (
        <div role="status" className="grid gap-2">
          {told.lines !== undefined && <p>{t("contacts.import.progress", { count: told.lines })}</p>}
          {told.error && (
            <p className="text-danger-text">
              {t(i18n.exists(`errors.${told.error}`) ? `errors.${told.error}` : "errors.unexpected")}
            </p>
          )}
          {told.report && <Outcome report={told.report} dry={told.run === "dry"} />}
        </div>
      )}
    </div>
  );
}

function Outcome({ report, dry }: { report: ImportReport; dry: boolean }) {
  const { t, i18n } = useTranslation();
  const { created, updated, wrong, problems } = report;
  return (
    <>
      <p className="font-medium">{dry ? t("contacts.import.tried") : t("contacts.import.finished")}</p>
      <p>{t("contacts.import.counts", { created, updated, wrong })}</p>
      <ul className="max-h-60 overflow-y-auto text-sm">
        {problems.slice(0, 100).map(({ line, column, code, value }) => (
          <li key={`${line}-${column}`} className="wrap-anywhere">
            {t("contacts.import.line", { line })}:{" "}
            {t(i18n.exists(`errors.${code}`) ? `errors.${code}` : "errors.invalid")}{" "}
            <bdi className="text-ink-soft">{value}</bdi>
          </li>
        ))}
      </ul>
    </>
  );
}
