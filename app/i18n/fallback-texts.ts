import { errors, ui } from "./locales/es.json";

/** What an error page says when not even the root's loader could answer: Spanish, and nothing but errors. */
export const fallbackTexts = JSON.stringify({ ui, errors });
