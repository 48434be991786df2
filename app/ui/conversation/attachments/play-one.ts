let playing: HTMLMediaElement | null = null;

/** What begins to play silences what played before, anywhere on the page. */
export function playOne({ currentTarget }: { currentTarget: HTMLMediaElement }): void {
  if (playing !== currentTarget) playing?.pause();
  playing = currentTarget;
}
