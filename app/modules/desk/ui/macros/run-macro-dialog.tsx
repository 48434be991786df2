import { Link } from "@remix-run/react";
import { ArrowLeft, ListChecks, Play } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import { Button } from "~/ui/button";
import { Dialog } from "~/ui/overlay/dialog";
import { Spinner } from "~/ui/state/spinner";
import type { Macro, MacroDesk } from "../../macros/macro";
import { fillVariables, type VariableValues } from "../../replies/fill-variables";
import { DeedIcon, StepList } from "./step-words";

export type RunnableMacros = MacroDesk & { agent: string };

type RunMacroDialogProps = {
  orgId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** With how many tickets it will be done. */
  count: number;
  /** What its texts may name, of the one ticket. */
  values?: VariableValues;
  /** The macro to show at once. */
  chosen?: string | null;
  onRun: (macro: Macro) => void;
};

/** Picks a macro, shows what it will do, and does it. */
export function RunMacroDialog({ open, onOpenChange, ...rest }: RunMacroDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("macros.title")} size="md" open={open} onOpenChange={onOpenChange}>
      {(close) => <Picking {...rest} close={close} />}
    </Dialog>
  );
}

function Picking({
  orgId,
  count,
  values,
  chosen,
  onRun,
  close,
}: Omit<RunMacroDialogProps, "open" | "onOpenChange"> & { close: () => void }) {
  const { t } = useTranslation();
  const { desk, code } = useMacroDesk(orgId);
  const [picked, setPicked] = useState(chosen ?? null);
  if (code) return <p role="alert">{t([`errors.${code}`, "errors.unexpected"])}</p>;
  if (!desk) return <Spinner />;
  const macro = desk.macros.find(({ id }) => id === picked);
  if (!macro) return <MacroChoice macros={desk.macros} onPick={setPicked} />;
  const all = values && { ...values, "agent.name": desk.agent, "organisation.name": desk.organisation };
  return (
    <div className="grid gap-4">
      <h3 className="flex items-center gap-2 font-medium">
        <ListChecks aria-hidden className="size-4 text-ink-soft" />
        <bdi className="wrap-anywhere">{macro.name}</bdi>
      </h3>
      <StepList
        steps={macro.steps}
        areas={desk.areas}
        members={desk.members}
        fill={all && ((text) => fillVariables(text, all))}
      />
      <p className="text-ink-soft text-sm">{t("macros.allOrNothing", { count })}</p>
      <div className="flex justify-between gap-2">
        <Button variant="plain" icon={<ArrowLeft aria-hidden className="size-4" />} onClick={() => setPicked(null)}>
          {t("macros.others")}
        </Button>
        <Button
          variant="primary"
          autoFocus
          icon={<Play aria-hidden className="size-4" />}
          onClick={() => {
            onRun(macro);
            close();
          }}
        >
          {t("macros.run")}
        </Button>
      </div>
    </div>
  );
}

/** Asked for each time: somebody may have changed one meanwhile. */
function useMacroDesk(orgId: string) {
  const [told, setTold] = useState<{ desk: RunnableMacros | null; code: string | null }>({ desk: null, code: null });
  useEffect(() => {
    let over = false;
    askServer<RunnableMacros>(`/inbox/macros?org=${orgId}`).then(
      (desk) => over || setTold({ desk, code: null }),
      (error) => over || setTold({ desk: null, code: codeOfRefusal(error) }),
    );
    return () => {
      over = true;
    };
  }, [orgId]);
  return told;
}

function MacroChoice({ macros, onPick }: { macros: readonly Macro[]; onPick: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="grid gap-3">
      {macros.length === 0 && <p className="text-ink-soft">{t("macros.emptyHint")}</p>}
      <ul className="-mx-2 max-h-[60dvh] overflow-y-auto">
        {macros.map(({ id, name, steps }) => {
          let at = 0;
          return (
            <li key={id}>
              <button
                type="button"
                onClick={() => onPick(id)}
                className="flex min-h-10 w-full items-center gap-3 rounded-sm px-2 text-start hover:bg-hover pointer-coarse:min-h-11"
              >
                <bdi className="wrap-anywhere min-w-0 flex-1">{name}</bdi>
                <span aria-hidden className="flex gap-1.5 text-ink-soft">
                  {steps.slice(0, 6).map((step) => (
                    <DeedIcon key={`${++at}`} deed={step.do} className="size-3.5" />
                  ))}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <Link to="/macros" className="w-fit text-accent-text text-sm underline underline-offset-2">
        {t("macros.manage")}
      </Link>
    </div>
  );
}
