/** Where a browser keeps the tabs of an account. */
export type TabPlace = { read(): string | null /** False where nothing can be kept. */; write(text: string): boolean };

const PREFIX = "tabs ";

/** Tabs are kept apart by whose they are: a browser may have several people, one after the other. */
export const tabsName = (accountId: string): string => PREFIX + accountId;

export function tabPlaceOf(accountId: string): TabPlace {
  const name = tabsName(accountId);
  return {
    read() {
      try {
        return localStorage.getItem(name);
      } catch {
        return null;
      }
    },
    write(text) {
      try {
        localStorage.setItem(name, text);
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** Who signs out leaves no names behind. */
export function forgetTabs(): void {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  } catch {}
}
