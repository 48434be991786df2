import { useNavigate, useSubmit } from "@remix-run/react";
import { ChevronRight, CornerDownLeft, Keyboard, Languages, Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";
import { Dialog as AriaDialog, Modal, ModalOverlay } from "react-aria-components";
import { languageNames, languages } from "~/i18n/languages";
import { useTranslation } from "~/i18n/translation";
import { Spinner } from "~/ui/state/spinner";
import { PREFERENCES_ACTION } from "~/ui/theme";
import { type Command, type CommandGroup, useOfferedCommands } from "./commands";
import { matchCommands } from "./match-commands";
import { useFoundCommands } from "./use-found-commands";

/** `asked`: one of many, shown to who writes a part of its name. */
export type PlaceToGo = { id: string; to: string; label: string; icon: ReactNode; asked?: boolean };

type PaletteDialogProps = {
  orgId: string | null;
  places: readonly PlaceToGo[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onShortcuts: () => void;
};

const GROUPS: readonly CommandGroup[] = ["ticket", "found", "go", "settings", "search"];
const MOST_SHOWN = 50;

/** Everything that can be done here, found by what one writes; by keys alone. */
export default function PaletteDialog({ open, onOpenChange, ...rest }: PaletteDialogProps) {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      isDismissable
      isOpen={open}
      onOpenChange={onOpenChange}
      className="fixed inset-0 z-50 flex items-start justify-center bg-scrim p-3 pt-[max(0.75rem,env(safe-area-inset-top))] sm:pt-[12vh]"
    >
      <Modal className="enter-float flex max-h-[75dvh] w-full max-w-xl flex-col overflow-hidden rounded-md bg-raised shadow-float">
        <AriaDialog aria-label={t("palette.title")} className="flex min-h-0 flex-1 flex-col outline-none">
          <Palette {...rest} close={() => onOpenChange(false)} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

type PaletteProps = Omit<PaletteDialogProps, "open" | "onOpenChange"> & { close: () => void };

function Palette({ orgId, places, onShortcuts, close }: PaletteProps) {
  const { t } = useTranslation();
  const id = useId();
  const [query, setQuery] = useState("");
  const [inside, setInside] = useState<{ of: Command; options: readonly Command[] | null } | null>(null);
  const [at, setAt] = useState(0);
  const offered = useOfferedCommands();
  const standing = useStandingCommands(query.trim() ? places : places.filter(({ asked }) => !asked), onShortcuts);
  const { found, busy } = useFoundCommands(inside ? "" : query, orgId);
  const everything = useSearchCommand(query, orgId);
  const shown = useMemo(() => {
    if (inside) return matchCommands(inside.options ?? [], query);
    const fitting = matchCommands([...offered, ...standing], query);
    const all = [...fitting, ...found, ...everything];
    return GROUPS.flatMap((group) => all.filter((one) => one.group === group));
  }, [inside, offered, standing, found, everything, query]).slice(0, MOST_SHOWN);
  const current = Math.min(at, shown.length - 1);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector(`[data-place="${current}"]`)?.scrollIntoView({ block: "nearest" });
  }, [current]);
  const anew = () => {
    setQuery("");
    setAt(0);
  };
  const pick = (command: Command) => {
    if (!command.options) {
      close();
      // The focus is back where it was before anything opens over it.
      setTimeout(() => command.run?.(), 0);
      return;
    }
    anew();
    setInside({ of: command, options: null });
    const fill = (options: readonly Command[]) =>
      setInside((now) => (now?.of.id === command.id ? { ...now, options } : now));
    Promise.resolve(command.options()).then(fill, () => fill([]));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = shown[current];
    if (event.key === "ArrowDown") setAt(Math.min(shown.length - 1, current + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, current - 1));
    else if (event.key === "Home" && query === "") setAt(0);
    else if (event.key === "End" && query === "") setAt(shown.length - 1);
    else if (event.key === "Enter" && chosen && !event.nativeEvent.isComposing) pick(chosen);
    else if (event.key === "Backspace" && query === "" && inside) setInside(null);
    else return;
    event.preventDefault();
  };
  const waiting = busy || inside?.options === null;
  return (
    <>
      <div className="flex items-center gap-2 border-line border-b px-4">
        {waiting ? (
          <Spinner className="size-4 shrink-0" />
        ) : (
          <Search aria-hidden className="size-4 shrink-0 text-ink-soft" />
        )}
        {inside && (
          <span className="max-w-40 shrink-0 truncate rounded-sm bg-hover px-1.5 py-0.5 text-sm">
            {inside.of.label}
          </span>
        )}
        <input
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={shown.length > 0 ? `${id}-${current}` : undefined}
          aria-label={inside ? inside.of.label : t("palette.title")}
          placeholder={inside ? t("palette.choose") : t("palette.hint")}
          value={query}
          // biome-ignore lint/a11y/noAutofocus: it opens to be written in.
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="min-h-12 min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-faint"
        />
      </div>
      <div ref={box} className="min-h-0 flex-1 overflow-y-auto p-2">
        <div role="listbox" id={`${id}-list`} aria-label={inside ? inside.of.label : t("palette.title")}>
          {GROUPS.map((group) => {
            const of = inside ? (group === "ticket" ? shown : []) : shown.filter((one) => one.group === group);
            if (of.length === 0) return null;
            return (
              // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset.
              <div key={group} role="group" aria-label={inside ? inside.of.label : t(`palette.groups.${group}`)}>
                {!inside && (
                  <p aria-hidden className="px-2 pt-2 pb-1 font-medium text-ink-soft text-xs">
                    {t(`palette.groups.${group}`)}
                  </p>
                )}
                {of.map((command) => {
                  const place = shown.indexOf(command);
                  return (
                    <Option
                      key={command.id}
                      id={`${id}-${place}`}
                      place={place}
                      command={command}
                      current={place === current}
                      onPick={() => pick(command)}
                    />
                  );
                })}
              </div>
            );
          })}
        </div>
        {shown.length === 0 && !waiting && (
          <p className="px-2 py-6 text-center text-ink-soft">{t("palette.nothing")}</p>
        )}
      </div>
      <p aria-live="polite" className="sr-only">
        {t("palette.count", { count: shown.length })}
      </p>
    </>
  );
}

type OptionProps = { id: string; place: number; command: Command; current: boolean; onPick: () => void };

function Option({ id, place, command, current, onPick }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field that owns the list.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      data-place={place}
      aria-selected={current}
      onClick={onPick}
      className="flex min-h-9 cursor-default items-center gap-2.5 rounded-sm px-2 hover:bg-hover aria-selected:bg-accent-soft pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-soft"
    >
      {command.icon}
      <bdi className="min-w-0 flex-1 truncate">{command.label}</bdi>
      {command.end && <span className="max-w-48 shrink-0 truncate text-ink-soft text-sm">{command.end}</span>}
      {command.options ? <ChevronRight aria-hidden /> : current && <CornerDownLeft aria-hidden />}
    </div>
  );
}

