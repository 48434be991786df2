import { createContext, useContext } from "react";
import type { FiguresByNode } from "../../figures/use-figures";

const NONE: FiguresByNode = {};
const Context = createContext<FiguresByNode>(NONE);

/** What became of real conversations, on the drawing; empty where it is not shown. */
export const ShownFigures = Context.Provider;
export const useShownFigures = (node: string) => useContext(Context)[node];
