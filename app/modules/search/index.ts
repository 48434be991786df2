export type { SearchFilter, SearchSort } from "./search-filter";
