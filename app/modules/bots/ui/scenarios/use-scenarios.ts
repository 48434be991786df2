import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import type { Scenario } from "../../scenarios/scenario";
import type { Script } from "../../scenarios/script";
import type { Situation } from "../../simulator/situation";

type Loaded = { scenarios: Scenario[]; organisation: Pick<Situation, "org" | "timeZone" | "region"> };
type Change =
  | { intent: "keep"; name: string; script: Script }
  | { intent: "rename"; id: string; name: string }
  | { intent: "delete"; id: string };

export type Scenarios = {
  /** Null until they are loaded, or where they could not be. */
  list: readonly Scenario[] | null;
  failed: boolean;
  organisation: Loaded["organisation"] | undefined;
  /** Answers why it was refused, in words; null when it was done. */
  change: (change: Change) => Promise<string | null>;
  load: () => void;
};

/** The scenarios kept with a flow, and what can be done with them. */
export function useScenarios(flowId: string): Scenarios {
  const { t } = useTranslation();
  const path = `/bots/${flowId}/scenarios`;
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failed, setFailed] = useState(false);
  const load = useCallback(async () => {
    try {
      setLoaded(await askServer<Loaded>(path));
      setFailed(false);
    } catch {
      setFailed(true);
    }
  }, [path]);
  useEffect(() => void load(), [load]);
  const change = useCallback(
    async (asked: Change) => {
      try {
        await askServer(path, asked);
      } catch (error) {
        return t([`errors.${codeOfRefusal(error)}`, "errors.unexpected"]);
      }
      await load();
      return null;
    },
    [path, load, t],
  );
  return useMemo(
    () => ({
      ...{ failed, change, load: () => void load() },
      ...{ list: loaded?.scenarios ?? null, organisation: loaded?.organisation },
    }),
    [loaded, failed, change, load],
  );
}
