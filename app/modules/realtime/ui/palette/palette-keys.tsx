import { lazy, Suspense, useEffect, useState } from "react";
import type { PlaceToGo } from "./palette-dialog";

const PaletteDialog = lazy(() => import("./palette-dialog"));
const ShortcutsDialog = lazy(() => import("./shortcuts-dialog"));

/** Where keys are letters of a text, or belong to a menu or dialog. */
const OCCUPIED = "input, textarea, select, [contenteditable], [role=menu], [role=dialog], [role=alertdialog]";
const COVERED = "[role=menu], [role=dialog], [role=alertdialog]";

type Shown = "palette" | "shortcuts" | null;

/** Asks for the list of shortcuts from wherever there is a button for it. */
export const SHOW_SHORTCUTS = "guazu:shortcuts";

type PaletteKeysProps = {
  orgId: string | null;
  places: readonly PlaceToGo[];
};

/** Ctrl or Cmd with K opens the palette, `?` the list of shortcuts; neither is loaded before it is asked for. */
export function PaletteKeys({ orgId, places }: PaletteKeysProps) {
  const [shown, setShown] = useState<Shown>(null);
  const [loaded, setLoaded] = useState<{ palette?: true; shortcuts?: true }>({});
  useEffect(() => {
    const open = (what: "palette" | "shortcuts") => {
      setLoaded((old) => ({ ...old, [what]: true }));
      setShown(what);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      const one = event.ctrlKey !== event.metaKey;
      if (one && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
        if (target?.closest(COVERED)) return;
        event.preventDefault();
        open("palette");
      } else if (event.key === "?" && !event.ctrlKey && !event.metaKey && !event.altKey && !target?.closest(OCCUPIED)) {
        event.preventDefault();
        open("shortcuts");
      }
    };
    const onAsked = () => open("shortcuts");
    document.addEventListener("keydown", onKeyDown);
    window.addEventListener(SHOW_SHORTCUTS, onAsked);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      window.removeEventListener(SHOW_SHORTCUTS, onAsked);
    };
  }, []);
  const follow = (what: "palette" | "shortcuts") => (open: boolean) => setShown(open ? what : null);
  // No boundary before there is something in it: one that stands in the server's page could not be changed while it wakes.
  if (!loaded.palette && !loaded.shortcuts) return null;
  return (
    <Suspense>
      {loaded.palette && (
        <PaletteDialog
          orgId={orgId}
          places={places}
          open={shown === "palette"}
          onOpenChange={follow("palette")}
          onShortcuts={() => {
            setLoaded((old) => ({ ...old, shortcuts: true }));
            setShown("shortcuts");
          }}
        />
      )}
      {loaded.shortcuts && <ShortcutsDialog open={shown === "shortcuts"} onOpenChange={follow("shortcuts")} />}
    </Suspense>
  );
}
