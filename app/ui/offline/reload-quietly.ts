let pressed = false;

/** The person of this tab asked for the new build: it comes at once, and drafts are kept as with any reload. */
export function reloadAtOnce(): void {
  pressed = true;
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
