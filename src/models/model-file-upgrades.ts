import * as v from 'valibot';
import type { Upgrade } from '#base/upgrades.ts';
import { guessKnownWhen } from '#data/known-when.ts';
import { modelCatalogue, modelNames } from './model-catalogue.ts';
import { parseWith } from './model-file-schema.ts';

/** Of a file's content: a step throws `model-file-invalid` for what was no content of its version, as far as it looks at it. */
export const modelFileUpgrades: readonly Upgrade<unknown>[] = [
  {
    to: 2,
    change:
      'specs by family, each with its id, a blend with its members; description.followers → dependents, trust → ' +
      'calibration (the inputs known only at the start: told by their names), background.meanShares → meanContributions, domain.strangeness → distance',
    up: upgradeToTwo,
  },
  {
    to: 3,
    change:
      'calibration.intervals: alike, an answer for each class; those of before answer each class by its own scores, by whole ranks',
    up: upgradeToThree,
  },
  {
    to: 4,
    change:
      'format and version are hashed with the content; answers beside the reference predictions; what follows from the ' +
      'rest of the trees may be left out (readers take both)',
    up: (content) => (isRecord(content) ? { ...content, answers: [] } : content),
  },
];

const contentOneSchema = v.looseObject({
  description: v.looseObject({
    followers: v.optional(v.unknown()),
    trust: v.optional(v.unknown(), null),
    inputs: v.array(v.looseObject({ name: v.string() })),
    scores: v.array(v.looseObject({ name: v.string() })),
  }),
  spec: v.object({
    name: v.picklist(modelNames),
    scale: v.picklist(['identity', 'log1p']),
    seed: v.number(),
    classFeature: v.exactOptional(v.string()),
    // Boosting's, whatever the family: those of the others were constants of the program.
    hyperparameters: v.record(v.string(), v.unknown()),
  }),
  encoder: v.looseObject({ features: v.array(v.looseObject({ name: v.string() })) }),
  state: v.looseObject({}),
});
type ContentOne = v.InferOutput<typeof contentOneSchema>;
type SpecOne = ContentOne['spec'];

function upgradeToTwo(json: unknown): unknown {
  const content = parseWith(contentOneSchema, json);
  const { followers, trust, scores, ...description } = content.description;
  return {
    ...content,
    description: {
      ...description,
      ...(followers !== undefined && { dependents: followers }),
      knownAtStart: description.inputs
        .map(({ name }) => name)
        .filter((name) => guessKnownWhen(name) === 'at-start'),
      calibration: isRecord(trust) ? upgradeCalibration(trust) : trust,
      scores: scores.map((score) => ({ ...score, id: score.name })),
    },
    spec: upgradeSpec(content),
  };
}

/** A blend's members were told by what they had become, and fitted with the settings of the blend. */
function upgradeSpec({ spec, state, encoder }: ContentOne): unknown {
  if (modelCatalogue[spec.name].family !== 'blend') return createSpecTwo(spec);
  const { members } = parseWith(blendStateOneSchema, state);
  return createSpecTwo(
    spec,
    members.map((member) => {
      const index = member.state.featureIndex;
      const unit = index === undefined ? undefined : encoder.features[index]?.name;
      const own = member.name === 'median-per-unit' && unit !== undefined ? { classFeature: unit } : {};
      return {
        weight: member.weight,
        spec: createSpecTwo({ ...spec, name: member.name, scale: member.scale, ...own }),
      };
    }),
  );
}

const blendStateOneSchema = v.object({
  members: v.array(
    v.object({
      weight: v.number(),
      name: v.picklist(modelNames),
      scale: v.picklist(['identity', 'log1p']),
      state: v.looseObject({ featureIndex: v.exactOptional(v.number()) }),
    }),
  ),
});

function createSpecTwo(
  spec: SpecOne,
  members: readonly { readonly weight: number; readonly spec: unknown }[] = [],
): unknown {
  const { name, scale, seed } = spec;
  return { id: name, name, scale, seed, settings: createSettingsTwo(spec, members) };
}

/** What the other families went by were constants of the program, here as they were then. */
function createSettingsTwo(
  { name, classFeature, hyperparameters }: SpecOne,
  members: readonly unknown[],
): unknown {
  const { family, init } = modelCatalogue[name];
  switch (family) {
    case 'median-per-class':
      return { family, classFeature: classFeature ?? null };
    case 'ridge':
      return { family, hyperparameters: { strength: null } };
    case 'gradient-boosting':
      return { family, init, hyperparameters };
    case 'forest': {
      const own = { nTrees: null, subsample: 0.8, columnSubsample: 0.75, minSamplesLeaf: 3, maxBins: 64 };
      return { family, hyperparameters: own };
    }
    case 'blend':
      return { family, members };
    default:
      return { family };
  }
}

function upgradeCalibration({ background, domain, ...rest }: Record<string, unknown>): unknown {
  return {
    ...rest,
    ...(background !== undefined && { background: upgradeBackground(background) }),
    ...(domain !== undefined && { domain: upgradeDomain(domain) }),
  };
}

function upgradeBackground(background: unknown): unknown {
  if (!isRecord(background)) return background;
  const { meanShares, members, ...rest } = background;
  return {
    ...rest,
    meanContributions: meanShares,
    ...(members !== undefined && {
      members: Array.isArray(members) ? members.map(upgradeBackground) : members,
    }),
  };
}

function upgradeDomain(domain: unknown): unknown {
  if (!isRecord(domain)) return domain;
  const { strangeness, validation, ...rest } = domain;
  return { ...rest, distance: strangeness, validation: upgradeValidation(validation) };
}

function upgradeValidation(validation: unknown): unknown {
  if (!isRecord(validation)) return validation;
  const { strangestTenthRatio, ...rest } = validation;
  return { ...rest, farthestTenthRatio: strangestTenthRatio };
}

const contentTwoSchema = v.looseObject({
  description: v.looseObject({ calibration: v.optional(v.unknown()) }),
});

/** What is no calibration is told when it is read. */
function upgradeToThree(json: unknown): unknown {
  const content = parseWith(contentTwoSchema, json);
  const { calibration } = content.description;
  if (!isRecord(calibration) || !isRecord(calibration['intervals'])) return content;
  const { classes, ...intervals } = calibration['intervals'];
  const upgraded = {
    ...intervals,
    alike: null,
    classes: Array.isArray(classes)
      ? classes.map((each: unknown) => (isRecord(each) ? { ...each, answer: 'own' } : each))
      : classes,
    rule: 'whole-ranks',
  };
  return {
    ...content,
    description: { ...content.description, calibration: { ...calibration, intervals: upgraded } },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
