export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** The theme that a cookie or a form names; anything else means the system's. */
export const toTheme = (name: unknown): Theme => themes.find((theme) => theme === name) ?? "system";

/** Where the forms for language and theme are sent from every page: the start page's action. */
export const PREFERENCES_ACTION = "/?index";
