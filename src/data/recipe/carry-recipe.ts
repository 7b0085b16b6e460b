import { isBoundToFile, type Recipe, type RecipeStep } from './recipe-step.ts';

/** A recipe made ready for another file of the same shape. */
export interface CarriedRecipe {
  readonly recipe: Recipe;
  /** Steps left behind: they name rows of the file they were made for. */
  readonly leftBehind: readonly RecipeStep[];
}

/** The steps that mean the same on another file, in their order. */
export function carryRecipe(recipe: Recipe): CarriedRecipe {
  return {
    recipe: { ...recipe, steps: recipe.steps.filter((step) => !isBoundToFile(step.action)) },
    leftBehind: recipe.steps.filter((step) => isBoundToFile(step.action)),
  };
}
