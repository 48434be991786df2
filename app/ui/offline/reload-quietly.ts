let pressed = false;

/** So long the new worker may take to come: the old one holds it up while an answer that it asked for is on its way. */
const PATIENCE_MS = 3_000;

/**
 * The person of this tab asked for the new build: it comes with the new worker, and without it when that takes long, as the
 * network has it already. Drafts are kept as with any reload.
 */
export function reloadAtOnce(): void {
  pressed = true;
  setTimeout(reloadWhenNothingIsWritten, PATIENCE_MS);
}

const isWriting = () =>
  [...document.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>("textarea, input")].some(
    (field) =>
      field.value !== field.defaultValue &&
      !["hidden", "submit", "button", "checkbox", "radio"].includes(field.type) &&
      !field.disabled,
  );

/** How often a tab in which something is being written is looked at again. */
const AGAIN_MS = 2_000;

/** Loads the page anew; in a tab where nobody pressed anything, once nothing stands half written in it. */
export function reloadWhenNothingIsWritten(): void {
  if (pressed || !isWriting()) window.location.reload();
  else setTimeout(reloadWhenNothingIsWritten, AGAIN_MS);
}
