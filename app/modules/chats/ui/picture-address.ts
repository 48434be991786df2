/** Where a group's picture is, small; null where it has none. */
export const pictureAddress = (pictureId: string | null): string | null =>
  pictureId && `/media/${pictureId}?size=thumb`;
