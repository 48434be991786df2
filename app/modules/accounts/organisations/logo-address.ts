/** Where an organisation's logo is; null where it has none. */
export const logoAddress = (organisation: { handle: string; logoId: string | null }): string | null =>
  organisation.logoId && `/c/${organisation.handle}/logo?v=${organisation.logoId}`;
