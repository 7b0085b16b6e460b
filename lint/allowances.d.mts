export const folderArrows: readonly string[];
export const sharedNames: readonly string[];
