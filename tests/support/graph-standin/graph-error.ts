/** What the Graph API answers when it refuses. */
export type GraphError = {
  status: number;
  code: number;
  message: string;
  subcode?: number;
  details?: string;
  type?: string;
  headers?: Record<string, string>;
};

/** The envelope of an error, as the real API writes it. */
export function errorBody({ code, message, subcode, details, type }: GraphError) {
  return {
    error: {
      message: `(#${code}) ${message}`,
      type: type ?? "OAuthException",
      code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      ...(details === undefined ? {} : { error_data: { messaging_product: "whatsapp", details } }),
      fbtrace_id: "AStandInTrace",
    },
  };
}

export const missingObject = (id: string): GraphError => ({
  status: 400,
  code: 100,
  subcode: 33,
  type: "GraphMethodException",
  message: `Unsupported request. Object with ID '${id}' does not exist or cannot be loaded due to missing permissions`,
});

export const badToken = (subcode?: number): GraphError => ({
  status: 401,
  code: 190,
  subcode,
  message: "Error validating access token",
});
