export function drawLayers(): string;
export function isUpToDate(): boolean;
export function findStrayFolders(): string[];
