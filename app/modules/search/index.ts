export type { SearchFilter } from "./search-filter";
