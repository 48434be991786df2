/**
 * Resolves once there is a service worker, which comes when the page rests: only then what is kept can be shown, and only
 * then the first load is over, of which this must be no part. Never, in a browser that has none.
 */
export const afterFirstLoad = (): Promise<unknown> => navigator.serviceWorker?.ready ?? new Promise(() => {});
