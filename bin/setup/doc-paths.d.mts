export function brokenDocPaths(root: string): { file: string; cited: string }[];
export function citedPaths(text: string, top: Set<string>): string[];
