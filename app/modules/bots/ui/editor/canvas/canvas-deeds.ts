import { createContext, useContext } from "react";

/** What a drawn node asks of its canvas. */
export type CanvasDeeds = {
  /** Offers what can follow an exit, at the button that was pressed. */
  addAfter(after: { from: string; exit: string }, anchor: Element): void;
};

const Context = createContext<CanvasDeeds>({ addAfter: () => {} });
export const CanvasDeedsProvider = Context.Provider;
export const useCanvasDeeds = () => useContext(Context);
