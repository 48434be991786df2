/** The header by which a loader says which sites may frame its page; it becomes part of the page's policy and goes no further. */
export const FRAME_SITES = "guazu-frame-sites";