/** What is written may stand in a message: the page that looks through everything. */
function useSearchCommand(query: string, orgId: string | null): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const q = query.trim();
  if (!orgId || q === "") return [];
  const run = () => navigate(`/search?${new URLSearchParams({ q })}`);
  return [{ id: "search", group: "search", label: t("palette.search", { q }), icon: <Search aria-hidden />, run }];
}

/** What can be done on every page. */
function useStandingCommands(places: readonly PlaceToGo[], onShortcuts: () => void): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const submit = useSubmit();
  const speak = (language: string) => {
    const redirectTo = window.location.pathname + window.location.search;
    submit({ language, redirectTo }, { method: "post", action: PREFERENCES_ACTION });
  };
  return [
    ...places.map(
      ({ id, to, label, icon }): Command => ({ id: `go-${id}`, group: "go", label, icon, run: () => navigate(to) }),
    ),
    {
      id: "language",
      group: "settings",
      label: t("ui.preferences.language"),
      icon: <Languages aria-hidden />,
      options: () =>
        languages.map((tag) => ({
          id: `language-${tag}`,
          group: "settings",
          label: languageNames[tag],
          run: () => speak(tag),
        })),
    },
    {
      id: "shortcuts",
      group: "settings",
      label: t("inbox.shortcuts.title"),
      icon: <Keyboard aria-hidden />,
      run: onShortcuts,
    },
  ];
}
