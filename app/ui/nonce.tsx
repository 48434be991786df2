import { createContext, useContext } from "react";

/**
 * The nonce that this answer's Content-Security-Policy lets scripts run with; undefined in the browser, where none is
 * needed.
 */
export const NonceContext = createContext<string | undefined>(undefined);

export const useNonce = () => useContext(NonceContext);
