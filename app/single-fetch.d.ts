import "@remix-run/server-runtime";

/** Tells the types what remix.config.js switched on: loaders' data reach pages as they are, dates included. */
declare module "@remix-run/server-runtime" {
  interface Future {
    v3_singleFetch: true;
  }
}
